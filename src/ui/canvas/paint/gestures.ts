import type { Point } from '../layout/geometry.ts';

export interface GestureTarget {
  /** The pane was clicked before, so the wheel is its own. */
  isActive(): boolean;
  pan(dx: number, dy: number): void;
  zoom(at: Point, factor: number): void;
  point(at: Point | null): void;
  choose(at: Point): void;
}

/** A press that moves less than this is a click. */
const CLICK = 5;

/**
 * Mouse, pen and fingers on the picture. The page keeps its own scrolling: the wheel and one finger move the picture only after it has
 * been clicked; two fingers always do.
 */
export function listenToGestures(surface: HTMLElement, target: GestureTarget): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const pressed = new Map<number, Point>();
  let travelled = 0;
  const at = (event: MouseEvent): Point => {
    const { left, top } = surface.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const wheel = (event: WheelEvent): void => {
    if (!target.isActive()) return;
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) target.zoom(at(event), Math.exp(-event.deltaY / 200));
    else target.pan(-event.deltaX, -event.deltaY);
  };
  const down = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    pressed.set(event.pointerId, at(event));
    travelled = 0;
  };
  const move = (event: PointerEvent): void => {
    const now = at(event);
    const before = pressed.get(event.pointerId);
    if (!before) {
      target.point(now);
      return;
    }
    const others = [...pressed].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
    const other = others[0];
    travelled += Math.hypot(now.x - before.x, now.y - before.y);
    if (other) {
      const factor = distance(now, other) / Math.max(1, distance(before, other));
      target.zoom({ x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 }, factor);
      target.pan((now.x - before.x) / 2, (now.y - before.y) / 2);
    } else if (travelled > CLICK && (event.pointerType === 'mouse' || target.isActive()))
      target.pan(now.x - before.x, now.y - before.y);
    pressed.set(event.pointerId, now);
  };
  const up = (event: PointerEvent): void => {
    if (pressed.delete(event.pointerId) && travelled <= CLICK) target.choose(at(event));
  };
  surface.addEventListener('wheel', wheel, { passive: false, signal });
  surface.addEventListener('pointerdown', down, { signal });
  surface.addEventListener('pointermove', move, { signal });
  surface.addEventListener('pointerup', up, { signal });
  surface.addEventListener('pointercancel', (event) => pressed.delete(event.pointerId), { signal });
  surface.addEventListener(
    'pointerleave',
    (event) => {
      pressed.delete(event.pointerId);
      target.point(null);
    },
    { signal },
  );
  return () => stop.abort();
}

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
