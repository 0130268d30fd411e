import { err, ok, type Result } from '../../base/result.ts';
import { type Errno, strerror } from '../../kernel/syscalls/errno.ts';
import type { Fd, Proc, Sys } from '../../kernel/syscalls/proc.ts';
import type { SocketAddress } from '../../kernel/syscalls/socket.ts';
import { formatIpv4, LOOPBACK_ADDRESS, parseIpv4 } from '../../wire/address.ts';
import { formatIpv6 } from '../../wire/ipv6-address.ts';
import { resolveHost } from '../libc/resolve.ts';
import { type Failure, failure } from './failure.ts';
import type { Timings } from './timings.ts';
import type { Url } from './url.ts';

export interface ConnectOptions {
  readonly url: Url;
  readonly timings: Timings;
  /** Until when the connection must be there, and whether that is known. */
  readonly deadline: number;
  readonly ipv4Only: boolean;
  /** `--resolve`: host:port to addresses. */
  readonly pinned: ReadonlyMap<string, string>;
  /** Lines of -v. */
  readonly tell: (text: string) => Sys<void>;
}

export interface Connected {
  readonly fd: Fd;
  readonly address: string;
  readonly localAddress: string;
  readonly localPort: number;
}

const milliseconds = (proc: Proc, { started }: Timings) => Math.floor((proc.now() - started) / 1e6);

/** Looks the name up and connects to the first address that answers (lib/cf-ip-happy.c). */
export function* connectTo(proc: Proc, options: ConnectOptions): Sys<Result<Connected, Failure>> {
  const { url, timings, tell } = options;
  const found = yield* addressesOf(proc, options);
  if (!found) return err(failure(6, `Could not resolve host: ${url.host}`));
  timings.nameLookup = proc.now();
  if (proc.now() >= options.deadline)
    return err(failure(28, `Resolving timed out after ${milliseconds(proc, timings)} milliseconds`));
  if (!parseIpv4(url.host).ok) {
    yield* tell(`Host ${url.host}:${url.port} was resolved.`);
    const of = (family: string) =>
      found
        .filter((each) => each.family === family)
        .map(addressText)
        .join(', ');
    yield* tell(`IPv6: ${of('inet6') || '(none)'}`);
    yield* tell(`IPv4: ${of('inet') || '(none)'}`);
  }
  let last: Errno = 'ECONNREFUSED';
  for (const address of found) {
    const shown = address.family === 'inet6' ? `[${addressText(address)}]` : addressText(address);
    yield* tell(`  Trying ${shown}:${url.port}...`);
    const made = yield* connectOne(proc, address, options.deadline);
    if (made.ok) {
      timings.connect = proc.now();
      const own = proc.socketName(made.value);
      const local = own.ok && 'port' in own.value ? own.value : address;
      const localPort = 'port' in local ? local.port : 0;
      yield* tell(
        `Established connection to ${url.host} (${addressText(address)} port ${url.port}) from ${addressText(local)} port ${localPort} `,
      );
      return ok({ fd: made.value, address: addressText(address), localAddress: addressText(local), localPort });
    }
    last = made.error;
    if (proc.now() >= options.deadline)
      return err(failure(28, `Connection timed out after ${milliseconds(proc, timings)} milliseconds`));
    yield* tell(
      last === 'EADDRNOTAVAIL' || last === 'EAFNOSUPPORT' || last === 'ENETUNREACH'
        ? `Immediate connect fail for ${addressText(address)}: ${strerror(last, proc.library)}`
        : `connect to ${addressText(address)} port ${url.port} failed: ${strerror(last, proc.library)}`,
    );
  }
  return err(
    failure(
      last === 'ETIMEDOUT' ? 28 : 7,
      `Failed to connect to ${url.host}:${url.port} after ${milliseconds(proc, timings)} ms: Could not connect to server`,
    ),
  );
}

/** curl knows itself what localhost is: ::1 before 127.0.0.1. null: the name is nobody's. */
function* addressesOf(proc: Proc, { url, ipv4Only, pinned }: ConnectOptions): Sys<readonly SocketAddress[] | null> {
  const { port } = url;
  const four = (address: Parameters<typeof formatIpv4>[0]): SocketAddress => ({ family: 'inet', address, port });
  const host = pinned.get(`${url.host}:${port}`) ?? url.host;
  const loopback6: SocketAddress = { family: 'inet6', address: 1n, port };
  if (host === 'localhost' || host.endsWith('.localhost'))
    return [...(ipv4Only ? [] : [loopback6]), four(LOOPBACK_ADDRESS)];
  if (host.startsWith('[')) return host === '[::1]' ? [loopback6] : [{ family: 'inet6', address: 0n, port }];
  const found = yield* resolveHost(proc, host);
  return found.ok && found.value.length > 0 ? found.value.map(four) : null;
}

export function addressText(address: SocketAddress): string {
  if (address.family === 'inet') return formatIpv4(address.address);
  return address.family === 'inet6' ? formatIpv6(address.address) : '';
}

function* connectOne(proc: Proc, address: SocketAddress, deadline: number): Sys<Result<Fd, Errno>> {
  const socket = yield* proc.socket(address.family, 'stream');
  if (!socket.ok) return socket;
  proc.setSocketOption(socket.value, { option: 'noDelay', on: true });
  if (deadline !== Number.POSITIVE_INFINITY)
    proc.setSocketOption(socket.value, { option: 'sendTimeout', value: Math.max(1, deadline - proc.now()) });
  const connected = yield* proc.connect(socket.value, address);
  if (connected.ok) return socket;
  yield* proc.close(socket.value);
  return connected.error === 'EINPROGRESS' ? err('ETIMEDOUT') : connected;
}
