import type { Rect } from '../layout/geometry.ts';
import type { Layout } from '../layout/layout.ts';
import type { Machine } from '../scene/scene.ts';
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
  const name = pen.text(`${lan.id}/name`, { x, y: place.y + 18 }, lan.name, FONTS.name, 'ink', { width: inner });
  pen.text(`${lan.id}/kind`, { x: x + name + 8, y: place.y + 18 }, 'LAN', FONTS.small, 'quiet');
  const device = lan.interfaces[0];
  if (device)
    pen.text(`${device.id}/a`, { x, y: place.y + 38 }, device.addresses[0] ?? device.name, FONTS.address, 'quiet', {
      width: wide ? inner - 140 : inner,
      subject: device.subject,
    });
  if (!wide) drawChips(pen, { x, y: place.y + 54, width: inner, height: place.height - 58 }, lan.listeners);
  if (device) {
    const plug = layout.spots.get(device.id);
    if (plug) pen.disc(`${device.id}/plug`, plug, 4, 'wire', device.subject);
  }
  if (lan.internet) {
    const cloud = layout.boxes.get(lan.internet.id) as Rect;
    pen.box(lan.internet.id, cloud, {
      radius: cloud.height / 2,
      fill: 'surface',
      stroke: 'line',
      subject: lan.internet.subject,
    });
    const middle = { x: cloud.x + cloud.width / 2, y: cloud.y + cloud.height / 2 };
    pen.text(`${lan.internet.id}/n`, { x: middle.x, y: middle.y - 9 }, words.internet, FONTS.name, 'ink', {
      align: 'middle',
      width: cloud.width - 16,
    });
    const address = (lan.internet.addresses[0] ?? '').replace('/32', '');
    pen.text(`${lan.internet.id}/a`, { x: middle.x, y: middle.y + 9 }, address, FONTS.address, 'quiet', {
      align: 'middle',
      width: cloud.width - 12,
    });
  }
}
