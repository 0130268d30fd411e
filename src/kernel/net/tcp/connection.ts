import { NO_BYTES } from '../../../base/bytes.ts';
import { type Duration, MILLISECOND, SECOND } from '../../../sim/clock.ts';
import { NO_RECORD, type RecordId } from '../../../sim/trace.ts';
import { Timer, type TimerOwner } from '../../../sim/timer.ts';
import { type Ipv4, LOOPBACK_ADDRESS } from '../../../wire/address.ts';
import type { IpAddress, Ipv6 } from '../../../wire/ipv6-address.ts';
import {
  IpProtocol,
  Ipv4Packet,
  Ipv6Packet,
  TcpFlag,
  TcpSegment,
  IPV4_HEADER,
  IPV6_HEADER,
} from '../../../wire/packet.ts';
import type { Errno } from '../../syscalls/errno.ts';
import type { SocketInfo } from '../../syscalls/net-admin.ts';
import { sendIpv4 } from '../ip/output.ts';
import { sendIpv6 } from '../ip6/loopback-only.ts';
import type { Netns } from '../netns.ts';
import type { Destination } from '../route/destination.ts';
import { ReceiveQueue } from './receive-queue.ts';
import { RoundTrip } from './round-trip.ts';
import { SendQueue } from './send-queue.ts';
import { add, after, ahead } from './sequence.ts';

/** RFC 9293 section 3.3.2, without LISTEN, which is a `TcpListener`. */
export type TcpState =
  | 'SYN_SENT'
  | 'SYN_RECV'
  | 'ESTABLISHED'
  | 'FIN_WAIT1'
  | 'FIN_WAIT2'
  | 'CLOSE_WAIT'
  | 'CLOSING'
  | 'LAST_ACK'
  | 'TIME_WAIT'
  | 'CLOSE';

/** Who has the connection: a socket, or nobody any more. */
export interface ConnectionOwner {
  /** The handshake is done. */
  connected(connection: TcpConnection): void;
  /** There is data, room, an end of file or an error. */
  connectionChanged(connection: TcpConnection): void;
  /** Whether a finished handshake finds a place: a listener's queue may have filled since the SYN. */
  readonly hasRoom: boolean;
  /** Family and program, for the connection's line in netstat. */
  describeConnection(): Partial<SocketInfo>;
}

const RECEIVE_BUFFER = 131_072;
const SEND_BUFFER = 1 << 20;
const TCP_HEADER = 20;
const WINDOW_SCALE = 7;
const FIRST_WINDOW = 64_240;
const DELAYED_ACK: Duration = 40 * MILLISECOND;
const TIME_WAIT: Duration = 60 * SECOND;
const FIN_TIMEOUT: Duration = 60 * SECOND;
/** net.ipv4.tcp_syn_linear_timeouts and tcp_syn_retries, tcp_synack_retries, tcp_retries2, tcp_orphan_retries. */
const SYN_LINEAR = 4;
const SYN_RETRIES = 6;
const SYNACK_RETRIES = 5;
const DATA_RETRIES = 15;
const ORPHAN_RETRIES = 8;

/** The address whose route a connection goes by: ::1 is behind `lo`, as 127.0.0.1 is. */
export const routedAs = (address: IpAddress): Ipv4 => (typeof address === 'bigint' ? LOOPBACK_ADDRESS : address);

/**
 * One TCP connection (RFC 9293, net/ipv4/tcp.c): its control block, its output and its timers; what arrives is in
 * segment-arrives.ts. Left out: SACK blocks, ECN, urgent data, keepalive, window shrinking.
 */
export class TcpConnection implements TimerOwner {
  state: TcpState;
  owner: ConnectionOwner | null;
  /** Nobody has a descriptor for it any more. */
  orphan = false;
  error: Errno | null = null;
  /** The last soft error, which a time-out turns into the reason. */
  softError: Errno | null = null;
  readonly sendQueue = new SendQueue();
  readonly receiveQueue = new ReceiveQueue();
  /** The record of the latest data's delivery: what its reader does next comes of it. */
  received: RecordId = NO_RECORD;
  readonly roundTrip = new RoundTrip();
  sendUnacknowledged: number;
  sendNext: number;
  sendWindow = 0;
  /** The segment that the window was last taken from. */
  windowSequence = 0;
  windowAcknowledgment = 0;
  receiveNext = 0;
  /** The other side has sent its FIN, and all before it has come. */
  finReceived = false;
  /** We have been asked to end our side; the FIN goes after the last byte. */
  finWanted = false;
  finSent = false;
  readShut = false;
  mss = 536;
  sendScale = 0;
  receiveScale = 0;
  timestamps = false;
  timestampEcho = 0;
  congestionWindow = 10;
  slowStartThreshold = Number.POSITIVE_INFINITY;
  duplicateAcks = 0;
  noDelay = false;
  /** Its socket's SO_REUSEADDR: whether others may bind its port while it lasts, in TIME_WAIT above all. */
  reuseAddress = false;
  ttl = 0;
  /** The last acknowledgement that went out. */
  private acknowledgedTo = 0;
  private quickAcks = 16;
  private retries = 0;
  private probed = false;
  private confirmPending = false;
  private destination: Destination | null;
  private readonly retransmission: Timer;
  private readonly delayedAck: Timer;
  private readonly ending: Timer;
  /** Its neighbour in the table of connections. */
  nextInBucket: TcpConnection | null = null;

  constructor(
    readonly netns: Netns,
    readonly localAddress: IpAddress,
    readonly localPort: number,
    readonly remoteAddress: IpAddress,
    readonly remotePort: number,
    state: 'SYN_SENT' | 'SYN_RECV',
    owner: ConnectionOwner | null,
    destination: Destination,
  ) {
    this.state = state;
    this.owner = owner;
    this.destination = destination;
    this.mss = this.largestSegment(destination);
    // Below 2^30, so that a session's sequence numbers stay small integers for V8.
    this.sendUnacknowledged = netns.random.below(2 ** 30);
    this.sendNext = this.sendUnacknowledged;
    this.retransmission = new Timer(netns.queue, this);
    this.delayedAck = new Timer(netns.queue, this);
    this.ending = new Timer(netns.queue, this);
  }

  // What the socket asks for

  /**
   * Bytes that were taken; 0 when the send buffer is full. The kernel looks whether there is room before it fills a
   * buffer, not in the middle of one (sk_stream_memory_free): the last segment is whole.
   */
  write(data: Uint8Array): number {
    const room = SEND_BUFFER - this.sendQueue.unsent - this.sendQueue.flying;
    if (room <= 0 || data.length === 0) return 0;
    const most = Math.ceil(room / this.mss) * this.mss;
    const part = data.length <= most ? data : data.subarray(0, most);
    this.sendQueue.push(part);
    this.push();
    return part.length;
  }

  get canWrite(): boolean {
    return this.sendQueue.unsent + this.sendQueue.flying < SEND_BUFFER;
  }

  read(max: number): Uint8Array {
    const before = this.advertised();
    const data = this.receiveQueue.bytes.take(max);
    if (data.length > 0) this.netns.trace.cause = this.received;
    // A window that opens by two segments or more is told at once (tcp_cleanup_rbuf).
    if (data.length > 0 && this.synchronised && before < 2 * this.mss && this.advertised() >= 2 * this.mss)
      this.sendAck();
    return data;
  }

  /** Ends our side once all is sent. */
  shutdownWrite(): void {
    if (this.finWanted) return;
    this.finWanted = true;
    this.push();
  }

  /** The last descriptor has gone: an orderly end, or a reset if somebody wrote what nobody read (RFC 2525 section 2.17). */
  abandon(): void {
    this.orphan = true;
    this.owner = null;
    if (this.state === 'SYN_SENT') this.finish();
    else if (this.receiveQueue.bytes.length > 0 && this.synchronised) this.abort();
    else {
      this.shutdownWrite();
      if (this.state === 'FIN_WAIT2') this.ending.arm(FIN_TIMEOUT);
    }
  }

  abort(): void {
    if (this.synchronised || this.state === 'SYN_RECV')
      this.transmit(TcpFlag.rst | TcpFlag.ack, this.sendNext, NO_BYTES);
    this.finish();
  }

  get synchronised(): boolean {
    return this.state !== 'SYN_SENT' && this.state !== 'SYN_RECV' && this.state !== 'CLOSE';
  }

  // Output

  sendSyn(): void {
    this.transmitKept(TcpFlag.syn, NO_BYTES, 1);
  }

  sendSynAck(): void {
    this.transmitKept(TcpFlag.syn | TcpFlag.ack, NO_BYTES, 1);
  }

  /** Both opened at once: our SYN goes again, now with an acknowledgement (RFC 9293 figure 7). */
  crossedSyn(): void {
    this.state = 'SYN_RECV';
    const syn = this.sendQueue.oldest;
    if (syn === null) return;
    syn.flags |= TcpFlag.ack;
    this.resend(syn);
  }

  sendAck(): void {
    this.transmit(TcpFlag.ack, this.sendNext, NO_BYTES);
  }

  /** Sends what window, congestion and Nagle allow (tcp_write_xmit). */
  push(): void {
    if (this.state === 'SYN_SENT' || this.state === 'SYN_RECV' || this.state === 'CLOSE' || this.state === 'TIME_WAIT')
      return;
    const { sendQueue } = this;
    const limit = Math.min(this.sendWindow, this.congestionWindow * this.mss);
    while (sendQueue.unsent > 0) {
      const flying = ahead(this.sendNext, this.sendUnacknowledged);
      const room = limit - flying;
      const length = Math.min(sendQueue.unsent, this.mss, room);
      if (length <= 0) break;
      const whole = length === this.mss || length === sendQueue.unsent;
      if (!whole && flying > 0) break;
      if (length < this.mss && flying > 0 && !this.noDelay && this.hasSmallInFlight()) break;
      const last = sendQueue.unsent === length;
      const data = sendQueue.take(length);
      this.transmitKept(last ? TcpFlag.ack | TcpFlag.psh : TcpFlag.ack, data, data.length);
    }
    if (this.finWanted && !this.finSent && sendQueue.unsent === 0) this.sendFin();
    else if (sendQueue.unsent > 0 && this.sendWindow === 0 && sendQueue.oldest === null && !this.retransmission.armed) {
      this.retransmission.arm(this.roundTrip.backedOff(this.retries));
    }
  }

  private sendFin(): void {
    this.finSent = true;
    if (this.state === 'ESTABLISHED') this.state = 'FIN_WAIT1';
    else if (this.state === 'CLOSE_WAIT') this.state = 'LAST_ACK';
    this.transmitKept(TcpFlag.fin | TcpFlag.ack, NO_BYTES, 1);
  }

  /** Nagle: one small segment at a time (RFC 9293 section 3.7.4, in Minshall's form). */
  private hasSmallInFlight(): boolean {
    const { newest } = this.sendQueue;
    return newest !== null && newest.data.length > 0 && newest.data.length < this.mss;
  }

  private transmitKept(flags: number, data: Uint8Array, length: number): void {
    const sequence = this.sendNext;
    const end = add(sequence, length);
    this.sendNext = end;
    this.sendQueue.sent({ sequence, end, data, flags, sentAt: this.netns.queue.now, again: false });
    this.transmit(flags, sequence, data);
    if (!this.retransmission.armed) this.armRetransmission(flags);
  }

  private armRetransmission(flags: number): void {
    const { roundTrip } = this;
    this.probed = false;
    // A tail loss probe comes before the first time-out (RFC 8985 section 7.2): two round trips, and the longest delayed ACK.
    const probe = (flags & TcpFlag.syn) === 0 && roundTrip.smoothed > 0 && this.retries === 0;
    const delay = probe
      ? Math.min(roundTrip.timeout, 2 * roundTrip.smoothed + 200 * MILLISECOND)
      : roundTrip.backedOff(this.retries);
    this.probed = !probe;
    this.retransmission.arm(delay);
  }

  private transmit(flags: number, sequence: number, data: Uint8Array): void {
    const { netns } = this;
    const destination = this.route();
    if (destination === null) return;
    if (this.confirmPending) {
      this.confirmPending = false;
      destination.confirm();
    }
    const isSyn = (flags & TcpFlag.syn) !== 0;
    const answers = (flags & TcpFlag.ack) !== 0;
    const offers = isSyn && (!answers || this.timestamps);
    const window = this.advertised();
    const segment = new TcpSegment(
      this.localPort,
      this.remotePort,
      sequence,
      answers ? this.receiveNext : 0,
      flags,
      isSyn ? Math.min(window, FIRST_WINDOW) : Math.min(window >>> this.receiveScale, 65_535),
      isSyn ? this.largestSegment(destination) : 0,
      isSyn && (!answers || this.sendScale > 0 || this.receiveScale > 0) ? WINDOW_SCALE : -1,
      isSyn,
      offers || (this.timestamps && !isSyn) ? this.milliseconds() : -1,
      this.timestamps && answers ? this.timestampEcho : 0,
      data,
    );
    if (answers) {
      this.acknowledgedTo = this.receiveNext;
      this.delayedAck.cancel();
    }
    const ttl = this.ttl || netns.sysctl.defaultTtl;
    if (typeof this.localAddress === 'bigint') {
      sendIpv6(netns, new Ipv6Packet(this.localAddress, this.remoteAddress as Ipv6, IpProtocol.tcp, ttl, segment));
      return;
    }
    sendIpv4(
      netns,
      new Ipv4Packet(
        this.localAddress,
        this.remoteAddress as Ipv4,
        IpProtocol.tcp,
        ttl,
        0,
        netns.nextIdentification(),
        true,
        false,
        0,
        segment,
      ),
      destination,
    );
  }

  private route(): Destination | null {
    if (this.destination === null || this.destination.stale)
      this.destination = this.netns.routes.find(routedAs(this.remoteAddress));
    return this.destination;
  }

  private largestSegment({ mtu }: Destination): number {
    return mtu - (typeof this.localAddress === 'bigint' ? IPV6_HEADER : IPV4_HEADER) - TCP_HEADER;
  }

  private milliseconds(): number {
    return (this.netns.queue.now / MILLISECOND) & 0x7fffffff;
  }

  private advertised(): number {
    return Math.max(0, RECEIVE_BUFFER - this.receiveQueue.bytes.length);
  }

  /** The right edge of what we take. */
  get receiveWindow(): number {
    return this.advertised();
  }

  // What segment-arrives.ts tells

  /** Something new was acknowledged. */
  progress(acknowledgment: number, echo: number): void {
    const done = this.sendQueue.acknowledged(acknowledgment);
    this.sendUnacknowledged = acknowledgment;
    this.duplicateAcks = 0;
    this.retries = 0;
    this.softError = null;
    this.confirmPending = true;
    if (done !== null && !done.again) this.roundTrip.measured(Math.max(1, this.netns.queue.now - done.sentAt));
    else if (echo > 0) this.roundTrip.measured(Math.max(MILLISECOND, this.netns.queue.now - echo * MILLISECOND));
    if (done !== null)
      this.congestionWindow += this.congestionWindow < this.slowStartThreshold ? 1 : 1 / this.congestionWindow;
    if (this.sendQueue.oldest === null) this.retransmission.cancel();
    else this.armRetransmission(0);
  }

  /** Fast retransmit after three duplicates (RFC 5681 section 3.2). */
  duplicate(): void {
    if (++this.duplicateAcks !== 3) return;
    this.slowStartThreshold = Math.max(2, this.congestionWindow / 2);
    this.congestionWindow = this.slowStartThreshold;
    this.resend(this.sendQueue.oldest);
  }

  /** Data came: acknowledge it now or soon (quick ACKs at first, then every second segment or after 40 ms). */
  acknowledgeData(now: boolean): void {
    if (now || this.quickAcks > 0 || ahead(this.receiveNext, this.acknowledgedTo) > this.mss) {
      if (this.quickAcks > 0) this.quickAcks--;
      this.sendAck();
    } else if (!this.delayedAck.armed) this.delayedAck.arm(DELAYED_ACK);
  }

  /** Both FINs are through: wait for stray segments (RFC 9293 section 3.4.3). */
  enterTimeWait(): void {
    this.state = 'TIME_WAIT';
    this.retransmission.cancel();
    this.ending.arm(TIME_WAIT);
    this.tell();
  }

  /** Our FIN is through, theirs is not: an orphan waits only so long. */
  enterFinWait2(): void {
    this.state = 'FIN_WAIT2';
    if (this.orphan) this.ending.arm(FIN_TIMEOUT);
  }

  /** The end, with a reason or without. */
  finish(error: Errno | null = null): void {
    if (this.state === 'CLOSE') return;
    this.state = 'CLOSE';
    this.error ??= error;
    this.retransmission.cancel();
    this.delayedAck.cancel();
    this.ending.cancel();
    this.sendQueue.clear();
    this.netns.protocols.tcp.remove(this);
    this.tell();
  }

  tell(): void {
    this.owner?.connectionChanged(this);
  }

  // Timers

  onTimer(timer: Timer): void {
    if (timer === this.delayedAck) this.sendAck();
    else if (timer === this.ending) this.finish();
    else this.retransmissionTimeout();
  }

  private retransmissionTimeout(): void {
    const { sendQueue } = this;
    if (sendQueue.oldest === null) {
      this.probeWindow();
      return;
    }
    if (!this.probed) {
      this.probed = true;
      this.resend(sendQueue.newest);
      this.retransmission.arm(this.roundTrip.timeout);
      return;
    }
    const linear = this.state === 'SYN_SENT' ? SYN_LINEAR : 0;
    if (this.retries >= this.mostRetries + linear) {
      this.finish(this.softError ?? 'ETIMEDOUT');
      return;
    }
    this.retries++;
    if (this.state !== 'SYN_SENT' && this.state !== 'SYN_RECV') {
      this.slowStartThreshold = Math.max(2, this.congestionWindow / 2);
      this.congestionWindow = 1;
    }
    this.resend(sendQueue.oldest);
    this.retransmission.arm(this.roundTrip.backedOff(Math.max(0, this.retries - linear)));
  }

  private get mostRetries(): number {
    if (this.state === 'SYN_SENT') return SYN_RETRIES;
    if (this.state === 'SYN_RECV') return SYNACK_RETRIES;
    return this.orphan ? ORPHAN_RETRIES : DATA_RETRIES;
  }

  /** A window of zero may have opened without our hearing of it: ask with one byte that was acknowledged long ago. */
  private probeWindow(): void {
    if (this.sendQueue.unsent === 0) return;
    if (this.retries++ >= DATA_RETRIES) {
      this.finish('ETIMEDOUT');
      return;
    }
    this.transmit(TcpFlag.ack, add(this.sendUnacknowledged, -1), NO_BYTES);
    this.retransmission.arm(this.roundTrip.backedOff(this.retries));
  }

  private resend(segment: SendQueue['oldest']): void {
    if (segment === null) return;
    segment.again = true;
    this.transmit(segment.flags, segment.sequence, segment.data);
  }

  /** Whether an acknowledgement is one for something that we have sent. */
  acceptableAck(acknowledgment: number): boolean {
    return !after(acknowledgment, this.sendNext) && !after(this.sendUnacknowledged, acknowledgment);
  }
}
