import { err, ok, type Result } from '../../../base/result.ts';
import type { SimTime } from '../../../sim/clock.ts';
import { emitFrame } from '../../../wire/ethernet.ts';
import type { Frame } from '../../../wire/packet.ts';
import type { Errno } from '../../syscalls/errno.ts';
import type { SocketInfo } from '../../syscalls/net-admin.ts';
import type { Received, SocketOption } from '../../syscalls/socket.ts';
import type { NetDevice } from '../link/device.ts';
import type { Netns } from '../netns.ts';
import { Socket } from '../socket/socket.ts';
import type { PacketType, Tap } from '../tap.ts';

const MOST_WAITING = 4096;

/** What a packet socket hands to tcpdump, besides the bytes: as libpcap's cooked capture has it. */
export interface CapturedPacket {
  readonly frame: Frame;
  readonly device: string;
  readonly type: PacketType;
  readonly time: SimTime;
}

/** A packet socket (packet(7)): a copy of every frame of one device, or of all. Receiving only. */
export class PacketSocket extends Socket {
  readonly waiting: CapturedPacket[] = [];
  dropped = 0;
  private looksOn = false;
  private tap: Tap = this.tapOn(null);

  constructor(netns: Netns) {
    super(netns, 'inet');
    netns.taps.push(this.tap);
  }

  private tapOn(device: NetDevice | null): Tap {
    return { device, capture: (at, frame, type, time) => this.take(at, frame, type, time) };
  }

  private take(device: NetDevice, frame: Frame, type: PacketType, time: SimTime): void {
    if (this.waiting.length >= MOST_WAITING) {
      this.dropped++;
      return;
    }
    this.waiting.push({ frame, device: device.name, type, time });
    this.changed.wake();
  }

  override setOption(option: SocketOption): Result<void, Errno> {
    if (option.option === 'promiscuous') {
      this.lookOn(option.on);
      return ok();
    }
    if (option.option !== 'device') return super.setOption(option);
    const device = this.netns.devices.byName(option.name);
    if (!device) return err('ENODEV');
    this.closed();
    this.tap = this.tapOn(device);
    this.netns.taps.push(this.tap);
    return ok();
  }

  readable(): boolean {
    return this.waiting.length > 0;
  }

  writable(): boolean {
    return false;
  }

  bind(): Result<void, Errno> {
    return ok();
  }

  connect(): Result<void, Errno> {
    return err('EOPNOTSUPP');
  }

  send(): Result<number, Errno> {
    return err('EOPNOTSUPP');
  }

  receive(max: number): Result<Received, Errno> {
    const first = this.waiting.shift();
    if (!first) return err('EAGAIN');
    return ok({
      data: emitFrame(first.frame).subarray(0, max),
      from: { family: 'packet', device: first.device, type: first.type, time: first.time },
    });
  }

  info(): SocketInfo {
    return this.describe('raw', '', 0, 0);
  }

  /** Makes its device promiscuous, or no more so for its sake. */
  private lookOn(on: boolean): void {
    const { device } = this.tap;
    if (device !== null && this.looksOn !== on) device.onlookers += on ? 1 : -1;
    this.looksOn = on && device !== null;
  }

  protected closed(): void {
    this.lookOn(false);
    const { taps } = this.netns;
    const at = taps.indexOf(this.tap);
    if (at >= 0) taps.splice(at, 1);
  }
}
