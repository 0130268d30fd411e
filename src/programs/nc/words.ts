import type { Proc, Sys } from '../../kernel/syscalls/proc.ts';
import type { SocketAddress } from '../../kernel/syscalls/socket.ts';
import type { Signal } from '../../kernel/syscalls/signal.ts';
import { SIGNALS } from '../../kernel/syscalls/signal.ts';
import { formatIpv4, type Ipv4 } from '../../wire/address.ts';
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
export function* addressOfHost(proc: Proc, host: string): Sys<Ipv4 | null> {
  const number = inetAton(host);
  if (number !== undefined) return number;
  const found = yield* resolveHost(proc, host);
  if (found.ok) return found.value[0] as Ipv4;
  yield* fail(proc, `bad address '${host}'`);
  return null;
}

/** `1.2.3.4:80`, and `[::ffff:1.2.3.4]:80` for the ends of a dual-stack socket. */
export function endText(end: SocketAddress): string {
  if (end.family === 'inet') return `${formatIpv4(end.address)}:${end.port}`;
  if (end.family === 'unix') return end.path;
  if (end.family === 'packet') return end.device;
  return end.address === 0n
    ? `[::]:${end.port}`
    : `[::ffff:${formatIpv4((Number(end.address & 0xffffffffn) | 0) as Ipv4)}]:${end.port}`;
}

/** The IPv4 address of an end. */
export function ipv4OfEnd(end: SocketAddress): Ipv4 | null {
  if (end.family === 'inet') return end.address;
  return end.family === 'inet6' ? ((Number(end.address & 0xffffffffn) | 0) as Ipv4) : null;
}
