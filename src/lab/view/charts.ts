import { type Chart, chartOf } from '../../dockerd/chart.ts';
import { LIFECYCLE } from '../../dockerd/container/lifecycle-chart.ts';
import { TCP_TIMEOUT, type TrackedState, trackTcp } from '../../kernel/net/netfilter/tcp-tracking.ts';
import { TcpFlag } from '../../wire/packet.ts';

export type { Chart };

/** The life of a container, as the engine itself goes through it. */
export const containerChart = (): Chart => chartOf(LIFECYCLE);

const SEGMENTS = [
  ['SYN', TcpFlag.syn],
  ['SYN·ACK', TcpFlag.syn | TcpFlag.ack],
  ['ACK', TcpFlag.ack],
  ['FIN', TcpFlag.fin | TcpFlag.ack],
  ['RST', TcpFlag.rst],
] as const;

/** What conntrack makes of a TCP connection: found by showing every kind of segment, from either side, to every state. */
export function conntrackChart(): Chart {
  const states = Object.keys(TCP_TIMEOUT) as TrackedState[];
  return {
    id: 'conntrack',
    initial: 'NONE',
    states: states.map((name) => ({
      name,
      transitions: SEGMENTS.flatMap(([event, flags]) => leads(name, event, flags)),
    })),
  };
}

/** Where one kind of segment leads from a state; by which side, where that matters. */
function leads(state: TrackedState, event: string, flags: number): readonly { event: string; to: string }[] {
  const [original, reply] = [trackTcp(state, { flags }, 0), trackTcp(state, { flags }, 1)];
  if (original === reply) return original === state ? [] : [{ event, to: original }];
  return [
    ...(original === state ? [] : [{ event: `${event} →`, to: original }]),
    ...(reply === state ? [] : [{ event: `${event} ←`, to: reply }]),
  ];
}
