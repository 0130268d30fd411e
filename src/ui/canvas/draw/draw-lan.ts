import { centerOf, type Rect } from '../layout/geometry.ts';
import type { Layout } from '../layout/layout.ts';
import type { Interface, Machine } from '../scene/scene.ts';
import type { CanvasWords } from '../words/words.ts';
import { drawChips } from './draw-host.ts';
import { FONTS, type Pen } from './pen.ts';

/** The machine at the other end of the host's cable, and the internet beyond it. */
export function drawLan(pen: Pen, layout: Layout, lan: Machine, words: CanvasWords): void {
  const place = layout.boxes.get(lan.id) as Rect;
  const wide = place.width > 200;
  pen.box(lan.id, place, { radius: 12, fill: 'lan', stroke: 'line', thickness: 1.5, subject: lan.subject });
  const x = place.x + 12;
  const inner = place.width - 24;
  const line = place.height < 40;
  const y = place.y + (line ? place.height / 2 : 18);
  const name = pen.text(`${lan.id}/name`, { x, y }, lan.name, FONTS.name, 'ink', { width: inner });
  const kind = pen.text(`${lan.id}/kind`, { x: x + name + 8, y }, 'LAN', FONTS.small, 'quiet');
  const device = lan.interfaces[0];
  if (device)
    pen.text(
      `${device.id}/a`,
      line ? { x: x + name + kind + 18, y } : { x, y: place.y + 38 },
      device.addresses[0] ?? device.name,
      FONTS.address,
      'quiet',
      {
        width: line ? inner - name - kind - 18 - 190 : wide ? inner - 140 : inner,
        subject: device.subject,
      },
    );
  if (!wide) drawChips(pen, { x, y: place.y + 52, width: inner, height: place.height - 86 }, lan.listeners);
  if (device) {
    const plug = layout.spots.get(device.id);
    if (plug) pen.disc(`${device.id}/plug`, plug, 4, 'wire', device.subject);
  }
  if (lan.internet) drawInternet(pen, layout.boxes.get(lan.internet.id) as Rect, lan.internet, words);
}

function drawInternet(pen: Pen, cloud: Rect, { id, subject, addresses }: Interface, words: CanvasWords): void {
  pen.box(id, cloud, { radius: cloud.height / 2, fill: 'surface', stroke: 'line', subject });
  const address = (addresses[0] ?? '').replace('/32', '');
  const { x, y } = centerOf(cloud);
  const [name, at] = [`${id}/n`, `${id}/a`];
  if (cloud.height < 30) {
    const width = pen.text(at, { x: cloud.x + cloud.width - 12, y }, address, FONTS.address, 'quiet', {
      align: 'end',
      width: cloud.width / 2 - 6,
    });
    pen.text(name, { x: cloud.x + 12, y }, words.internet, FONTS.small, 'ink', { width: cloud.width - 32 - width });
    return;
  }
  const middle = { align: 'middle', width: cloud.width - 14 } as const;
  pen.text(name, { x, y: y - 9 }, words.internet, FONTS.name, 'ink', middle);
  pen.text(at, { x, y: y + 9 }, address, FONTS.address, 'quiet', middle);
}
