import { encodeUtf8 } from '../../base/bytes.ts';
import { strerror, type Errno } from '../../kernel/syscalls/errno.ts';
import type { Fd, Program, Proc, Sys } from '../../kernel/syscalls/proc.ts';
import type { SocketAddress } from '../../kernel/syscalls/socket.ts';
import { ANY_ADDRESS, formatIpv4, type Ipv4, parseIpv4 } from '../../wire/address.ts';
import { showUsage } from '../libc/busybox-usage.ts';
import { getopt, problemText } from '../libc/getopt.ts';
import { resolveHost } from '../libc/resolve.ts';

const USAGE = `nc [OPTIONS] HOST PORT  - open a connection
nc [OPTIONS] -l -p PORT [HOST] [PORT]  - wait for one

	-e PROG ARGS	Run PROG with the connection as its input and output (last option)
	-l		Listen
	-n		Take HOST as an address, never as a name
	-p PORT		Local port
	-s ADDR		Local address
	-u		UDP
	-v		Say what happens
	-w SEC		Give up after so long without a connection or data
	-i SEC		Wait between lines and between ports
	-z		Only see whether the port is open
	-k		Listen again after a connection ends`;

interface Options {
  readonly listen: boolean;
  readonly udp: boolean;
  readonly verbose: boolean;
  readonly numeric: boolean;
  readonly scan: boolean;
  readonly again: boolean;
  readonly localPort: number;
  readonly localAddress: Ipv4;
  /** Nanoseconds; 0: none. */
  readonly timeout: number;
  readonly command: readonly string[] | null;
}

/** BusyBox nc (networking/nc_bloaty.c): Hobbit's netcat, as far as its applet goes. */
export const nc: Program = function* (proc) {
  const args = proc.argv.slice(1);
  const at = args.findIndex((arg) => /^-[a-z]*e$/.test(arg));
  const command = at < 0 ? null : args.slice(at + 1);
  const parsed = getopt(
    at < 0
      ? args
      : [...args.slice(0, at), ...((args[at] as string).length > 2 ? [(args[at] as string).slice(0, -1)] : [])],
    'lknuvzp:s:w:i:o:',
  );
  if (parsed.problem) return yield* showUsage(proc, USAGE, problemText('nc', parsed.problem, 'musl'));
  const value = (name: string) => parsed.given.findLast((each) => each.name === name)?.value;
  const has = (name: string) => parsed.given.some((each) => each.name === name);
  const local = parseIpv4(value('s') ?? '0.0.0.0');
  if (!local.ok) return yield* fail(proc, `bad address '${value('s')}'`);
  const options: Options = {
    listen: has('l'),
    udp: has('u'),
    verbose: has('v'),
    numeric: has('n'),
    scan: has('z'),
    again: has('k'),
    localPort: Number(value('p') ?? 0),
    localAddress: local.value,
    timeout: Number(value('w') ?? 0) * 1e9,
    command,
  };
  proc.disposition('SIGINT', 'catch');
  const [host, port, ...more] = parsed.rest;
  if (options.listen) {
    const listenPort = options.localPort || Number(host ?? 0);
    return yield* listen(proc, { ...options, localPort: listenPort });
  }
  if (host === undefined || port === undefined) return yield* showUsage(proc, USAGE);
  const address = yield* resolveOne(proc, host, options);
  if (address === null) return 1;
  let exit = 1;
  for (const each of [port, ...more]) exit = yield* connectTo(proc, host, address, each, options);
  return exit;
};

function* fail(proc: Proc, text: string): Sys<number> {
  yield* proc.write(2, `nc: ${text}\n`);
  return 1;
}

/** Ctrl+C. */
function* punt(proc: Proc): Sys<number> {
  yield* proc.write(2, 'punt!\n');
  return 1;
}

function* resolveOne(proc: Proc, host: string, { numeric }: Options): Sys<Ipv4 | null> {
  if (numeric && !parseIpv4(host).ok) {
    yield* fail(proc, `bad address '${host}'`);
    return null;
  }
  const found = yield* resolveHost(proc, host);
  if (found.ok) return found.value[0] as Ipv4;
  yield* fail(proc, `bad address '${host}'`);
  return null;
}

function* connectTo(proc: Proc, host: string, address: Ipv4, portText: string, options: Options): Sys<number> {
  const port = Number(portText);
  if (!/^\d+$/.test(portText) || port < 1 || port > 65535) return yield* fail(proc, `bad port '${portText}'`);
  const socket = yield* proc.socket('inet', options.udp ? 'datagram' : 'stream');
  if (!socket.ok) return yield* fail(proc, strerror(socket.error, 'musl'));
  proc.setSocketOption(socket.value, { option: 'reuseAddress', on: true });
  if (options.localPort !== 0 || options.localAddress !== ANY_ADDRESS) {
    const bound = yield* proc.bind(socket.value, {
      family: 'inet',
      address: options.localAddress,
      port: options.localPort,
    });
    if (!bound.ok) return yield* fail(proc, `bind: ${strerror(bound.error, 'musl')}`);
  }
  const shown = `${host} (${formatIpv4(address)}:${port})`;
  if (options.timeout > 0) proc.setSocketOption(socket.value, { option: 'sendTimeout', value: options.timeout });
  const connected = yield* proc.connect(socket.value, { family: 'inet', address, port });
  if (!connected.ok) {
    if (connected.error === 'EINTR') return yield* punt(proc);
    const errno: Errno = connected.error === 'EINPROGRESS' ? 'ETIMEDOUT' : connected.error;
    if (options.verbose || (connected.error !== 'ECONNREFUSED' && connected.error !== 'EINPROGRESS'))
      yield* fail(proc, `${shown}: ${strerror(errno, 'musl')}`);
    return 1;
  }
  if (options.verbose) yield* proc.write(2, `${shown} open\n`);
  if (options.scan) {
    if (options.udp) yield* proc.send(socket.value, encodeUtf8('\0'));
    yield* proc.close(socket.value);
    return 0;
  }
  return yield* carry(proc, socket.value, options);
}

function* listen(proc: Proc, options: Options): Sys<number> {
  const type = options.udp ? 'datagram' : 'stream';
  // Dual-stack where no address is asked for: netstat shows :::PORT.
  const anywhere = options.localAddress === ANY_ADDRESS;
  const socket = yield* proc.socket(anywhere ? 'inet6' : 'inet', type);
  if (!socket.ok) return yield* fail(proc, strerror(socket.error, 'musl'));
  proc.setSocketOption(socket.value, { option: 'reuseAddress', on: true });
  const here: SocketAddress = anywhere
    ? { family: 'inet6', address: 0n, port: options.localPort }
    : { family: 'inet', address: options.localAddress, port: options.localPort };
  const bound = yield* proc.bind(socket.value, here);
  if (!bound.ok) return yield* fail(proc, `bind: ${strerror(bound.error, 'musl')}`);
  if (options.udp) return yield* listenUdp(proc, socket.value, options);
  const listening = yield* proc.listen(socket.value, 1);
  if (!listening.ok) return yield* fail(proc, `bind: ${strerror(listening.error, 'musl')}`);
  if (options.verbose) {
    const name = proc.socketName(socket.value);
    yield* proc.write(2, `listening on ${name.ok ? addressText(name.value) : ''} ...\n`);
  }
  if (options.timeout > 0) proc.setSocketOption(socket.value, { option: 'receiveTimeout', value: options.timeout });
  for (;;) {
    const accepted = yield* proc.accept(socket.value);
    if (!accepted.ok) return accepted.error === 'EINTR' ? yield* punt(proc) : yield* fail(proc, 'timed out');
    if (!options.again) yield* proc.close(socket.value);
    if (options.verbose)
      yield* proc.write(
        2,
        `connect to ${addressText(localOf(proc, accepted.value.fd))} from ${addressText(accepted.value.peer)}\n`,
      );
    const exit = yield* carry(proc, accepted.value.fd, options);
    if (!options.again) return exit;
    yield* proc.close(accepted.value.fd);
  }
}

const localOf = (proc: Proc, fd: Fd): SocketAddress => {
  const name = proc.socketName(fd);
  return name.ok ? name.value : { family: 'inet', address: ANY_ADDRESS, port: 0 };
};

function addressText(address: SocketAddress): string {
  if (address.family === 'inet') return `${formatIpv4(address.address)}:${address.port}`;
  if (address.family === 'unix') return address.path;
  return address.address === 0n
    ? `[::]:${address.port}`
    : `[::ffff:${formatIpv4((Number(address.address & 0xffffffffn) | 0) as Ipv4)}]:${address.port}`;
}

/** The first datagram says who the other side is. */
function* listenUdp(proc: Proc, fd: Fd, options: Options): Sys<number> {
  const first = yield* proc.receive(fd);
  if (!first.ok) return first.error === 'EINTR' ? yield* punt(proc) : 1;
  yield* proc.connect(fd, first.value.from);
  yield* proc.write(1, first.value.data);
  return yield* carry(proc, fd, options);
}

/** Input to the connection, the connection to output, until the other side has ended; our end closes half (readwrite). */
function* carry(proc: Proc, fd: Fd, options: Options): Sys<number> {
  if (options.command) return yield* runCommand(proc, fd, options.command);
  let inputOpen = true;
  for (;;) {
    const requests = inputOpen
      ? [
          { fd: 0, read: true },
          { fd, read: true },
        ]
      : [{ fd, read: true }];
    const ready = yield* proc.poll(requests, options.timeout > 0 ? options.timeout : undefined);
    if (!ready.ok) return ready.error === 'EINTR' && proc.takeSignal() !== null ? yield* punt(proc) : 1;
    if (ready.value.length === 0) return 0;
    for (const { fd: from } of ready.value) {
      if (from === fd) {
        const data = yield* proc.receive(fd, 8192);
        if (!data.ok && data.error === 'EINTR') return yield* punt(proc);
        if (!data.ok || (data.value.data.length === 0 && !options.udp)) {
          yield* proc.close(fd);
          return 0;
        }
        yield* proc.write(1, data.value.data);
        continue;
      }
      const data = yield* proc.read(0, 8192);
      if (data.ok && data.value.length > 0) {
        const sent = yield* proc.send(fd, data.value);
        if (!sent.ok) return 1;
      } else {
        inputOpen = false;
        yield* proc.shutdown(fd, 'write');
      }
    }
  }
}

function* runCommand(proc: Proc, fd: Fd, command: readonly string[]): Sys<number> {
  const [name = ''] = command;
  const candidates = name.includes('/')
    ? [name]
    : (proc.env.get('PATH') ?? '/bin:/usr/bin').split(':').map((folder) => `${folder}/${name}`);
  for (const path of candidates) {
    const child = yield* proc.spawn({
      run: { path },
      argv: command,
      fds: [
        [0, fd],
        [1, fd],
        [2, fd],
      ],
    });
    if (!child.ok) continue;
    yield* proc.close(fd);
    const status = yield* proc.wait(child.value);
    return status.ok && status.value?.how === 'exited' ? status.value.status : 1;
  }
  return yield* fail(proc, `can't execute '${name}': No such file or directory`);
}
