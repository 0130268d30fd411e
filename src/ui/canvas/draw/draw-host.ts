import { bottomOf, type Point, type Rect, rightOf } from '../layout/geometry.ts';
import type { Layout } from '../layout/layout.ts';
import type { Subject } from '../../session/subject.ts';
import { SIZES } from '../layout/sizes.ts';
import { programsId } from '../scene/part-id.ts';
import type { Gate, Host, Interface, Ledger, Listener } from '../scene/scene.ts';
import type { CanvasWords } from '../words/words.ts';
import { FONTS, type Pen } from './pen.ts';

/** The host's wall: all else stands before it. */
export function drawWall(pen: Pen, layout: Layout, host: Host, words: CanvasWords): void {
  const wall = layout.boxes.get(host.id) as Rect;
  pen.box(host.id, wall, { radius: 14, fill: 'host', stroke: 'line', thickness: 1.5, subject: host.subject });
  const at = layout.spots.get(`title:${host.id}`) as Point;
  const width = pen.text(`${host.id}/name`, at, host.name, FONTS.machine, 'ink');
  const loopback = host.loopback && layout.boxes.get(host.loopback.id);
  const right = loopback && loopback.y < at.y + 20 ? loopback.x : rightOf(wall);
  if (at.x + width + 16 + pen.measure(words.linuxHost, FONTS.label) < right)
    pen.text(`${host.id}/kind`, { x: at.x + width + 8, y: at.y + 1 }, words.linuxHost, FONTS.label, 'quiet');
}

/** The host's devices and, in the plumbing view, its network layer. */
export function drawHost(pen: Pen, layout: Layout, host: Host, words: CanvasWords): void {
  const ledger = layout.boxes.get(host.ledger.id);
  if (ledger) drawLedger(pen, ledger, host.ledger, words);
  const programs = layout.boxes.get(programsId(host.namespace));
  if (programs) drawPrograms(pen, programs, host, words);
  for (const gate of host.gates) drawGate(pen, layout.boxes.get(gate.id), gate, words);
  const route = layout.spots.get(host.id);
  if (ledger && route) drawRoute(pen, route, host, words);
  for (const device of [host.uplink, host.loopback])
    if (device) drawInterface(pen, layout.boxes.get(device.id), device);
}

function drawLedger(pen: Pen, place: Rect, { id, subject, entries }: Ledger, words: CanvasWords): void {
  pen.box(id, place, { radius: 6, fill: 'surface', stroke: 'line', thickness: 1, subject });
  const [x, width] = [place.x + 10, place.width - 20];
  // Ruled, as ledgers are.
  for (const y of [23, 42])
    pen.line(`${id}/rule${y}`, lineAcross(place, place.y + y), { stroke: 'line', thickness: 1 });
  const title = pen.text(`${id}/t`, { x, y: place.y + 13 }, 'conntrack', FONTS.gate, 'ink');
  const entry = entries[0];
  if (!entry) {
    pen.text(`${id}/none`, { x, y: place.y + 34 }, words.noConnections, FONTS.small, 'quiet', { width });
    return;
  }
  const more = entries.length > 1 ? ` · ${words.more(entries.length - 1)}` : '';
  const state = `${entry.protocol}${entry.state ? ` ${entry.state}` : ''}${more}`;
  pen.text(`${id}/s`, { x: x + title + 10, y: place.y + 13 }, state, FONTS.small, 'quiet', {
    width: width - title - 10,
  });
  pen.text(`${id}/o`, { x, y: place.y + 33 }, entry.original, CODE, 'ink', { width, subject: entry.subject });
  pen.text(`${id}/r`, { x, y: place.y + 51 }, entry.reply, CODE, entry.rewritten ? 'http-text' : 'quiet', {
    width,
    subject: entry.subject,
  });
}

/** From edge to edge of a box. */
const lineAcross = ({ x, width }: Rect, y: number): Point[] => [
  { x, y },
  { x: x + width, y },
];

const CODE = { ...FONTS.code, size: 10 };

function drawPrograms(pen: Pen, place: Rect, { listeners }: Host, words: CanvasWords): void {
  const id = 'programs';
  pen.box(id, place, { radius: 6, fill: 'surface', stroke: 'line', thickness: 1 });
  const [x, width] = [place.x + 10, place.width - 20];
  pen.text(`${id}/t`, { x, y: place.y + 13 }, words.programs, FONTS.small, 'quiet', { width });
  if (listeners.length === 0) {
    pen.text(`${id}/none`, { x, y: place.y + 34 }, words.noPrograms, FONTS.small, 'quiet', { width });
    return;
  }
  drawChips(pen, { x: place.x + 8, y: place.y + 24, width: place.width - 16, height: place.height - 26 }, listeners);
}

const CHIP = 17;
/** As wide as `+99`. */
const MORE = 26;

/** Programs that listen, as chips in rows; what has no room is counted. */
export function drawChips(pen: Pen, place: Rect, listeners: readonly Listener[]): void {
  let [x, y] = [place.x, place.y];
  for (const [i, listener] of listeners.entries()) {
    const text = `${listener.program} :${listener.port}`;
    const rest = listeners.length - i;
    const isLastRow = (top: number) => top + 20 + CHIP > bottomOf(place);
    // Room for the count of those behind it, where there is no further row.
    const spare = (top: number) => (rest > 1 && isLastRow(top) ? MORE : 0);
    const wanted = pen.measure(text, FONTS.code) + 12;
    if (x > place.x && x + wanted + spare(y) > rightOf(place)) {
      if (isLastRow(y)) {
        pen.text(`${listener.id}/more`, { x: x + 2, y: y + 8 }, `+${rest}`, FONTS.small, 'quiet');
        return;
      }
      [x, y] = [place.x, y + 20];
    }
    const width = Math.min(place.width - spare(y), wanted);
    pen.box(
      listener.id,
      { x, y, width, height: CHIP },
      { radius: 4, fill: 'host', stroke: 'line', subject: listener.subject },
    );
    pen.text(`${listener.id}/t`, { x: x + 6, y: y + 8.5 }, text, FONTS.code, 'ink', { width: width - 10 });
    x += width + 6;
  }
}

function drawGate(pen: Pen, place: Rect | undefined, gate: Gate, words: CanvasWords): void {
  if (!place) return;
  drawGateFrame(pen, gate.id, place, gate.subject);
  const x = place.x + place.width / 2;
  const width = place.width - 6;
  pen.text(`${gate.id}/c`, { x, y: place.y + 12 }, gate.chain, FONTS.gate, 'ink', { align: 'middle', width });
  const note = `${gate.table} · ${gate.policy === 'DROP' ? 'DROP' : words.rules(gate.rules)}`;
  pen.text(`${gate.id}/n`, { x, y: place.y + 25 }, note, FONTS.note, gate.policy === 'DROP' ? 'bad' : 'quiet', {
    align: 'middle',
    width,
  });
}

/** At rest no more than its name above the lane and a post on either side of it: it lights up when a packet meets it. */
export function drawGateFrame(pen: Pen, id: string, place: Rect, subject: Subject | null): void {
  const { x, y, width, height } = place;
  pen.box(id, place, { radius: 6, fill: 'surface', stroke: 'line', thickness: 1, subject });
  drawLane(pen, id, place);
  for (const [side, at] of [
    ['left', x],
    ['right', x + width],
  ] as const)
    pen.line(
      `${id}/${side}`,
      [
        { x: at, y: y + height - 20 },
        { x: at, y: y + height - 6 },
      ],
      { stroke: 'edge', thickness: 2.5 },
    );
}

/** The way of packets through what stands on it. */
function drawLane(pen: Pen, id: string, place: Rect): void {
  pen.line(`${id}/lane`, lineAcross(place, place.y + SIZES.gate.lane), { stroke: 'edge', thickness: 1.5, alpha: 0.7 });
}

function drawRoute(pen: Pen, { x, y }: { x: number; y: number }, host: Host, words: CanvasWords): void {
  const { lane, height } = SIZES.gate;
  const place = { x: x - 36, y: y - lane, width: 72, height };
  pen.box('route', place, { radius: 22, fill: 'surface', stroke: 'edge', thickness: 1.25, subject: host.subject });
  drawLane(pen, 'route', place);
  pen.text('route/t', { x, y: place.y + 18 }, words.route, FONTS.gate, 'ink', { align: 'middle', width: 56 });
}

/** An interface of a machine: name, address, and whether it is up. */
export function drawInterface(
  pen: Pen,
  place: Rect | undefined,
  { id, subject, name, addresses, up }: Interface,
): void {
  if (!place) return;
  pen.box(id, place, {
    radius: 6,
    fill: 'surface',
    stroke: up ? 'wire' : 'bad',
    thickness: 1.5,
    dashed: !up,
    subject,
  });
  const x = place.x + 8;
  const line = place.height < 30;
  const y = place.y + (line ? place.height / 2 : 13);
  const nameWidth = pen.text(`${id}/n`, { x, y }, name, FONTS.gate, 'ink', { width: place.width - 20 });
  const address = (addresses[0] ?? '').replace('127.0.0.1/8', '127.0.0.1');
  const at = line ? { x: x + nameWidth + 8, y } : { x, y: place.y + 28 };
  pen.text(`${id}/a`, at, address, FONTS.address, 'quiet', { width: rightOf(place) - at.x - 6 });
}
