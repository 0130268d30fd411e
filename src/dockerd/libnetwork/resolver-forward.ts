import type { Proc, Sys } from '../../kernel/syscalls/proc.ts';
import { SECOND } from '../../sim/clock.ts';
import type { Ipv4 } from '../../wire/address.ts';
import { DnsCode, parseDns } from '../../wire/dns.ts';
import type { Upstream } from './resolver.ts';

/** How long one server may take (resolver.go, extIOTimeout). */
const TIMEOUT = 4 * SECOND;

/** Asks one server after the other until one gives an answer; null when none does. Failures and refusals are no answers. */
export function* askUpstreams(proc: Proc, upstreams: readonly Upstream[], query: Uint8Array): Sys<Uint8Array | null> {
  for (const { address } of upstreams) {
    const answer = yield* ask(proc, address, query);
    const parsed = answer && parseDns(answer);
    if (!parsed?.ok || parsed.value.code === DnsCode.serverFailure || parsed.value.code === DnsCode.refused) continue;
    return answer;
  }
  return null;
}

function* ask(proc: Proc, server: Ipv4, query: Uint8Array): Sys<Uint8Array | null> {
  const socket = yield* proc.socket('inet', 'datagram');
  if (!socket.ok) return null;
  proc.setSocketOption(socket.value, { option: 'receiveTimeout', value: TIMEOUT });
  const connected = yield* proc.connect(socket.value, { family: 'inet', address: server, port: 53 });
  const sent = connected.ok ? yield* proc.send(socket.value, query) : connected;
  const received = sent.ok ? yield* proc.receive(socket.value, 4096) : sent;
  yield* proc.close(socket.value);
  return received.ok ? received.value.data : null;
}
