import type { Ipv4Packet } from '../../wire/packet.ts';
import type { ConntrackEntry } from './netfilter/conntrack.ts';
import type { NetDevice } from './link/device.ts';

/**
 * One packet on its way through one kernel, as Linux's sk_buff (include/linux/skbuff.h): the packet itself is never
 * changed, `packet` is set to a new one when NAT or TTL write a header.
 */
export class SkBuff {
  packet: Ipv4Packet;
  /** Where it came in, or null when made here. For a bridged packet: the bridge. */
  inDevice: NetDevice | null;
  /** Where it goes out, once routed. For a bridged packet: the bridge. */
  outDevice: NetDevice | null = null;
  /** The bridge port that it came in by, while bridge-nf shows a bridged frame to iptables (br_netfilter_hooks.c). */
  physicalIn: NetDevice | null = null;
  physicalOut: NetDevice | null = null;
  /** The conntrack entry that it belongs to, and on which side of it: 0 original, 1 reply. */
  conntrack: ConntrackEntry | null = null;
  direction: 0 | 1 = 0;
  /** Its state for `-m conntrack --ctstate`: one of `CtState`. */
  ctState = 0;
  mark = 0;
  /** Put together from fragments: the length of the largest, for whoever cuts it again (IPCB frag_max_size); else 0. */
  largestFragment = 0;

  constructor(packet: Ipv4Packet, inDevice: NetDevice | null) {
    this.packet = packet;
    this.inDevice = inDevice;
  }

  /** A copy for another way out, as a bridge makes them when it floods (skb_clone). */
  clone(): SkBuff {
    const copy = new SkBuff(this.packet, this.inDevice);
    copy.outDevice = this.outDevice;
    copy.physicalIn = this.physicalIn;
    copy.physicalOut = this.physicalOut;
    copy.conntrack = this.conntrack;
    copy.direction = this.direction;
    copy.ctState = this.ctState;
    copy.mark = this.mark;
    copy.largestFragment = this.largestFragment;
    return copy;
  }
}
