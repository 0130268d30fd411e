import { encodeUtf8 } from '../../base/bytes.ts';
import { strerror } from '../../kernel/syscalls/errno.ts';
import type { Fd, Proc, Sys } from '../../kernel/syscalls/proc.ts';
import { ANY_ADDRESS } from '../../wire/address.ts';
import { ANY_ADDRESS6 } from '../../wire/ipv6-address.ts';
import { showUsage } from '../libc/busybox-usage.ts';
import { declareProgram, getoptOptions } from '../libc/command-line.ts';
import { executeFromPath } from '../libc/execute.ts';
import { listen } from './listen.ts';
import { NC_SPEC, NC_USAGE, type NcOptions, readNcOptions } from './options.ts';
import { readWrite } from './read-write.ts';
import { endOf, endText, fail, punt } from './words.ts';

/** BusyBox nc with the options of Hobbit's netcat 1.10 (networking/nc_bloaty.c). Left out: IP options in -v. */
export const nc = declareProgram(
  { options: getoptOptions(`${NC_SPEC}e:`, { limits: { u: 'over IPv4 alone' } }) },
  function* (proc) {
    for (const signal of ['SIGINT', 'SIGQUIT', 'SIGTERM'] as const) proc.disposition(signal, 'catch');
    proc.disposition('SIGPIPE', 'ignore');
    const options = yield* readNcOptions(proc);
    const interrupted = proc.takeSignal();
    if (interrupted !== null) return yield* punt(proc, interrupted);
    if (typeof options === 'number') return options;
    if (!options.listen && options.remote === null) return yield* showUsage(proc, NC_USAGE);
    const socket = yield* openSocket(proc, options);
    if (socket === null) return 1;
    return options.listen ? yield* listen(proc, socket, options, runCommand) : yield* connectOut(proc, socket, options);
  },
);

/** Bound as asked; dual-stack where neither side's address says otherwise: netstat shows :::PORT. */
function* openSocket(proc: Proc, options: NcOptions): Sys<Fd | null> {
  const { remote, localAddress, localPort } = options;
  const dual = remote === null && localAddress === ANY_ADDRESS;
  // With IPv6 on the other side alone, its unspecified address on this one.
  const six = dual || typeof remote?.address === 'bigint' || typeof localAddress === 'bigint';
  const socket = yield* proc.socket(six ? 'inet6' : 'inet', options.udp ? 'datagram' : 'stream');
  if (!socket.ok) {
    yield* fail(proc, `socket: ${strerror(socket.error, proc.library)}`);
    return null;
  }
  proc.setSocketOption(socket.value, { option: 'reuseAddress', on: true });
  if (options.udp && options.broadcast) proc.setSocketOption(socket.value, { option: 'broadcast', on: true });
  const bound = yield* proc.bind(
    socket.value,
    endOf(six && localAddress === ANY_ADDRESS ? ANY_ADDRESS6 : localAddress, localPort),
  );
  if (bound.ok) return socket.value;
  yield* fail(proc, `bind: ${strerror(bound.error, proc.library)}`);
  return null;
}

function* connectOut(proc: Proc, fd: Fd, options: NcOptions): Sys<number> {
  const { host, address, port } = options.remote as NonNullable<NcOptions['remote']>;
  const shown = `${host} (${endText(endOf(address, port))})`;
  if (options.timeout > 0) proc.setSocketOption(fd, { option: 'sendTimeout', value: options.timeout });
  const connected = yield* proc.connect(fd, endOf(address, port));
  if (!connected.ok) {
    const signal = proc.takeSignal();
    if (signal !== null) return yield* punt(proc, signal);
    // With one -v refusals are not told, as when many ports are scanned.
    if (options.verbose > 1 || (options.verbose > 0 && connected.error !== 'ECONNREFUSED')) {
      const errno = connected.error === 'EINPROGRESS' ? 'ETIMEDOUT' : connected.error;
      yield* fail(proc, `${shown}: ${strerror(errno, proc.library)}`);
    }
    return 1;
  }
  proc.setSocketOption(fd, { option: 'sendTimeout', value: 0 });
  if (options.scan && options.udp && !(yield* udpAnswers(proc, fd, options))) return 1;
  if (options.verbose > 0) yield* proc.write(2, `${shown} open\n`);
  if (options.command !== null) return yield* runCommand(proc, fd, options);
  return options.scan ? 0 : yield* readWrite(proc, fd, options);
}

/** Two datagrams, some time apart: the second fails if the first was refused (udptest). */
function* udpAnswers(proc: Proc, fd: Fd, options: NcOptions): Sys<boolean> {
  yield* proc.send(fd, encodeUtf8('\0'));
  yield* proc.sleep(options.timeout > 0 ? options.timeout : 1e6);
  const second = yield* proc.send(fd, encodeUtf8('\0'));
  return second.ok;
}

/** The process becomes the command of -e, with the connection as its input and output. */
function* runCommand(proc: Proc, fd: Fd, options: NcOptions): Sys<number> {
  const command = options.command ?? [];
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGPIPE'] as const) proc.disposition(signal, 'default');
  const program = yield* executeFromPath(proc, command, [
    [0, fd],
    [1, fd],
    [2, 2],
  ]);
  if (program.ok) return yield* program.value(proc);
  yield* fail(proc, `can't execute '${command[0] ?? ''}': ${strerror(program.error, proc.library)}`);
  return program.error === 'ENOENT' ? 127 : 126;
}
