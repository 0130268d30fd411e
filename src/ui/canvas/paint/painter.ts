import type { Point } from '../layout/geometry.ts';
import type { Palette } from '../draw/palette.ts';
import type { Shape } from '../draw/shape.ts';
import type { JourneyId } from '../../../lab/feed/feed.ts';

/** Which part of the picture is seen: the picture's point (x, y) is at the upper left corner, enlarged by `scale`. */
export interface Camera extends Point {
  readonly scale: number;
}

/** A packet's sign where it is at this moment; painters read it and keep none of it. */
export interface PlacedToken {
  /** The same key, the same look. */
  look: string;
  journey: JourneyId;
  x: number;
  y: number;
  alpha: number;
}

/** How one looks: asked for once a key. */
export type LookOf = (look: string) => readonly Shape[];

/** Puts shapes onto the screen. */
export interface Painter {
  readonly surface: HTMLElement;
  /** The page's own processor paints: other work has to wait for it. */
  readonly isSlow: boolean;
  resize(width: number, height: number): void;
  look(camera: Camera): void;
  /**
   * The picture as it is now: what stands, and over it what is said of the moment. What differs from before moves there if `calm`
   * milliseconds are given for it.
   */
  show(still: readonly Shape[], moment: readonly Shape[], palette: Palette, calm: number): void;
  /** Only the first `count` are there. */
  showTokens(tokens: readonly PlacedToken[], count: number): void;
  /** Paints what has changed; whether something still moves. @param now milliseconds of the page's clock */
  frame(now: number): boolean;
  destroy(): void;
}
