import type { PacketTone } from '../draw/shape.ts';
import type { Beat } from './beat.ts';

export interface Tick {
  /** 0 to 1 along the story. */
  readonly at: number;
  readonly kind: PacketTone;
}

/** No more than can be told apart on a screen. */
const MOST_TICKS = 160;

/** Marks along the story where packets set out or fall; among many, those that are rarer win. */
export function ticksOf(beats: readonly Beat[], length: number): Tick[] {
  const places = new Map<number, PacketTone>();
  for (let i = 0; i < length; i++)
    for (const { from, to, kind, face, end } of (beats[i] as Beat).moves) {
      const place = Math.round((i / Math.max(1, length)) * MOST_TICKS);
      if (end === 'dropped') places.set(place, 'rst');
      else if (kind === 'transmit' && from !== to && places.get(place) !== 'rst') places.set(place, face.kind);
    }
  return [...places].map(([place, kind]) => ({ at: place / MOST_TICKS, kind }));
}
