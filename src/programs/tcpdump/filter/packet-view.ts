import { parseFrame } from '../../../wire/ethernet.ts';
import { ArpPacket, type Frame, type Ipv4Packet, Ipv6Packet, TcpSegment, UdpDatagram } from '../../../wire/packet.ts';

const ETHERNET_HEADER = 14;
const IPV6_HEADER = 40;

/** A captured frame as filters look at it: its fields, and its bytes for `proto[expr]`. */
export class PacketView {
  readonly frame: Frame;
  readonly ip: Ipv4Packet | null;
  readonly ip6: Ipv6Packet | null;
  readonly arp: ArpPacket | null;

  private constructor(
    frame: Frame,
    readonly bytes: Uint8Array,
    readonly direction: 'in' | 'out',
  ) {
    const { payload } = frame;
    this.frame = frame;
    this.arp = payload instanceof ArpPacket ? payload : null;
    this.ip6 = payload instanceof Ipv6Packet ? payload : null;
    this.ip = payload instanceof ArpPacket || payload instanceof Ipv6Packet ? null : payload;
  }

  /** null: a frame that nobody here can read. */
  static of(bytes: Uint8Array, direction: 'in' | 'out'): PacketView | null {
    const frame = parseFrame(bytes);
    return frame.ok ? new PacketView(frame.value, bytes, direction) : null;
  }

  /** The number of the protocol over IP. */
  get protocol(): number | null {
    return this.ip?.protocol ?? this.ip6?.nextHeader ?? null;
  }

  /** Ports, where there are any to be seen: not in later fragments. */
  get ports(): { readonly source: number; readonly destination: number } | null {
    const payload = this.ip?.payload ?? this.ip6?.payload;
    if (payload instanceof TcpSegment || payload instanceof UdpDatagram)
      return { source: payload.sourcePort, destination: payload.destinationPort };
    if (!this.ip || this.ip.fragmentOffset > 0 || ![6, 17].includes(this.ip.protocol)) return null;
    const at = this.transportOffset;
    return at === null ? null : { source: this.number(at, 2) ?? 0, destination: this.number(at + 2, 2) ?? 0 };
  }

  /** Where a protocol's header begins; null: the frame hasn't got one. */
  offsetOf(protocol: 'ether' | 'arp' | 'ip' | 'ip6' | 'icmp' | 'tcp' | 'udp'): number | null {
    switch (protocol) {
      case 'ether':
        return 0;
      case 'arp':
        return this.arp && ETHERNET_HEADER;
      case 'ip':
        return this.ip && ETHERNET_HEADER;
      case 'ip6':
        return this.ip6 && ETHERNET_HEADER;
      default:
        return this.ip && this.ip.fragmentOffset === 0 && this.ip.protocol === { icmp: 1, tcp: 6, udp: 17 }[protocol]
          ? this.transportOffset
          : null;
    }
  }

  /** A number of 1, 2 or 4 bytes; null past the end. */
  number(at: number, size: number): number | null {
    if (at < 0 || at + size > this.bytes.length) return null;
    let value = 0;
    for (let i = 0; i < size; i++) value = value * 256 + (this.bytes[at + i] as number);
    return value;
  }

  private get transportOffset(): number | null {
    if (this.ip6) return ETHERNET_HEADER + IPV6_HEADER;
    return this.ip ? ETHERNET_HEADER + ((this.bytes[ETHERNET_HEADER] as number) & 15) * 4 : null;
  }
}
