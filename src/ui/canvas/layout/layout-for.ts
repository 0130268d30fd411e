import type { Scene } from '../scene/scene.ts';
import type { Layout } from './layout.ts';
import { layoutScene } from './layout-scene.ts';
import type { Slots } from './slots.ts';

/** The enlargements at which a picture is tried, from large to small. */
const SCALES = [1.15, 1.07, 1, 0.92, 0.85, 0.77];
/** The smallest that can be read. */
const LEAST = 0.7;

/** The layout that shows the scene largest in a pane; where it doesn't fit at all, the one for the smallest scale. */
export function layoutFor(
  scene: Scene,
  pane: { readonly width: number; readonly height: number },
  slots: Slots,
): Layout {
  const at = (scale: number): Layout => layoutScene(scene, { width: pane.width / scale, slots });
  const fits = ({ width, height }: Layout, scale: number): boolean =>
    width * scale <= pane.width + 1 && height * scale <= pane.height + 1;
  // Most pictures that are large don't fit at all: then one layout is enough.
  const least = at(LEAST);
  if (!fits(least, LEAST)) return least;
  for (const scale of SCALES) {
    const layout = at(scale);
    if (fits(layout, scale)) return layout;
  }
  return least;
}
