import { addrtype } from './addrtype.ts';
import { conntrackMatch } from './conntrack.ts';
import { stateMatchExtension } from './conntrack-state.ts';
import { icmp } from './icmp.ts';
import { iprange } from './iprange.ts';
import type { MatchExtension } from './match-extension.ts';
import { comment, mark } from './small.ts';
import { multiport, tcp, udp } from './transport-ports.ts';

/** Every match that `-m` knows, by name. */
export const MATCHES: ReadonlyMap<string, MatchExtension> = new Map(
  [tcp, udp, icmp, multiport, addrtype, conntrackMatch, stateMatchExtension, comment, mark, iprange].map((match) => [
    match.name,
    match,
  ]),
);
