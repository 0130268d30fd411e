import type { Layout } from '../layout/layout.ts';
import type { Measure } from '../layout/measure.ts';
import type { Scene } from '../scene/scene.ts';
import type { CanvasWords } from '../words/words.ts';
import { drawDoors } from './draw-doors.ts';
import { drawHost, drawWall } from './draw-host.ts';
import { drawLan } from './draw-lan.ts';
import { drawNetwork } from './draw-network.ts';
import { Pen } from './pen.ts';
import type { Shape } from './shape.ts';

export interface Drawing {
  readonly scene: Scene;
  readonly layout: Layout;
  readonly words: CanvasWords;
  readonly measure: Measure;
}

/** The picture without its packets: everything that stands still. */
export function drawScene({ scene, layout, words, measure }: Drawing): Shape[] {
  const pen = new Pen(measure);
  const { host, lan } = scene;
  if (host) drawWall(pen, layout, host, words);
  drawTracks(pen, layout);
  if (host) drawHost(pen, layout, host, words);
  if (lan) drawLan(pen, layout, lan, words);
  for (const network of host?.networks ?? []) drawNetwork(pen, { layout, network, words, depth: scene.depth });
  if (host) drawDoors(pen, layout, host.doors);
  return pen.shapes;
}

function drawTracks(pen: Pen, { tracks }: Layout): void {
  for (const { id, kind, points } of tracks)
    if (kind === 'wire') pen.line(id, points, { stroke: 'edge', thickness: 1.5, corner: 8, alpha: 0.7 });
    else if (kind === 'cable') pen.line(id, points, { stroke: 'wire', thickness: 2.5, corner: 8 });
}
