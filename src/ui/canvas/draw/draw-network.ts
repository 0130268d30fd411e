import type { Rect } from '../layout/geometry.ts';
import type { Layout } from '../layout/layout.ts';
import { SIZES } from '../layout/sizes.ts';
import type { Depth, Network } from '../scene/scene.ts';
import type { CanvasWords } from '../words/words.ts';
import { drawRoom } from './draw-room.ts';
import { FONTS, type Pen } from './pen.ts';

interface NetworkDrawing {
  readonly layout: Layout;
  readonly network: Network;
  readonly words: CanvasWords;
  readonly depth: Depth;
}

/** A bridge, or a card that is shared, as a switch with its ports, and the rooms that are cabled to it. */
export function drawNetwork(pen: Pen, { layout, network, words, depth }: NetworkDrawing): void {
  const bar = layout.boxes.get(network.id) as Rect;
  drawSpines(pen, layout, network);
  const { bridge } = network;
  const up = bridge?.up ?? true;
  if (bridge)
    pen.box(network.id, bar, {
      radius: 8,
      fill: 'surface',
      stroke: up ? 'ink' : 'bad',
      thickness: 1.5,
      dashed: !up,
      subject: network.subject,
    });
  else if (network.planned)
    pen.box(network.id, bar, { radius: 8, fill: null, stroke: 'quiet', thickness: 1, dashed: true });
  drawTitle(pen, bar, { network, words, depth });
  if (depth === 'plumbing') for (const port of bridge?.ports ?? []) drawPort(pen, layout, port);
  for (const room of network.rooms) drawRoom(pen, { layout, room, words, showProgram: bridge !== null });
}

function drawTitle(pen: Pen, bar: Rect, { network, words, depth }: Omit<NetworkDrawing, 'layout'>): void {
  const { bridge, id } = network;
  const x = bar.x + 12;
  const inner = bar.width - 24;
  const name =
    network.kind === 'host' ? words.onHostNetwork : network.kind === 'none' ? words.onNoNetwork : network.name;
  const tag = network.planned
    ? words.planned
    : network.internal
      ? words.internal
      : bridge && !bridge.up
        ? words.down
        : '';
  const tagWidth = tag === '' ? 0 : pen.measure(tag, FONTS.small) + 8;
  const width = pen.text(`${id}/n`, { x, y: bar.y + 15 }, name, FONTS.name, 'ink', { width: inner - tagWidth });
  if (tag !== '')
    pen.text(`${id}/tag`, { x: x + width + 8, y: bar.y + 15 }, tag, FONTS.small, network.planned ? 'quiet' : 'bad');
  if (!bridge) return;
  const address = bridge.addresses.find((each) => !each.includes(':')) ?? '';
  if (depth === 'compose') {
    const shown = network.kind === 'macvlan' ? `macvlan  ${address}` : address;
    pen.text(`${id}/a`, { x, y: bar.y + 32 }, shown, FONTS.code, 'quiet', { width: inner });
    return;
  }
  const device = network.kind === 'macvlan' ? `macvlan · ${bridge.name}` : bridge.name;
  const one = `${device}  ${address}`;
  const fits = pen.measure(one, FONTS.address) <= inner;
  pen.text(`${id}/d`, { x, y: bar.y + 30 }, fits ? one : device, FONTS.code, 'quiet', { width: inner });
  if (!fits) pen.text(`${id}/a`, { x, y: bar.y + 45 }, address, FONTS.code, 'quiet', { width: inner });
}

/** The parts of the switch that reach down between its rooms. */
function drawSpines(pen: Pen, { boxes }: Layout, { id }: Network): void {
  for (const [part, place] of boxes)
    if (part.startsWith(`spine:${id}/`))
      pen.box(part, place, { radius: 4, fill: 'surface', stroke: 'ink', thickness: 1.5 });
}

function drawPort(pen: Pen, layout: Layout, port: NonNullable<Network['bridge']>['ports'][number]): void {
  const at = layout.spots.get(port.id);
  if (!at) return;
  const { width, height } = SIZES.port;
  const place = { x: at.x - width / 2, y: at.y - height / 2, width, height };
  pen.box(port.id, place, {
    radius: 3,
    fill: port.up ? 'wire' : 'surface',
    stroke: port.up ? 'wire' : 'bad',
    thickness: 1,
    subject: port.subject,
  });
  pen.text(`${port.id}/n`, at, String(port.number), FONTS.port, port.up ? 'surface' : 'bad', { align: 'middle' });
  const plug = layout.spots.get(`dev:${port.peer}`);
  if (plug) pen.disc(`${port.id}/plug`, plug, 4, port.up ? 'wire' : 'bad', port.subject);
}
