import { describe, expect, it } from 'vitest';
import { layoutScene } from '../layout/layout-scene.ts';
import { holds, type Rect } from '../layout/geometry.ts';
import { roughMeasure } from '../layout/measure.ts';
import { Slots } from '../layout/slots.ts';
import { buildScene } from '../scene/build-scene.ts';
import type { Depth, Door, Listener } from '../scene/scene.ts';
import { ViewBuilder } from '../scene/view.fixture.ts';
import { CANVAS_WORDS } from '../words/words.ts';
import { drawDoors } from './draw-doors.ts';
import { drawChips } from './draw-host.ts';
import { drawScene } from './draw-scene.ts';
import { Pen } from './pen.ts';

const textsOf = ({ shapes }: Pick<Pen, 'shapes'>) =>
  shapes.flatMap((each) => (each.kind === 'text' ? [each.text] : []));

const listener = (port: number): Listener => ({
  id: `sock:ubuntu/tcp/${port}`,
  subject: null,
  program: 'docker-proxy',
  protocol: 'tcp',
  port,
  proxy: true,
});

describe('programs that listen', () => {
  it.each([110, 180, 260, 300, 400])('are all shown or counted in a box %i wide', (width) => {
    for (let count = 1; count < 14; count++) {
      const pen = new Pen(roughMeasure);
      const all = Array.from({ length: count }, (_, i) => listener(32768 + i));
      const place = { x: 0, y: 0, width, height: 38 };
      drawChips(pen, place, all);
      const shown = pen.shapes.filter(({ kind }) => kind === 'box').length;
      const more = textsOf(pen).find((text) => text.startsWith('+'));
      expect(shown + Number(more ?? 0)).toBe(count);
      for (const shape of pen.shapes) if (shape.kind === 'box') expect(holds(place, shape)).toBe(true);
    }
  });
});

describe('a door', () => {
  const labelOf = (rest: Partial<Door>) => {
    const door = { id: 'door', subject: null, container: '', planned: false, ...rest } as Door;
    const pen = new Pen(roughMeasure);
    const boxes = new Map([['door', { x: 0, y: 0, width: 84, height: 24 }]]);
    drawDoors(pen, { boxes } as never, [door]);
    return textsOf(pen)[0];
  };

  it('has both its ports written on it', () => {
    const any = { hostAddress: '0.0.0.0', protocol: 'tcp' } as const;
    expect(labelOf({ ...any, hostPort: 80, containerPort: 80 })).toBe('80 → 80');
    expect(labelOf({ ...any, hostPort: 27017, containerPort: 27017 })).toBe('27017→27017');
    expect(labelOf({ ...any, hostPort: 5353, containerPort: 53, protocol: 'udp' })).toBe('5353→53/udp');
  });

  it('says when it is open to the host itself alone', () => {
    expect(labelOf({ hostAddress: '127.0.0.1', protocol: 'tcp', hostPort: 8080, containerPort: 80 })).toBe(
      'lo:8080→80',
    );
  });
});

describe('the machine on the LAN', () => {
  it.each([
    ['plumbing', 770],
    ['compose', 770],
    ['compose', 366],
  ] as const)('has its plug on its own wall (%s, %i wide)', (depth: Depth, width) => {
    const scene = buildScene(new ViewBuilder().network('bridge').build(), depth);
    const layout = layoutScene(scene, { width, slots: new Slots() });
    const wall = layout.boxes.get('ns:lan') as Rect;
    const plug = layout.spots.get('dev:lan/eth0');
    expect(holds(wall, { ...(plug as { x: number; y: number }), width: 0, height: 0 })).toBe(true);
    expect(textsOf({ shapes: drawScene({ scene, layout, words: CANVAS_WORDS.en, measure: roughMeasure }) })).toContain(
      'gateway',
    );
  });
});

describe('a room', () => {
  it('has its whole name written out, and below it the state for which there is no room beside it', () => {
    const view = new ViewBuilder()
      .network('bridge')
      .container('shop-side-1', { networks: ['bridge'], state: 'exited' })
      .container('db', { networks: ['bridge'], state: 'exited' })
      .build();
    const scene = buildScene(view, 'plumbing');
    const layout = layoutScene(scene, { width: 770, slots: new Slots() });
    const shapes = drawScene({ scene, layout, words: CANVAS_WORDS.en, measure: roughMeasure });
    const texts = shapes.flatMap((shape) => (shape.kind === 'text' ? [[shape.id, shape] as const] : []));
    const at = new Map(texts);
    expect(at.get('room:shop-side-1/n')?.text).toBe('shop-side-1');
    expect(at.get('room:shop-side-1/s')).toMatchObject({ text: 'stopped' });
    expect(at.get('room:shop-side-1/s')?.y).toBeGreaterThan(at.get('room:shop-side-1/n')?.y as number);
    expect(at.get('room:db/s')?.y).toBe(at.get('room:db/n')?.y);
  });
});
