import { type Duration, SECOND } from '../../../sim/clock.ts';
import { TcpFlag, type TcpSegment } from '../../../wire/packet.ts';

/** The states that conntrack gives a TCP connection (nf_conntrack_proto_tcp.c), which sees both sides but is neither. */
export type TrackedState =
  | 'NONE'
  | 'SYN_SENT'
  | 'SYN_RECV'
  | 'ESTABLISHED'
  | 'FIN_WAIT'
  | 'CLOSE_WAIT'
  | 'LAST_ACK'
  | 'TIME_WAIT'
  | 'CLOSE';

/** net.netfilter.nf_conntrack_tcp_timeout_*. */
export const TCP_TIMEOUT: Readonly<Record<TrackedState, Duration>> = {
  NONE: 60 * SECOND,
  SYN_SENT: 120 * SECOND,
  SYN_RECV: 60 * SECOND,
  ESTABLISHED: 432_000 * SECOND,
  FIN_WAIT: 120 * SECOND,
  CLOSE_WAIT: 60 * SECOND,
  LAST_ACK: 30 * SECOND,
  TIME_WAIT: 120 * SECOND,
  CLOSE: 10 * SECOND,
};

/** The next state after a segment in one direction (0 original, 1 reply). */
export function trackTcp(state: TrackedState, { flags }: Pick<TcpSegment, 'flags'>, direction: 0 | 1): TrackedState {
  if ((flags & TcpFlag.rst) !== 0) return 'CLOSE';
  const syn = (flags & TcpFlag.syn) !== 0;
  const ack = (flags & TcpFlag.ack) !== 0;
  const fin = (flags & TcpFlag.fin) !== 0;
  if (syn && !ack) return state === 'NONE' || state === 'TIME_WAIT' || state === 'CLOSE' ? 'SYN_SENT' : state;
  if (syn) return direction === 1 && (state === 'SYN_SENT' || state === 'SYN_RECV') ? 'SYN_RECV' : state;
  if (fin) return afterFin(state);
  if (!ack) return state;
  switch (state) {
    case 'NONE':
    case 'SYN_RECV':
      return 'ESTABLISHED';
    case 'FIN_WAIT':
      return 'CLOSE_WAIT';
    case 'LAST_ACK':
      return 'TIME_WAIT';
    default:
      return state;
  }
}

function afterFin(state: TrackedState): TrackedState {
  switch (state) {
    case 'SYN_RECV':
    case 'ESTABLISHED':
    case 'NONE':
      return 'FIN_WAIT';
    case 'FIN_WAIT':
    case 'CLOSE_WAIT':
      return 'LAST_ACK';
    default:
      return state;
  }
}
