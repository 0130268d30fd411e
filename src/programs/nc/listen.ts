import { strerror } from '../../kernel/syscalls/errno.ts';
import type { Fd, Proc, Sys } from '../../kernel/syscalls/proc.ts';
import type { SocketAddress } from '../../kernel/syscalls/socket.ts';
import { ANY_ADDRESS } from '../../wire/address.ts';
import { nameOfAddress } from '../libc/reverse-name.ts';
import type { NcOptions } from './options.ts';
import { readWrite } from './read-write.ts';
import { addressOfEnd, endOf, endText, fail, punt } from './words.ts';

type Run = (proc: Proc, fd: Fd, options: NcOptions) => Sys<number>;

/** `nc -l`: waits for one connection (dolisten); with -k and a command it serves all that come. */
export function* listen(proc: Proc, fd: Fd, options: NcOptions, runCommand: Run): Sys<number> {
  if (!options.udp) {
    const listening = yield* proc.listen(fd, 1);
    if (!listening.ok) return yield* fail(proc, `listen: ${strerror(listening.error, proc.library)}`);
  }
  if (options.verbose > 0) yield* proc.write(2, `listening on ${endText(ownEnd(proc, fd))} ...\n`);
  if (options.timeout > 0) proc.setSocketOption(fd, { option: 'receiveTimeout', value: options.timeout });
  return options.udp
    ? yield* firstDatagram(proc, fd, options, runCommand)
    : yield* accept(proc, fd, options, runCommand);
}

function* accept(proc: Proc, fd: Fd, options: NcOptions, runCommand: Run): Sys<number> {
  const serves = options.persistent && options.command !== null;
  if (serves) proc.disposition('SIGCHLD', 'ignore');
  for (;;) {
    const accepted = yield* proc.accept(fd);
    if (!accepted.ok) return yield* noConnection(proc, accepted.error === 'EAGAIN' ? 'timeout' : null, accepted.error);
    const { fd: net, peer } = accepted.value;
    if (!isWanted(peer, options)) {
      if (options.verbose > 0) yield* fail(proc, `connect from wrong ip/port ${endText(peer)} ignored`);
      yield* proc.close(net);
      continue;
    }
    if (!serves) {
      yield* proc.close(fd);
      yield* tell(proc, net, peer, options);
      return options.command === null ? yield* readWrite(proc, net, options) : yield* runCommand(proc, net, options);
    }
    yield* proc.spawn({
      run: {
        *program(child) {
          yield* tell(child, 0, peer, options);
          return yield* runCommand(child, 0, options);
        },
      },
      argv: proc.argv,
      fds: [
        [0, net],
        [1, 1],
        [2, 2],
      ],
      dispositions: new Map([['SIGCHLD', 'default']]),
    });
    yield* proc.close(net);
  }
}

/** Who asks for one peer takes no other. Port 0 is any. */
function isWanted(peer: SocketAddress, { remote }: NcOptions): boolean {
  if (remote === null) return true;
  return addressOfEnd(peer) === remote.address && 'port' in peer && (remote.port === 0 || peer.port === remote.port);
}

/** UDP: the first datagram says who the other side is. */
function* firstDatagram(proc: Proc, fd: Fd, options: NcOptions, runCommand: Run): Sys<number> {
  if (options.remote !== null) yield* proc.connect(fd, endOf(options.remote.address, options.remote.port));
  const first = yield* proc.receive(fd, 65536);
  if (!first.ok) return yield* noConnection(proc, first.error === 'EAGAIN' ? 'timeout' : null, first.error);
  if (options.remote === null) yield* proc.connect(fd, first.value.from);
  yield* tell(proc, fd, first.value.from, options);
  if (options.command !== null) return yield* runCommand(proc, fd, options);
  return yield* readWrite(proc, fd, options, first.value.data);
}

function* noConnection(proc: Proc, words: string | null, errno: Parameters<typeof strerror>[0]): Sys<number> {
  const signal = proc.takeSignal();
  if (signal !== null) return yield* punt(proc, signal);
  return yield* fail(proc, words ?? `accept: ${strerror(errno, proc.library)}`);
}

function* tell(proc: Proc, fd: Fd, peer: SocketAddress, options: NcOptions): Sys<void> {
  if (options.verbose === 0) return;
  const from = endText(peer);
  const address = options.numeric ? null : addressOfEnd(peer);
  const name = typeof address !== 'number' ? null : yield* nameOfAddress(proc, address);
  const shown = name === null || !('port' in peer) ? from : `${name}:${peer.port}`;
  yield* proc.write(2, `connect to ${endText(ownEnd(proc, fd))} from ${shown} (${from})\n`);
}

function ownEnd(proc: Proc, fd: Fd): SocketAddress {
  const name = proc.socketName(fd);
  return name.ok ? name.value : { family: 'inet', address: ANY_ADDRESS, port: 0 };
}
