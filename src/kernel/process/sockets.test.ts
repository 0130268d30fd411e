import { describe, expect, it } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../../base/bytes.ts';
import { unwrap } from '../../base/result.ts';
import { MILLISECOND, SECOND } from '../../sim/clock.ts';
import { ipv4 } from '../../wire/address.ts';
import type { Fd, Proc, Sys } from '../syscalls/proc.ts';
import type { SocketAddress } from '../syscalls/socket.ts';
import { runProgram } from './machine.fixture.ts';
import { readAll, say } from './test-programs.fixture.ts';

const HERE: SocketAddress = { family: 'inet', address: ipv4('127.0.0.1'), port: 9000 };
const DOCKER: SocketAddress = { family: 'unix', path: '/var/run/docker.sock' };
const FILES = { '/run': { directory: true }, '/var/run': { symlink: '/run' } } as const;

function* fork(proc: Proc, program: (child: Proc) => Sys<number>, fds: readonly (readonly [Fd, Fd])[] = [[1, 1]]) {
  return unwrap(yield* proc.spawn({ run: { program }, argv: ['child'], fds }));
}

/** Runs one program on a machine whose loopback is up. */
function run(body: (proc: Proc) => Sys<unknown>, uid = 0): unknown {
  const { out } = runProgram(
    {
      *body(proc) {
        proc.net.setLink('lo', { up: true });
        yield* say(proc, JSON.stringify(yield* body(proc)));
        return 0;
      },
    },
    FILES,
    ['body'],
    { uid },
  );
  return JSON.parse(out);
}

describe('sockets of the network', () => {
  it('carry a connection between two processes', () => {
    expect(
      run(function* (proc) {
        const server = unwrap(yield* proc.socket('inet', 'stream'));
        unwrap(yield* proc.bind(server, HERE));
        unwrap(yield* proc.listen(server));
        yield* fork(proc, function* (child) {
          const socket = unwrap(yield* child.socket('inet', 'stream'));
          unwrap(yield* child.connect(socket, HERE));
          yield* child.write(socket, 'over tcp');
          return 0;
        });
        const accepted = unwrap(yield* proc.accept(server));
        const owners = proc.net.sockets().map(({ pid, program }) => [pid === proc.pid, program]);
        return [yield* readAll(proc, accepted.fd), owners];
      }),
    ).toEqual(['over tcp', expect.arrayContaining([[true, 'body']])]);
  });

  it('refuse where nobody listens, and wait no longer than they were told', () => {
    expect(
      run(function* (proc) {
        const client = unwrap(yield* proc.socket('inet', 'stream'));
        const refused = yield* proc.connect(client, HERE);
        const server = unwrap(yield* proc.socket('inet', 'datagram'));
        unwrap(yield* proc.bind(server, HERE));
        unwrap(proc.setSocketOption(server, { option: 'receiveTimeout', value: 200 * MILLISECOND }));
        const before = proc.now();
        const received = yield* proc.receive(server);
        const read = yield* proc.read(server);
        return [refused, received, read, Math.round((proc.now() - before) / MILLISECOND)];
      }),
    ).toEqual([
      { ok: false, error: 'ECONNREFUSED' },
      { ok: false, error: 'EAGAIN' },
      { ok: false, error: 'EAGAIN' },
      400,
    ]);
  });

  it('wake a poll over sockets and pipes', () => {
    expect(
      run(function* (proc) {
        const socket = unwrap(yield* proc.socket('inet', 'datagram'));
        unwrap(yield* proc.bind(socket, HERE));
        const pipe = unwrap(yield* proc.pipe());
        yield* fork(proc, function* (child) {
          yield* child.sleep(SECOND);
          const own = unwrap(yield* child.socket('inet', 'datagram'));
          yield* child.send(own, encodeUtf8('ping'), HERE);
          return 0;
        });
        const ready = unwrap(
          yield* proc.poll([
            { fd: pipe.read, read: true },
            { fd: socket, read: true },
          ]),
        );
        const { data } = unwrap(yield* proc.receive(socket));
        return [ready.map(({ fd }) => fd === socket), decodeUtf8(data)];
      }),
    ).toEqual([[true], 'ping']);
  });

  it('keep low ports and captures for root', () => {
    expect(
      run(function* (proc) {
        const socket = unwrap(yield* proc.socket('inet', 'stream'));
        return [
          yield* proc.bind(socket, { ...HERE, port: 80 }),
          yield* proc.socket('packet', 'raw'),
          (yield* proc.socket('inet', 'raw', 1)).ok,
        ];
      }, 1000),
    ).toEqual([{ ok: false, error: 'EACCES' }, { ok: false, error: 'EPERM' }, true]);
  });

  it('answer with EBADF and ENOTSOCK', () => {
    expect(
      run(function* (proc) {
        return [yield* proc.listen(99), yield* proc.connect(1, HERE), proc.socketName(0)];
      }),
    ).toEqual(['EBADF', 'ENOTSOCK', 'ENOTSOCK'].map((error) => ({ ok: false, error })));
  });
});

describe('sockets of the machine', () => {
  it('stand in the file system, where links lead to them', () => {
    expect(
      run(function* (proc) {
        const connect = function* () {
          const socket = unwrap(yield* proc.socket('unix', 'seqpacket'));
          const connected = yield* proc.connect(socket, DOCKER);
          return connected.ok ? 'ok' : connected.error;
        };
        const before = yield* connect();
        const server = unwrap(yield* proc.socket('unix', 'seqpacket'));
        unwrap(yield* proc.bind(server, DOCKER));
        const bound = yield* connect();
        unwrap(yield* proc.listen(server));
        const { type } = unwrap(yield* proc.stat('/run/docker.sock'));
        const listening = yield* connect();
        yield* proc.close(server);
        return [before, bound, type, listening, yield* connect()];
      }),
    ).toEqual(['ENOENT', 'ECONNREFUSED', 'socket', 'ok', 'ECONNREFUSED']);
  });

  it('carry messages as they are, and say when the other side has gone', () => {
    const message = { method: 'GET', path: '/_ping' };
    const seen: unknown[] = [];
    expect(
      run(function* (proc) {
        const server = unwrap(yield* proc.socket('unix', 'seqpacket'));
        unwrap(yield* proc.bind(server, DOCKER));
        unwrap(yield* proc.listen(server));
        yield* fork(proc, function* (child) {
          const socket = unwrap(yield* child.socket('unix', 'seqpacket'));
          unwrap(yield* child.connect(socket, DOCKER));
          yield* child.sendMessage(socket, message);
          seen.push(unwrap(yield* child.receiveMessage(socket)));
          return 0;
        });
        const { fd } = unwrap(yield* proc.accept(server));
        const received = unwrap(yield* proc.receiveMessage(fd));
        yield* proc.sendMessage(fd, { status: 200 });
        yield* proc.wait(-1);
        return [
          received === message,
          unwrap(yield* proc.receiveMessage(fd)) === undefined,
          yield* proc.sendMessage(fd, 'late'),
        ];
      }),
    ).toEqual([true, true, { ok: false, error: 'EPIPE' }]);
    expect(seen).toEqual([{ status: 200 }]);
  });

  it('make a sender wait whose messages nobody takes', () => {
    expect(
      run(function* (proc) {
        const server = unwrap(yield* proc.socket('unix', 'seqpacket'));
        unwrap(yield* proc.bind(server, DOCKER));
        unwrap(yield* proc.listen(server));
        let sent = 0;
        yield* fork(proc, function* (child) {
          const socket = unwrap(yield* child.socket('unix', 'seqpacket'));
          unwrap(yield* child.connect(socket, DOCKER));
          for (; sent < 1000; sent++) yield* child.sendMessage(socket, sent);
          return 0;
        });
        const { fd } = unwrap(yield* proc.accept(server));
        yield* proc.sleep(SECOND);
        const early = sent;
        let received = 0;
        while (unwrap(yield* proc.receiveMessage(fd)) !== undefined) received++;
        return [early, received];
      }),
    ).toEqual([256, 1000]);
  });

  it('carry bytes as streams', () => {
    expect(
      run(function* (proc) {
        const server = unwrap(yield* proc.socket('unix', 'stream'));
        unwrap(yield* proc.bind(server, DOCKER));
        unwrap(yield* proc.listen(server));
        yield* fork(proc, function* (child) {
          const socket = unwrap(yield* child.socket('unix', 'stream'));
          unwrap(yield* child.connect(socket, DOCKER));
          yield* child.write(socket, 'x'.repeat(500_000));
          return 0;
        });
        const { fd } = unwrap(yield* proc.accept(server));
        return (yield* readAll(proc, fd)).length;
      }),
    ).toBe(500_000);
  });
});
