import { centerOf, type Rect, rightOf } from '../layout/geometry.ts';
import type { Layout } from '../layout/layout.ts';
import type { Font, Measure } from '../layout/measure.ts';
import type { Door } from '../scene/scene.ts';
import type { Pen } from './pen.ts';

/** Published ports, in the host's wall. */
export function drawDoors(pen: Pen, layout: Layout, doors: readonly Door[]): void {
  for (const door of doors) {
    const { id, subject, planned } = door;
    const place = layout.boxes.get(id) as Rect;
    const { x, y } = centerOf(place);
    const tone = planned ? 'quiet' : 'accent';
    pen.box(id, place, {
      radius: 5,
      fill: 'surface',
      stroke: tone,
      thickness: planned ? 1.25 : 2,
      dashed: planned,
      subject,
    });
    const width = place.width - 16;
    const { text, font } = labelOf(door, width, pen.measure);
    pen.text(`${id}/t`, { x: x - 4, y }, text, font, tone, { align: 'middle', width });
    pen.disc(`${id}/knob`, { x: rightOf(place) - 8, y }, 2, tone);
  }
}

const FONT = { family: 'mono', size: 10.5, weight: 600 } as const;
const SIZES = [10.5, 9.75, 9, 8.5, 8];

/** What is written on a door, as large and as spaced as there is room for. Who comes in by `lo` is on the host itself. */
function labelOf(door: Door, width: number, measure: Measure): { readonly text: string; readonly font: Font } {
  const { hostAddress, hostPort, containerPort, protocol } = door;
  const outside = `${hostAddress.startsWith('127.') ? 'lo:' : ''}${hostPort}`;
  const inside = `${containerPort}${protocol === 'udp' ? '/udp' : ''}`;
  const spaced = { text: `${outside} → ${inside}`, font: FONT };
  if (measure(spaced.text, FONT) <= width) return spaced;
  const labels = SIZES.map((size) => ({ text: `${outside}→${inside}`, font: { ...FONT, size } }));
  return labels.find(({ text, font }) => measure(text, font) <= width) ?? (labels.at(-1) as (typeof labels)[number]);
}
