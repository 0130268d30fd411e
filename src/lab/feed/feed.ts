import type { SimTime } from '../../sim/clock.ts';
import type { RecordId } from '../../sim/trace.ts';
import type { NamespaceId } from '../view/lab-view.ts';

export type { RecordId, SimTime };

/** The trace as it crosses the wall: plain data, each packet sent once, and every record with the journey that it belongs to. */
export interface TraceChunk {
  readonly packets: readonly PacketData[];
  readonly journeys: readonly Journey[];
  readonly records: readonly HopRecord[];
  /** How many records before these were let go, because too much happened at once. */
  readonly skipped: number;
}

export type PacketId = number;
export type JourneyId = number;

/** One packet as it was at one moment; NAT and TTL make another one. */
export interface PacketData {
  readonly id: PacketId;
  /** `frame`: with its Ethernet header; `ipv4`: as hooks and sockets see it. The packet inside a frame has an id of its own. */
  readonly layer: 'frame' | 'ipv4';
  /** The wire's bytes: `parseFrame` or `parseIpv4` of `wire` read them. */
  readonly bytes: Uint8Array;
}

/** One packet's way through the world, from the one who made it to delivery or drop; copies of a flood belong to the same one. */
export interface Journey {
  readonly id: JourneyId;
  readonly firstRecord: RecordId;
  readonly time: SimTime;
  /** The journey that led to this one: a reply's request, the SYN for which ARP asks; null for the first of its kind. */
  readonly parent: JourneyId | null;
  readonly protocol: 'arp' | 'icmp' | 'tcp' | 'udp' | 'dns' | 'other';
  /** What tcpdump would print of it where it began. */
  readonly summary: string;
  readonly origin: NamespaceId;
  /** The number of the command in whose course it began (a terminal's submitted lines, counted); null: nobody's. */
  readonly command: number | null;
}

export type HopKind =
  | 'transmit'
  | 'receive'
  | 'learn'
  | 'bridge'
  | 'route'
  | 'neighbor'
  | 'netfilter'
  | 'nat'
  | 'deliver'
  | 'drop'
  | 'process'
  | 'dns';

export interface HopRecord {
  readonly id: RecordId;
  readonly time: SimTime;
  readonly kind: HopKind;
  readonly place: PlaceData;
  readonly packet: PacketId | null;
  readonly journey: JourneyId | null;
  /** A verdict, a drop's reason (`DropReason`), a state, in the machine's own words. */
  readonly detail: string;
  readonly because: RowData | null;
  readonly cause: RecordId;
}

/** Where something happened. */
export type PlaceData =
  | { readonly kind: 'device'; readonly namespace: NamespaceId; readonly device: string }
  | { readonly kind: 'chain'; readonly namespace: NamespaceId; readonly table: string; readonly chain: string }
  | { readonly kind: 'namespace'; readonly namespace: NamespaceId }
  | { readonly kind: 'process'; readonly namespace: NamespaceId; readonly pid: number; readonly program: string };

/** The row because of which something was decided. */
export type RowData =
  /** `chain` is where the rule stands (a jump may have led there), `number` counts from 1. */
  | {
      readonly kind: 'rule';
      readonly table: string;
      readonly chain: string;
      readonly number: number;
      readonly text: string;
    }
  | { readonly kind: 'policy'; readonly table: string; readonly chain: string; readonly policy: string }
  | { readonly kind: 'route'; readonly text: string }
  | {
      readonly kind: 'neighbor';
      readonly address: string;
      readonly mac: string | null;
      readonly state: string;
      readonly device: string;
    }
  | { readonly kind: 'fdb'; readonly mac: string; readonly port: string; readonly local: boolean }
  | { readonly kind: 'conntrack'; readonly original: string; readonly reply: string; readonly protocol: string }
  | { readonly kind: 'dns'; readonly name: string; readonly answer: string }
  | { readonly kind: 'other'; readonly text: string };
