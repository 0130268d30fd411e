import { assertNever } from '../../../base/assert-never.ts';
import { TcpFlag, type TcpSegment } from '../../../wire/packet.ts';
import type { TcpConnection } from './connection.ts';
import { add, after, ahead, before } from './sequence.ts';

/** What a segment does to a connection: RFC 9293 section 3.10.7, in its order. Whether somebody took it; if not, it was unacceptable. */
export function segmentArrives(connection: TcpConnection, segment: TcpSegment): boolean {
  switch (connection.state) {
    case 'SYN_SENT':
      return inSynSent(connection, segment);
    case 'SYN_RECV':
    case 'ESTABLISHED':
    case 'FIN_WAIT1':
    case 'FIN_WAIT2':
    case 'CLOSE_WAIT':
    case 'CLOSING':
    case 'LAST_ACK':
    case 'TIME_WAIT':
      return inOtherStates(connection, segment);
    case 'CLOSE':
      return false;
    default:
      return assertNever(connection.state);
  }
}

/** Section 3.10.7.3. */
function inSynSent(c: TcpConnection, segment: TcpSegment): boolean {
  const { flags } = segment;
  const answers = (flags & TcpFlag.ack) !== 0;
  if (answers && segment.acknowledgment !== c.sendNext) {
    if ((flags & TcpFlag.rst) === 0) c.netns.protocols.tcp.reset(c, segment);
    return false;
  }
  if ((flags & TcpFlag.rst) !== 0) {
    if (answers) c.finish('ECONNREFUSED');
    return answers;
  }
  if ((flags & TcpFlag.syn) === 0) return false;
  synchronise(c, segment);
  if (!answers) {
    c.crossedSyn();
    return true;
  }
  c.progress(segment.acknowledgment, 0);
  takeWindow(c, segment);
  c.state = 'ESTABLISHED';
  c.sendAck();
  c.owner?.connected(c);
  c.push();
  return true;
}

/** What the other side's SYN says. */
export function synchronise(c: TcpConnection, segment: TcpSegment): void {
  c.receiveNext = add(segment.sequence, 1);
  if (segment.windowScale >= 0) {
    c.sendScale = Math.min(segment.windowScale, 14);
    c.receiveScale = 7;
  }
  if (segment.timestamp >= 0) {
    c.timestamps = true;
    c.timestampEcho = segment.timestamp;
  }
  const theirs = segment.mss === 0 ? 536 : segment.mss;
  c.mss = Math.max(64, Math.min(c.mss, theirs)) - (c.timestamps ? 12 : 0);
  c.sendWindow = segment.window;
  c.windowSequence = segment.sequence;
  c.windowAcknowledgment = segment.acknowledgment;
}

/** Section 3.10.7.4. */
function inOtherStates(c: TcpConnection, segment: TcpSegment): boolean {
  const { flags } = segment;
  if (!acceptable(c, segment)) {
    // A SYN again means that our SYN-ACK was lost; anything else gets a duplicate ACK.
    if ((flags & TcpFlag.rst) === 0) c.sendAck();
    return false;
  }
  if ((flags & TcpFlag.rst) !== 0) return reset(c, segment);
  if ((flags & TcpFlag.syn) !== 0) {
    c.sendAck();
    return false;
  }
  if ((flags & TcpFlag.ack) === 0) return false;
  if (segment.timestamp >= 0 && !after(segment.sequence, c.receiveNext)) c.timestampEcho = segment.timestamp;
  if (!acknowledge(c, segment)) return false;
  // The last ACK of all has ended it.
  if (c.state === 'CLOSE') return true;
  takeData(c, segment);
  c.push();
  return true;
}

/** Whether any of it lies in the window (table 6). */
function acceptable(c: TcpConnection, segment: TcpSegment): boolean {
  const window = c.receiveWindow;
  const start = ahead(segment.sequence, c.receiveNext);
  const length = segment.payload.length + ((segment.flags & TcpFlag.fin) !== 0 ? 1 : 0);
  if (length === 0) return start >= 0 ? start <= window : false;
  if (window === 0) return false;
  return start < window && start + length > 0;
}

function reset(c: TcpConnection, segment: TcpSegment): boolean {
  // RFC 5961: only the exact number resets; others are asked to prove themselves.
  if (segment.sequence !== c.receiveNext) {
    c.sendAck();
    return false;
  }
  if (c.state === 'TIME_WAIT') c.finish();
  else if (c.state === 'SYN_RECV') c.finish('ECONNREFUSED');
  else c.finish(c.state === 'CLOSE_WAIT' ? 'EPIPE' : 'ECONNRESET');
  return true;
}

function acknowledge(c: TcpConnection, segment: TcpSegment): boolean {
  const { acknowledgment } = segment;
  if (c.state === 'SYN_RECV') {
    if (!c.acceptableAck(acknowledgment) || acknowledgment === c.sendUnacknowledged) {
      c.netns.protocols.tcp.reset(c, segment);
      return false;
    }
    // The listener's queue has filled meanwhile: as if the ACK were lost, so that the SYN-ACK goes again (tcp_v4_syn_recv_sock).
    if (c.owner?.hasRoom === false) return false;
    c.state = 'ESTABLISHED';
    c.progress(acknowledgment, 0);
    takeWindow(c, segment);
    c.owner?.connected(c);
  } else if (after(acknowledgment, c.sendNext)) {
    c.sendAck();
    return false;
  } else if (after(acknowledgment, c.sendUnacknowledged)) {
    c.progress(acknowledgment, segment.timestampEcho);
    takeWindow(c, segment);
    c.tell();
  } else {
    const sameWindow = segment.window << c.sendScale === c.sendWindow;
    if (
      segment.payload.length === 0 &&
      sameWindow &&
      c.sendQueue.oldest !== null &&
      acknowledgment === c.sendUnacknowledged
    )
      c.duplicate();
    takeWindow(c, segment);
  }
  if (c.finSent && c.sendUnacknowledged === c.sendNext) finAcknowledged(c);
  return true;
}

function takeWindow(c: TcpConnection, segment: TcpSegment): void {
  const newer = before(c.windowSequence, segment.sequence);
  const same = c.windowSequence === segment.sequence && !after(c.windowAcknowledgment, segment.acknowledgment);
  if (!newer && !same) return;
  const scale = (segment.flags & TcpFlag.syn) !== 0 ? 0 : c.sendScale;
  c.sendWindow = segment.window << scale;
  c.windowSequence = segment.sequence;
  c.windowAcknowledgment = segment.acknowledgment;
}

function finAcknowledged(c: TcpConnection): void {
  if (c.state === 'FIN_WAIT1') c.enterFinWait2();
  else if (c.state === 'CLOSING') c.enterTimeWait();
  else if (c.state === 'LAST_ACK') c.finish();
}

/** Data and FIN (the seventh and eighth check). */
function takeData(c: TcpConnection, segment: TcpSegment): void {
  const { payload, flags } = segment;
  const hasFin = (flags & TcpFlag.fin) !== 0;
  if (payload.length === 0 && !hasFin) return;
  const receives = c.state === 'ESTABLISHED' || c.state === 'FIN_WAIT1' || c.state === 'FIN_WAIT2';
  if (!receives) {
    c.sendAck();
    return;
  }
  const end = add(segment.sequence, payload.length);
  if (payload.length > 0 && c.orphan && after(end, c.receiveNext)) {
    // Nobody will ever read it (tcp_rcv_state_process: data after close).
    c.netns.protocols.tcp.reset(c, segment);
    c.finish();
    return;
  }
  const expected = c.receiveNext;
  if (payload.length > 0) {
    c.receiveNext = c.receiveQueue.take(c.receiveNext, segment.sequence, payload);
    c.received = c.netns.trace.cause;
  }
  const inOrder = !after(segment.sequence, expected);
  if (hasFin && end === c.receiveNext) takeFin(c);
  else c.acknowledgeData(!inOrder || c.receiveQueue.hasEarly || hasFin);
  c.tell();
}

function takeFin(c: TcpConnection): void {
  c.receiveNext = add(c.receiveNext, 1);
  c.finReceived = true;
  switch (c.state) {
    case 'ESTABLISHED':
      c.state = 'CLOSE_WAIT';
      break;
    case 'FIN_WAIT1':
      c.state = 'CLOSING';
      break;
    default:
      c.sendAck();
      c.enterTimeWait();
      return;
  }
  c.sendAck();
}
