import type { Face } from '../playhead/face.ts';
import type { Measure } from '../layout/measure.ts';
import { FONTS } from './pen.ts';
import type { PacketTone, Shape, Tone } from './shape.ts';

const HEIGHT = 20;

/** What tells tokens apart that look different: kind and title. */
export const lookKey = ({ kind, title }: Pick<Face, 'kind' | 'title'>): string => `${kind} ${title}`;

/** The sign of that look, around its middle. */
export function lookOf(key: string, measure: Measure): Shape[] {
  const kind = key.slice(0, key.indexOf(' ')) as PacketTone;
  const title = key.slice(kind.length + 1);
  switch (kind) {
    case 'arp':
      return envelope(kind, title, 30, false);
    case 'udp':
    case 'other':
      return envelope(kind, title, Math.max(34, measure(title, FONTS.token) + 14), true);
    case 'icmp':
      return ball(kind, title);
    case 'dns':
      return card(kind, title, measure(title, FONTS.token) + 22);
    default:
      return car(kind, title, measure(title, FONTS.token) + 18);
  }
}

const write = (kind: PacketTone, title: string, y = 0, size = 11): Shape => ({
  kind: 'text',
  id: 'title',
  x: 0,
  y,
  text: title,
  font: { ...FONTS.token, size },
  tone: `on-${kind}`,
  align: 'middle',
});

const body = (kind: Tone, width: number, radius: number): Shape => ({
  kind: 'box',
  id: 'body',
  x: -width / 2,
  y: -HEIGHT / 2,
  width,
  height: HEIGHT,
  radius,
  fill: kind,
  stroke: 'surface',
  thickness: 1.5,
});

/** A car of a train: it runs on rails, one after the other, and is counted. */
function car(kind: PacketTone, title: string, width: number): Shape[] {
  const wheel = (id: string, x: number): Shape => ({
    kind: 'disc',
    id,
    x,
    y: HEIGHT / 2 + 1,
    radius: 3.5,
    fill: kind,
    stroke: 'surface',
    thickness: 1,
  });
  return [wheel('left', -width / 2 + 9), wheel('right', width / 2 - 9), body(kind, width, 5), write(kind, title)];
}

function envelope(kind: PacketTone, title: string, width: number, flap: boolean): Shape[] {
  const [x, y] = [-width / 2, -HEIGHT / 2];
  const fold: Shape = {
    kind: 'line',
    id: 'flap',
    points: [
      { x: x + 2, y: y + 2 },
      { x: 0, y: y + 9 },
      { x: -x - 2, y: y + 2 },
    ],
    stroke: `on-${kind}`,
    thickness: 1,
    alpha: flap ? 0.45 : 0.35,
  };
  const edged = { ...body(kind, width, 3), stroke: kind === 'udp' ? ('edge' as const) : ('surface' as const) } as Shape;
  return [edged, fold, write(kind, title, flap ? 4 : 1, flap ? 9 : 13)];
}

function ball(kind: PacketTone, title: string): Shape[] {
  const disc: Shape = {
    kind: 'disc',
    id: 'body',
    x: 0,
    y: 0,
    radius: 13,
    fill: kind,
    stroke: 'surface',
    thickness: 1.5,
  };
  return [disc, write(kind, title, 0, 9)];
}

/** A card with a folded corner, as from an index. */
function card(kind: PacketTone, title: string, width: number): Shape[] {
  const corner: Shape = {
    kind: 'line',
    id: 'corner',
    points: [
      { x: width / 2 - 8, y: 1.5 - HEIGHT / 2 },
      { x: width / 2 - 8, y: 8 - HEIGHT / 2 },
      { x: width / 2 - 1.5, y: 8 - HEIGHT / 2 },
    ],
    stroke: `on-${kind}`,
    thickness: 1,
    alpha: 0.6,
  };
  return [body(kind, width, 3), corner, { ...write(kind, title), x: -3 } as Shape];
}
