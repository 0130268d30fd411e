import type { Scene } from '../scene/scene.ts';
import type { Layout } from './layout.ts';
import { layoutScene } from './layout-scene.ts';
import type { Slots } from './slots.ts';

/** The enlargements at which a picture is tried, from large to the smallest that can be read. */
const SCALES = [1.15, 1.07, 1, 0.92, 0.85, 0.77, 0.7];

/** The layout that shows the scene largest in a pane; where it doesn't fit at all, the one for the smallest scale. */
export function layoutFor(
  scene: Scene,
  pane: { readonly width: number; readonly height: number },
  slots: Slots,
): Layout {
  let layout = layoutScene(scene, { width: pane.width / (SCALES[0] as number), slots });
  for (const scale of SCALES) {
    layout = layoutScene(scene, { width: pane.width / scale, slots });
    if (layout.width * scale <= pane.width + 1 && layout.height * scale <= pane.height + 1) break;
  }
  return layout;
}
