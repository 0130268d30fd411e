import { assertNever } from '../../../base/assert-never.ts';

/** RFC 9293 section 3.3.2, by the names of ss(8) and netstat(8). LISTEN is a socket's state, not a connection's. */
export const TCP_STATES = [
  'SYN_SENT',
  'SYN_RECV',
  'ESTABLISHED',
  'FIN_WAIT1',
  'FIN_WAIT2',
  'CLOSE_WAIT',
  'CLOSING',
  'LAST_ACK',
  'TIME_WAIT',
  'CLOSE',
] as const;
export type TcpState = (typeof TCP_STATES)[number];

/** What takes a connection from one state to another: the labels of figure 5 in RFC 9293. */
export const TCP_EVENTS = [
  /** The other side's SYN, with or without an acknowledgement of ours. */
  'SYN-ACK received',
  'SYN received',
  'SYN acknowledged',
  /** The program has ended its side: a FIN stands at the end of the send queue. */
  'closed',
  'FIN received',
  'FIN acknowledged',
  /** Two maximum segment lifetimes are over; or an orphan has waited long enough for the other side's FIN. */
  'waited',
  /** A reset came or went out, the other side has been silent for too long, or the program gave up. */
  'aborted',
] as const;
export type TcpEvent = (typeof TCP_EVENTS)[number];

/** The state after an event; the same one where the event means nothing to it. */
export function nextState(state: TcpState, event: TcpEvent): TcpState {
  if (event === 'aborted') return 'CLOSE';
  switch (state) {
    case 'SYN_SENT':
      if (event === 'SYN-ACK received') return 'ESTABLISHED';
      if (event === 'SYN received') return 'SYN_RECV';
      return event === 'closed' ? 'CLOSE' : state;
    case 'SYN_RECV':
      if (event === 'SYN acknowledged') return 'ESTABLISHED';
      return event === 'closed' ? 'FIN_WAIT1' : state;
    case 'ESTABLISHED':
      if (event === 'closed') return 'FIN_WAIT1';
      return event === 'FIN received' ? 'CLOSE_WAIT' : state;
    case 'FIN_WAIT1':
      if (event === 'FIN acknowledged') return 'FIN_WAIT2';
      return event === 'FIN received' ? 'CLOSING' : state;
    case 'FIN_WAIT2':
      if (event === 'waited') return 'CLOSE';
      return event === 'FIN received' ? 'TIME_WAIT' : state;
    case 'CLOSE_WAIT':
      return event === 'closed' ? 'LAST_ACK' : state;
    case 'CLOSING':
      return event === 'FIN acknowledged' ? 'TIME_WAIT' : state;
    case 'LAST_ACK':
      return event === 'FIN acknowledged' ? 'CLOSE' : state;
    case 'TIME_WAIT':
      return event === 'waited' ? 'CLOSE' : state;
    case 'CLOSE':
      return state;
    default:
      return assertNever(state);
  }
}

/** One arrow of the chart. */
export interface TcpTransition {
  readonly from: TcpState;
  readonly event: TcpEvent;
  readonly to: TcpState;
}

/** The whole machine as a chart, for whoever draws it. */
export function tcpChart(): readonly TcpTransition[] {
  return TCP_STATES.flatMap((from) =>
    TCP_EVENTS.map((event) => ({ from, event, to: nextState(from, event) })).filter(({ to }) => to !== from),
  );
}

/** Both sides know each other's sequence numbers: segments are judged by them from here on. */
export function isSynchronized(state: TcpState): boolean {
  return state !== 'SYN_SENT' && state !== 'SYN_RECV' && state !== 'CLOSE';
}

/** Whether the other side may still send data: it has not ended its side, nor have we forgotten it. */
export function mayReceive(state: TcpState): boolean {
  return state === 'ESTABLISHED' || state === 'FIN_WAIT1' || state === 'FIN_WAIT2';
}

/** Whether what stands in the send queue may go out. */
export function maySend(state: TcpState): boolean {
  switch (state) {
    case 'ESTABLISHED':
    case 'FIN_WAIT1':
    case 'CLOSE_WAIT':
    case 'CLOSING':
    case 'LAST_ACK':
      return true;
    case 'SYN_SENT':
    case 'SYN_RECV':
    case 'FIN_WAIT2':
    case 'TIME_WAIT':
    case 'CLOSE':
      return false;
    default:
      return assertNever(state);
  }
}
