import type { Proc, Sys } from '../../kernel/syscalls/proc.ts';
import type { SocketAddress } from '../../kernel/syscalls/socket.ts';
import type { Signal } from '../../kernel/syscalls/signal.ts';
import { SIGNALS } from '../../kernel/syscalls/signal.ts';
import { formatIpv4, type Ipv4 } from '../../wire/address.ts';
import { formatIpv6, type IpAddress, type Ipv6, parseIpv6 } from '../../wire/ipv6-address.ts';
import { inetAton } from '../libc/inet-aton.ts';
import { resolveHost } from '../libc/resolve.ts';

export function* fail(proc: Proc, text: string): Sys<number> {
  yield* proc.write(2, `nc: ${text}\n`);
  return 1;
}

/** What Ctrl+C does: a word, and the signal takes its default course (kill_myself_with_sig). */
export function* punt(proc: Proc, signal: Signal): Sys<number> {
  yield* proc.write(2, 'punt!\n');
  proc.disposition(signal, 'default');
  yield* proc.kill(proc.pid, signal);
  return 128 + SIGNALS[signal];
}

/** The address of a host; null after a complaint. */
export function* addressOfHost(proc: Proc, host: string): Sys<IpAddress | null> {
  const number = inetAton(host) ?? parseIpv6(host);
  if (number !== null) return number;
  const found = yield* resolveHost(proc, host);
  if (found.ok) return found.value[0] as Ipv4;
  yield* fail(proc, `bad address '${host}'`);
  return null;
}

/** `1.2.3.4:80`, `[::1]:80`, and `[::ffff:1.2.3.4]:80` for an IPv4 end of a dual-stack socket. */
export function endText(end: SocketAddress): string {
  if (end.family === 'inet') return `${formatIpv4(end.address)}:${end.port}`;
  if (end.family === 'unix') return end.path;
  if (end.family === 'packet') return end.device;
  const address = addressOfEnd(end);
  return `[${typeof address === 'number' ? `::ffff:${formatIpv4(address)}` : formatIpv6(end.address)}]:${end.port}`;
}

/** The address of an end: IPv4's too where a dual-stack socket shows it as IPv6's. */
export function addressOfEnd(end: SocketAddress): IpAddress | null {
  if (end.family === 'inet') return end.address;
  if (end.family !== 'inet6') return null;
  return end.address >> 32n === 0xffffn ? ((Number(end.address & 0xffffffffn) | 0) as Ipv4) : (end.address as Ipv6);
}

/** An end as a socket takes it. */
export const endOf = (address: IpAddress, port: number): SocketAddress =>
  typeof address === 'bigint' ? { family: 'inet6', address, port } : { family: 'inet', address, port };
