import type { Proc, Program, Sys } from '../../kernel/syscalls/proc.ts';
import { decodeUtf8 } from '../../base/bytes.ts';
import { fetchPage } from '../../programs/browser/fetch-page.ts';
import { resolveHost } from '../../programs/libc/resolve.ts';
import type { Outcome, Probe, ProbeResult } from '../../scenario/probes/probe.ts';
import { formatIpv4, type Ipv4 } from '../../wire/address.ts';

/** What an attempt finds out by itself; who took it, and why it failed, others see from outside. */
export type Attempt = Omit<ProbeResult, 'takers' | 'drop'>;

export const SILENCE: Attempt = { outcome: 'silent', addresses: [], status: 0, body: '' };

/** How long a connection may take to come about: a SYN is repeated after one second and after three. */
const PATIENCE = 4e9;

/**
 * A program that tries it out with system calls alone, in whichever namespaces it is started: no image has to bring anything along.
 */
export function attempt(probe: Probe, done: (attempt: Attempt) => void): Program {
  switch (probe.try) {
    case 'connect':
      return function* (proc) {
        done(yield* connect(proc, probe.to, probe.port));
        return 0;
      };
    case 'resolve':
      return function* (proc) {
        const found = yield* resolveHost(proc, probe.name);
        done(found.ok ? { ...SILENCE, outcome: 'reached', addresses: found.value.map(formatIpv4) } : NO_NAME);
        return 0;
      };
    case 'page':
      return fetchPage(probe.url, (page) =>
        done(
          page.ok
            ? { outcome: 'reached', addresses: [], status: page.status, body: decodeUtf8(page.body) }
            : { ...SILENCE, outcome: /resolve/.test(page.reason) ? 'no-name' : 'refused' },
        ),
      );
  }
}

const NO_NAME: Attempt = { ...SILENCE, outcome: 'no-name' };

function* connect(proc: Proc, host: string, port: number): Sys<Attempt> {
  const found = yield* resolveHost(proc, host);
  const [address] = found.ok ? found.value : [];
  if (address === undefined) return NO_NAME;
  return { ...SILENCE, outcome: yield* dial(proc, address, port), addresses: [formatIpv4(address)] };
}

function* dial(proc: Proc, address: Ipv4, port: number): Sys<Outcome> {
  const socket = yield* proc.socket('inet', 'stream');
  if (!socket.ok) return 'silent';
  proc.setSocketOption(socket.value, { option: 'sendTimeout', value: PATIENCE });
  const connected = yield* proc.connect(socket.value, { family: 'inet', address, port });
  yield* proc.close(socket.value);
  if (connected.ok) return 'reached';
  if (connected.error === 'ECONNREFUSED') return 'refused';
  return connected.error === 'EHOSTUNREACH' || connected.error === 'ENETUNREACH' ? 'unreachable' : 'silent';
}
