import { drawDesk } from '../draw/draw-room.ts';
import { lookOf } from '../draw/draw-token.ts';
import { FONTS, Pen } from '../draw/pen.ts';
import type { Shape } from '../draw/shape.ts';
import type { Point } from '../layout/geometry.ts';
import type { Measure } from '../layout/measure.ts';
import type { LegendWords } from './legend-words.ts';

export interface Sign {
  readonly means: keyof LegendWords;
  /** Around its middle, at most as large as `SIGN_SIZE`. */
  readonly shapes: readonly Shape[];
}

export const SIGN_SIZE = { width: 66, height: 25 } as const;

const PACKETS = [
  ['arp', 'arp ?'],
  ['icmp', 'icmp ping'],
  ['dns', 'dns A? web'],
  ['udp', 'udp 12 B'],
  ['tcp', 'tcp SYN'],
  ['http', 'http GET /'],
  ['rst', 'rst RST'],
] as const satisfies readonly (readonly [keyof LegendWords, string])[];

/** Packets as the picture draws them. */
export const packetSigns = (measure: Measure): Sign[] =>
  PACKETS.map(([means, look]) => ({ means, shapes: lookOf(look, measure) }));

/** Places that a packet comes by, in the picture's own strokes. */
export function placeSigns(measure: Measure): Sign[] {
  const sign = (means: keyof LegendWords, draw: (pen: Pen) => void): Sign => {
    const pen = new Pen(measure);
    draw(pen);
    return { means, shapes: pen.shapes };
  };
  return [
    sign('gate', (pen) => drawGate(pen, false)),
    sign('gateMet', (pen) => drawGate(pen, true)),
    sign('bridge', drawBridge),
    sign('door', drawDoor),
    sign('ledger', drawLedger),
    sign('desk', drawCounter),
    sign('dropped', drawMark),
  ];
}

const middle = { align: 'middle' } as const;
const around = (width: number, height: number) => ({ x: -width / 2, y: -height / 2, width, height });

function drawGate(pen: Pen, met: boolean): void {
  const place = around(62, 24);
  pen.box('gate', place, {
    radius: 5,
    fill: 'surface',
    stroke: met ? 'accent' : 'line',
    thickness: met ? 3 : 1,
  });
  pen.text('name', { x: 0, y: -4 }, 'FORWARD', { ...FONTS.gate, size: 9 }, 'ink', middle);
  rule(pen, 'lane', { x: -31, y: 6 }, { x: 31, y: 6 }, 1.5);
  for (const x of [-31, 31]) rule(pen, `post ${x}`, { x, y: 1 }, { x, y: 10 }, 2.5);
}

function rule(pen: Pen, id: string, from: Point, to: Point, thickness: number): void {
  pen.line(id, [from, to], { stroke: 'edge', thickness });
}

function drawBridge(pen: Pen): void {
  pen.box(
    'bar',
    { x: -32, y: -12, width: 64, height: 18 },
    { radius: 6, fill: 'surface', stroke: 'ink', thickness: 1.5 },
  );
  for (const number of [1, 2]) {
    const x = number === 1 ? -12 : 12;
    pen.box(`port ${number}`, { x: x - 7, y: 0, width: 14, height: 12 }, { radius: 3, fill: 'wire' });
    pen.text(`number ${number}`, { x, y: 6 }, String(number), FONTS.port, 'surface', middle);
  }
}

function drawDoor(pen: Pen): void {
  pen.box('door', around(64, 20), { radius: 5, fill: 'surface', stroke: 'accent', thickness: 2 });
  pen.disc('knob', { x: 26, y: 0 }, 2, 'accent');
  pen.text('ports', { x: -4, y: 0 }, '80 → 80', { ...FONTS.gate, size: 9.5 }, 'accent', middle);
}

function drawLedger(pen: Pen): void {
  pen.box('page', around(60, 24), { radius: 6, fill: 'surface', stroke: 'line', thickness: 1 });
  for (const [tone, y] of [
    ['ink', -4],
    ['http-text', 4],
  ] as const)
    pen.line(
      tone,
      [
        { x: -20, y },
        { x: 20, y },
      ],
      { stroke: tone, thickness: 2 },
    );
}

function drawCounter(pen: Pen): void {
  const place = around(40, 20);
  drawDesk(pen, 'desk', { ...place, y: place.y + 1, height: 18 }, null);
  pen.text('name', { x: 0, y: -2 }, 'DNS', FONTS.code, 'ink', middle);
}

function drawMark(pen: Pen): void {
  pen.box('mark', around(30, 22), { radius: 4, fill: 'bad-soft', stroke: 'bad', thickness: 1 });
  for (const y of [4, -4])
    pen.line(
      `cross ${y}`,
      [
        { x: -4, y: -y },
        { x: 4, y },
      ],
      { stroke: 'bad', thickness: 2.5 },
    );
}
