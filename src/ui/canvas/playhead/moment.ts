import type { RecordId, SimTime } from '../../../lab/feed/feed.ts';
import type { Beat, Move, Spot, TokenId } from './beat.ts';
import type { Face } from './face.ts';

/** A token as a moment shows it. */
export interface Token {
  readonly id: TokenId;
  readonly spot: Spot;
  readonly face: Face;
  readonly move: Move;
  readonly since: SimTime;
}

/** What a drop leaves behind, until somebody puts it away. */
export interface Mark {
  readonly record: RecordId;
  readonly spot: Spot;
  readonly face: Face;
  readonly reason: string;
  readonly move: Move;
}

/** What the picture shows between two beats. */
export interface Moment {
  readonly tokens: ReadonlyMap<TokenId, Token>;
  readonly marks: readonly Mark[];
}

export const FIRST_MOMENT: Moment = { tokens: new Map(), marks: [] };

/** A packet of which nothing has been heard for so long is taken away: its story was lost. */
const LOST_AFTER = 30e9;
/** More marks than these would hide the picture; the oldest go. */
const MOST_MARKS = 12;

/** The moment after a beat. What ended in the beat before is gone; what ends in this one is still seen. */
export function after({ tokens, marks }: Moment, { moves, time }: Beat): Moment {
  const next = new Map<TokenId, Token>();
  for (const [id, token] of tokens) if (token.move.end === null && time - token.since < LOST_AFTER) next.set(id, token);
  for (const move of moves)
    if (move.packet !== null)
      next.set(move.token, { id: move.token, spot: move.to, face: move.face, move, since: time });
  const fallen = moves.filter(({ end }) => end === 'dropped').map(markOf);
  return { tokens: next, marks: fallen.length === 0 ? marks : withNew(marks, fallen) };
}

const markOf = (move: Move): Mark => ({
  record: move.record.id,
  spot: move.to,
  face: move.face,
  reason: move.record.detail,
  move,
});

/** One mark for a place and reason: the same again takes the older one's place. */
function withNew(marks: readonly Mark[], fallen: readonly Mark[]): Mark[] {
  const key = ({ spot, reason }: Mark) => `${spot} ${reason}`;
  const fresh = new Set(fallen.map(key));
  return [...marks.filter((mark) => !fresh.has(key(mark))), ...fallen].slice(-MOST_MARKS);
}
