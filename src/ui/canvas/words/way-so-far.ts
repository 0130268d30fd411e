import type { Move } from '../playhead/beat.ts';
import type { Playhead } from '../playhead/playhead.ts';

/** How far back a packet's beginning is looked for. */
const FARTHEST = 3000;

/** What has happened to the packet of the current step, copies of it included, from its beginning to the playhead. */
export function waySoFar({ story, position, beat }: Playhead): readonly Move[] {
  const journey = beat?.moves[0]?.journey;
  if (journey === undefined) return [];
  const way: Move[] = [];
  for (let i = position - 1; i >= Math.max(0, position - FARTHEST); i--)
    for (const move of [...(story.beats[i]?.moves ?? [])].reverse()) if (move.journey === journey) way.unshift(move);
  return way;
}
