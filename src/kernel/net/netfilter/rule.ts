import type { Ipv4 } from '../../../wire/address.ts';
import type { NetDevice } from '../link/device.ts';
import type { RejectWith } from '../ip/reject.ts';
import type { SkBuff } from '../skb.ts';
import type { Chain } from './chain.ts';
import type { NatRange } from './nat.ts';

/** One extension's test (`-m name …`). */
export interface Match {
  matches(skb: SkBuff): boolean;
  /** As `iptables -S` prints it. */
  readonly spec: string;
  /** As `iptables -L` prints it, after the addresses. */
  readonly words: string;
  /** It asks conntrack. */
  readonly needsConntrack?: boolean;
}

/** What a rule does with a packet that fits. */
export type Target = { readonly spec: string; readonly name: string; readonly words: string } & (
  | { readonly does: 'accept' | 'drop' | 'return' | 'continue' }
  | { readonly does: 'jump' | 'goto'; readonly chain: Chain }
  | { readonly does: 'reject'; readonly how: RejectWith }
  | {
      readonly does: 'nat';
      readonly side: 'source' | 'destination';
      readonly to: 'given' | 'outgoing' | 'local';
      readonly range: NatRange;
    }
  | { readonly does: 'mark'; readonly value: number; readonly mask: number }
  | { readonly does: 'log'; readonly prefix: string }
  | { readonly does: 'notrack' }
);

/** An address with its mask, and whether it is meant negatively. */
export interface AddressTest {
  readonly address: Ipv4;
  readonly mask: number;
  readonly prefix: number;
  readonly not: boolean;
}

export interface DeviceTest {
  readonly name: string;
  /** `eth+`: all that begin so. */
  readonly prefix: boolean;
  readonly not: boolean;
}

export interface RuleSpec {
  readonly source: AddressTest | null;
  readonly destination: AddressTest | null;
  readonly inDevice: DeviceTest | null;
  readonly outDevice: DeviceTest | null;
  /** 0: all. */
  readonly protocol: number;
  readonly protocolNot: boolean;
  readonly matches: readonly Match[];
  /** null: it only counts. */
  readonly target: Target | null;
}

/** A rule: replaced, never changed, so that a trace can cite it; its counters stand beside. */
export class Rule {
  packets = 0;
  bytes = 0;
  /** What its target does, and where it jumps: at hand, since targets are objects of many shapes. */
  readonly does: Target['does'];
  readonly chain: Chain | null;
  private readonly fitsAll: boolean;

  constructor(
    readonly spec: RuleSpec,
    /** What `iptables -S` prints behind `-A CHAIN`. */
    readonly text: string,
  ) {
    const { target } = spec;
    this.does = target?.does ?? 'continue';
    this.chain = target?.does === 'jump' || target?.does === 'goto' ? target.chain : null;
    this.fitsAll =
      spec.source === null &&
      spec.destination === null &&
      spec.inDevice === null &&
      spec.outDevice === null &&
      spec.protocol === 0 &&
      spec.matches.length === 0;
  }

  /** Whether a packet fits: compares integers first, then asks the extensions. */
  fits(skb: SkBuff): boolean {
    if (this.fitsAll) return true;
    const { spec } = this;
    const { packet } = skb;
    const { source, destination, inDevice, outDevice, matches } = spec;
    if (source !== null && (((packet.source ^ source.address) & source.mask) === 0) === source.not) return false;
    if (
      destination !== null &&
      (((packet.destination ^ destination.address) & destination.mask) === 0) === destination.not
    )
      return false;
    if (inDevice !== null && fitsDevice(inDevice, skb.inDevice) === inDevice.not) return false;
    if (outDevice !== null && fitsDevice(outDevice, skb.outDevice) === outDevice.not) return false;
    if (spec.protocol !== 0 && (packet.protocol === spec.protocol) === spec.protocolNot) return false;
    for (let i = 0; i < matches.length; i++) if (!(matches[i] as Match).matches(skb)) return false;
    return true;
  }
}

function fitsDevice(test: DeviceTest, device: NetDevice | null): boolean {
  if (device === null) return false;
  return test.prefix ? device.name.startsWith(test.name) : device.name === test.name;
}
