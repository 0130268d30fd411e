import { Container } from 'pixi.js';
import type { Shape } from '../draw/shape.ts';
import type { Rect } from '../layout/geometry.ts';
import { between, ease, samePlace, sameShape } from './between.ts';
import { isInView } from './in-view.ts';
import { type Brush, paintShape } from './paint-shape.ts';

interface Painted {
  node: Container;
  shape: Shape;
  /** Where it is on its way from; null: it stands. */
  from: Shape | null;
  /** It wasn't there before what moves began to move, and comes to light as the others come to rest. */
  fresh: boolean;
}

/** Shapes that lie in one plane: one node for each, kept by its id, and moved to where the shape is next. */
export class ShapeLayer {
  readonly container = new Container();
  /** It looks other than when it was last painted; whoever paints it says that it has been. */
  changed = true;
  /** Something is on its way. */
  moving = false;
  /** What `painted` was made of. */
  private shown: readonly Shape[] = [];
  private painted = new Map<string, Painted>();
  /** The part of the picture outside of which nothing has to be painted; null: it isn't known yet. */
  private view: Rect | null = null;
  private calm = 0;
  /** When the change that is shown began; null: it has still to begin. */
  private began: number | null = null;
  private lastNow = 0;

  /**
   * @param calm how long a change takes, in milliseconds; 0: none
   * @param recolored the same shapes look otherwise with this brush
   */
  show(shapes: readonly Shape[], brush: Brush, { calm, recolored }: { calm: number; recolored: boolean }): void {
    this.calm = calm;
    if (shapes === this.shown && !recolored) return;
    this.shown = shapes;
    const old = this.painted;
    const next = new Map<string, Painted>();
    const sent = new Set<Painted>();
    const part = this.part();
    let moved = false;
    for (const shape of shapes) {
      let each = old.get(shape.id);
      if (each && each.shape.kind === shape.kind) {
        old.delete(shape.id);
        if (recolored || !sameShape(each.shape, shape)) {
          const stays = !each.from && !each.fresh && samePlace(each.shape, shape);
          if (calm === 0 || stays) {
            each.from = null;
            each.fresh = false;
            paintShape(shape, brush, each.node);
            this.changed = true;
          } else {
            each.from = each.from && this.began !== null ? between(each.from, each.shape, part) : each.shape;
            each.fresh = false;
            moved = true;
            sent.add(each);
          }
        }
        each.shape = shape;
      } else {
        each = { node: paintShape(shape, brush), shape, from: null, fresh: calm > 0 && !shape.sudden };
        sent.add(each);
      }
      next.set(shape.id, each);
    }
    for (const { node } of old.values()) node.destroy();
    let index = 0;
    for (const { node } of next.values()) this.place(node, index++);
    this.changed ||= sent.size > 0 || old.size > 0;
    this.painted = next;
    if (moved) this.setOut(sent, part);
    else for (const each of sent) each.fresh = false;
    if (this.view) this.look(this.view);
  }

  /** @param view outside of it nothing has to be painted */
  look(view: Rect): void {
    this.view = view;
    for (const { node, shape, from } of this.painted.values())
      node.visible = isInView(shape, view) || (from !== null && isInView(from, view));
  }

  /** Texts are set anew, as fine as the brush says. */
  refine(brush: Brush): void {
    for (const { shape, from, node } of this.painted.values())
      if (shape.kind === 'text') paintShape(from ?? shape, brush, node);
    this.changed = true;
  }

  /** What is on its way is brought to where it is. @param now milliseconds of the page's clock */
  move(now: number, brush: Brush): void {
    if (!this.moving) return;
    this.lastNow = now;
    this.began ??= now;
    const part = this.part();
    for (const each of this.painted.values()) {
      if (each.fresh) each.node.alpha = part * (each.shape.alpha ?? 1);
      if (part === 1) each.fresh = false;
      if (!each.from) continue;
      paintShape(between(each.from, each.shape, part), brush, each.node);
      if (part === 1) each.from = null;
    }
    this.moving = part < 1;
    this.changed = true;
  }

  /** How much of its way it has gone, 0 to 1. */
  private part(): number {
    if (this.began === null) return 0;
    return this.calm === 0 ? 1 : ease(Math.min(1, (this.lastNow - this.began) / this.calm));
  }

  /** What is on its way already goes on from where it is. */
  private setOut(sent: ReadonlySet<Painted>, part: number): void {
    for (const each of this.painted.values()) {
      if (sent.has(each)) {
        if (each.fresh) each.node.alpha = 0;
        continue;
      }
      if (each.from && this.began !== null) each.from = between(each.from, each.shape, part);
      if (each.fresh) each.node.alpha = each.shape.alpha ?? 1;
      each.fresh = false;
    }
    this.began = null;
    this.moving = true;
  }

  private place(node: Container, index: number): void {
    const { children } = this.container;
    if (children[index] === node) return;
    this.changed = true;
    this.container.addChildAt(node, Math.min(index, children.length - (node.parent === this.container ? 1 : 0)));
  }
}
