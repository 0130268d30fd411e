import { lookKey } from '../draw/draw-token.ts';
import { pointAlong, type Point } from '../layout/geometry.ts';
import type { Ways } from '../layout/ways.ts';
import type { Playhead } from '../playhead/playhead.ts';
import type { JourneyId } from '../../../lab/feed/feed.ts';
import type { PlacedToken } from './painter.ts';
import { ease } from './between.ts';

/** How faint the others are while one packet is followed. */
const FAINT = 0.25;
const FALL = 26;
/** Of a token, for who points at it. */
const HALF_WIDTH = 22;
const HALF_HEIGHT = 14;

/** Where every token is at this instant: fills a list that is kept from frame to frame. */
export class TokenPlaces {
  readonly tokens: PlacedToken[] = [];
  count = 0;
  private readonly moving = new Set<number>();
  private readonly crowd = new Map<string, number>();
  private readonly keys = new Map<object, string>();

  /** @param followed others are shown faintly */
  update(playhead: Playhead, ways: Ways, followed: JourneyId | null): void {
    this.count = 0;
    this.moving.clear();
    this.crowd.clear();
    const { progress, position, story } = playhead;
    const beat = progress > 0 ? story.beats[position] : undefined;
    if (beat) {
      const part = ease(progress);
      for (const { token, from, to, face, before, end, journey, packet } of beat.moves) {
        if (packet === null) continue;
        this.moving.add(token);
        const way = ways.between(from, to);
        if (!way) continue;
        const shown = before && progress < 0.5 ? before : face;
        const placed = this.next(this.keyOf(shown), journey);
        pointAlong(way, part, placed);
        placed.alpha = this.alphaOf(journey, followed);
        if (end === 'dropped') placed.y += part * FALL;
        if (end !== null && progress > 0.6) placed.alpha *= 1 - (progress - 0.6) / 0.4;
      }
    }
    // What ends is still seen by whoever steps to its end; played through, it has gone.
    for (const { id, spot, face, move } of playhead.moment.tokens.values()) {
      if (this.moving.has(id) || (move.end !== null && (beat || playhead.through))) continue;
      const at = ways.place(spot);
      if (!at) continue;
      const placed = this.next(this.keyOf(face), move.journey);
      this.rest(placed, spot, at);
      placed.alpha = this.alphaOf(move.journey, followed) * (move.end === null ? 1 : 0.85);
      if (move.end === 'dropped') placed.y += FALL;
    }
  }

  /** Several at one place stand fanned out. */
  private rest(placed: PlacedToken, spot: string, at: Point): void {
    const before = this.crowd.get(spot) ?? 0;
    this.crowd.set(spot, before + 1);
    placed.x = at.x + Math.min(before, 5) * 7;
    placed.y = at.y - Math.min(before, 5) * 5;
  }

  /** Whose packet is at a point of the picture, the topmost of them; null: none. */
  at({ x, y }: Point): JourneyId | null {
    for (let i = this.count - 1; i >= 0; i--) {
      const token = this.tokens[i] as PlacedToken;
      if (Math.abs(token.x - x) < HALF_WIDTH && Math.abs(token.y - y) < HALF_HEIGHT) return token.journey;
    }
    return null;
  }

  private next(look: string, journey: JourneyId): PlacedToken {
    const index = this.count++;
    let placed = this.tokens[index];
    if (!placed) this.tokens[index] = placed = { look, journey, x: 0, y: 0, alpha: 1 };
    placed.look = look;
    placed.journey = journey;
    return placed;
  }

  private keyOf(face: { readonly kind: Parameters<typeof lookKey>[0]['kind']; readonly title: string }): string {
    let key = this.keys.get(face);
    if (key === undefined) {
      if (this.keys.size > 4000) this.keys.clear();
      this.keys.set(face, (key = lookKey(face)));
    }
    return key;
  }

  private alphaOf(journey: JourneyId, followed: JourneyId | null): number {
    return followed === null || followed === journey ? 1 : FAINT;
  }
}
