import type { PacketTone } from '../draw/shape.ts';
import type { Beat, Move } from './beat.ts';

/** No more than can be told apart on a screen. */
export const MOST_TICKS = 160;

/** The mark that a beat leaves: where packets set out or fall. */
export function tickOf(moves: readonly Move[]): PacketTone | null {
  if (moves.some(({ end }) => end === 'dropped')) return 'rst';
  return moves.findLast(({ kind, from, to }) => kind === 'transmit' && from !== to)?.face.kind ?? null;
}

/** Where along the story, 0 to 1, marks of each tone stand; among many, a fall wins, then what comes later. */
export function ticksOf(beats: readonly Beat[], length: number): ReadonlyMap<PacketTone, readonly number[]> {
  const tones: (PacketTone | null)[] = Array.from({ length: MOST_TICKS + 1 }, () => null);
  for (let i = 0; i < length; i++) {
    const { tick } = beats[i] as Beat;
    if (tick === null) continue;
    const place = Math.round((i / length) * MOST_TICKS);
    if (tones[place] !== 'rst') tones[place] = tick;
  }
  const places = new Map<PacketTone, number[]>();
  tones.forEach((tone, place) => {
    if (tone === null) return;
    const known = places.get(tone);
    if (known) known.push(place / MOST_TICKS);
    else places.set(tone, [place / MOST_TICKS]);
  });
  return places;
}
