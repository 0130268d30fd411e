import type { HopKind, HopRecord, JourneyId, PacketId, RecordId, SimTime } from '../../../lab/feed/feed.ts';
import type { PacketTone } from '../draw/shape.ts';
import type { Face } from './face.ts';

/** One sign in the picture: a packet, or one copy of a flooded one. */
export type TokenId = number;
/** A place in the picture, by the id of a part; see `scene/part-id.ts`. */
export type Spot = string;

/** What one record does to one token. */
export interface Move {
  readonly token: TokenId;
  readonly journey: JourneyId;
  readonly record: HopRecord;
  readonly kind: HopKind;
  /** null: a remark, made beside the packet; it doesn't move. */
  readonly packet: PacketId | null;
  readonly from: Spot;
  readonly to: Spot;
  /** Netfilter's gate that the packet met, lit up wherever the token is. */
  readonly gate: Spot | null;
  readonly face: Face;
  /** How it looked before NAT wrote on it. */
  readonly before: Face | null;
  readonly end: TokenEnd | null;
}

/** `ignored`: nobody was meant to care, as with a flooded question for another. */
export type TokenEnd = 'delivered' | 'dropped' | 'ignored';

/** The smallest step of the story: what happens at one time, to different tokens. */
export interface Beat {
  readonly time: SimTime;
  readonly moves: readonly Move[];
  readonly last: RecordId;
  /** The command in whose course it happens. */
  readonly command: number | null;
  /** How much of a step's time it gets, 0 to 1: repetitions are told faster. */
  readonly weight: number;
  /** The mark that it leaves along the story. */
  readonly tick: PacketTone | null;
}
