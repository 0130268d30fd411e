import { describe, expect, it } from 'vitest';
import { Random } from '../../../sim/random.ts';
import { textBox } from '../draw/captions.ts';
import { drawScene } from '../draw/draw-scene.ts';
import type { BoxShape, Shape, TextShape } from '../draw/shape.ts';
import { buildScene } from '../scene/build-scene.ts';
import type { Depth } from '../scene/scene.ts';
import { ViewBuilder } from '../scene/view.fixture.ts';
import { CANVAS_WORDS } from '../words/words.ts';
import { holds, overlaps, type Point, type Rect } from './geometry.ts';
import { layoutFor } from './layout-for.ts';
import { layoutScene } from './layout-scene.ts';
import { roughMeasure } from './measure.ts';
import { Slots } from './slots.ts';

const STATES = ['running', 'running', 'running', 'paused', 'exited', 'created'] as const;

/** A host with 2 to 100 containers on up to six networks, some on two, some published, some stopped. */
function randomView(seed: number) {
  const random = new Random(seed);
  const builder = new ViewBuilder();
  const networks = Array.from({ length: 1 + random.below(6) }, (_, i) => `network-${i}-of-${seed}`);
  networks.forEach((name, i) => builder.network(name, { internal: i % 3 === 2 }));
  const count = 2 + random.below(99);
  for (let i = 0; i < count; i++) {
    const first = networks[random.below(networks.length)] as string;
    const second = networks[random.below(networks.length)] as string;
    const both = random.below(8) === 0 && second !== first;
    builder.container(`${'project-with-a-name'.slice(0, random.below(20))}_c${i}_1`, {
      networks: random.below(15) === 0 ? [] : both ? [first, second] : [first],
      state: STATES[random.below(STATES.length)] ?? 'running',
      ports: random.below(10) === 0 ? [[8000 + i, 80]] : [],
    });
  }
  return builder.build();
}

function draw(seed: number, width: number, depth: Depth, language: 'en' | 'ja') {
  const scene = buildScene(randomView(seed), depth);
  const layout = layoutFor(scene, { width, height: 530 }, new Slots());
  return { layout, shapes: drawScene({ scene, layout, words: CANVAS_WORDS[language], measure: roughMeasure }) };
}

const isText = (shape: Shape): shape is TextShape => shape.kind === 'text';
const isBox = (shape: Shape): shape is BoxShape => shape.kind === 'box';

/** Pairs of which the first lies partly over the second. */
function clashes(
  shapes: readonly { readonly id: string; readonly box: Rect }[],
  allowed: (a: Rect, b: Rect) => boolean,
): string[] {
  return shapes.flatMap((a, i) =>
    shapes
      .slice(i + 1)
      .flatMap((b) => (overlaps(a.box, b.box) && !allowed(a.box, b.box) ? [`${a.id} over ${b.id}`] : [])),
  );
}

describe('the layout of 30 random hosts with 2 to 100 containers', () => {
  const cases = Array.from({ length: 30 }, (_, seed) => ({
    seed,
    width: [366, 620, 770, 1100][seed % 4] as number,
    depth: seed % 4 === 0 || seed % 5 === 1 ? ('compose' as const) : ('plumbing' as const),
    language: seed % 2 === 0 ? ('en' as const) : ('ja' as const),
  }));

  it.each(cases)('seed $seed, $width wide, $depth: no label lies over another', ({ seed, width, depth, language }) => {
    const texts = draw(seed, width, depth, language).shapes.filter(isText);
    expect(
      clashes(
        texts.map((text) => ({ id: text.id, box: textBox(text, roughMeasure) })),
        () => false,
      ),
    ).toEqual([]);
  });

  it.each(cases)(
    'seed $seed, $width wide, $depth: boxes stand apart or within one another',
    ({ seed, width, depth, language }) => {
      const boxes = draw(seed, width, depth, language).shapes.filter(isBox);
      const parts = boxes
        .filter(({ id }) => !/^(door:|dev:ubuntu\/(veth|eth0)|spine:)/.test(id))
        .map((box) => ({ id: box.id, box }));
      expect(clashes(parts, (a, b) => holds(a, b) || holds(b, a))).toEqual([]);
    },
  );

  it.each(cases)(
    'seed $seed, $width wide, $depth: every label is whole within the picture',
    ({ seed, width, depth, language }) => {
      const { layout, shapes } = draw(seed, width, depth, language);
      const picture = { x: 0, y: 0, width: layout.width, height: layout.height };
      const outside = shapes.filter(isText).filter((text) => !holds(picture, textBox(text, roughMeasure)));
      expect(outside.map(({ id }) => id)).toEqual([]);
    },
  );

  it('sees a label that is moved onto another, half of a box outside of its room, and a label beyond the edge', () => {
    const { layout, shapes } = draw(7, 770, 'plumbing', 'en');
    const [one, other] = shapes.filter(isText) as [TextShape, TextShape];
    const moved = { ...one, x: other.x, y: other.y };
    const labels = [moved, other].map((text) => ({ id: text.id, box: textBox(text, roughMeasure) }));
    expect(clashes(labels, () => false)).toEqual([`${one.id} over ${other.id}`]);
    const boxes = shapes.filter(isBox);
    const room = boxes.find(({ id }) => id.startsWith('room:')) as BoxShape;
    const astray = { ...room, id: 'astray', x: room.x + room.width / 2 };
    const parts = [room, astray].map((box) => ({ id: box.id, box }));
    expect(clashes(parts, (a, b) => holds(a, b) || holds(b, a))).toEqual([`${room.id} over astray`]);
    const picture = { x: 0, y: 0, width: layout.width, height: layout.height };
    expect(holds(picture, textBox({ ...one, x: layout.width - 1 }, roughMeasure))).toBe(false);
  });

  it('is the same each time', () => {
    expect(draw(7, 770, 'plumbing', 'en')).toEqual(draw(7, 770, 'plumbing', 'en'));
  });
});

describe('cables', () => {
  /** Parts that a cable runs behind. */
  function behind(view: ReturnType<ViewBuilder['build']>, width: number, depth: Depth, parts: RegExp): string[] {
    const { boxes, tracks } = layoutScene(buildScene(view, depth), { width, slots: new Slots() });
    const inner = [...boxes].filter(([id]) => parts.test(id)).map(([id, box]) => ({ id, box: shrunk(box) }));
    return tracks
      .filter(({ kind }) => kind === 'cable')
      .flatMap(({ id, points }) =>
        points.slice(1).flatMap((to, i) => {
          const line = between(points[i] as Point, to);
          return inner.filter(({ box }) => overlaps(line, box)).map((part) => `${id} behind ${part.id}`);
        }),
      );
  }

  const shrunk = ({ x, y, width, height }: Rect): Rect => ({
    x: x + 1,
    y: y + 1,
    width: width - 2,
    height: height - 2,
  });
  const between = (a: Point, b: Point): Rect => ({
    x: Math.min(a.x, b.x),
    y: Math.min(a.y, b.y),
    width: Math.abs(a.x - b.x) + 0.1,
    height: Math.abs(a.y - b.y) + 0.1,
  });

  it('to the switches of other networks run behind no room', () => {
    const view = new ViewBuilder()
      .network('bridge')
      .network('a')
      .network('b')
      .network('c')
      .container('all', { networks: ['a', 'b', 'c'] })
      .container('in-b', { networks: ['b'] })
      .container('in-c', { networks: ['c'] })
      .container('lonely')
      .build();
    for (const width of [620, 770, 900, 1100, 1400]) expect(behind(view, width, 'plumbing', /^room:/)).toEqual([]);
  });

  it('from the LAN run behind nothing on a narrow screen', () => {
    const view = new ViewBuilder()
      .network('bridge')
      .container('web', { networks: ['bridge'], ports: [[80, 80]] })
      .build();
    for (const depth of ['plumbing', 'compose'] as const)
      expect(behind(view, 366, depth, /^(room|gate|ledger|programs|net|door):/)).toEqual([]);
  });
});

describe('places', () => {
  it('are kept as others come and go', () => {
    const slots = new Slots();
    const placesOf = (names: readonly string[]) => {
      const builder = new ViewBuilder().network('bridge').network('app');
      for (const name of names) builder.container(name, { networks: ['app'] });
      return layoutScene(buildScene(builder.build(), 'plumbing'), { width: 1000, slots }).boxes;
    };
    const all = placesOf(['a', 'b', 'c']);
    const fewer = placesOf(['b', 'c']);
    const more = placesOf(['b', 'c', 'd']);
    expect(fewer.get('room:b')).toEqual(all.get('room:b'));
    expect(fewer.get('room:c')).toEqual(all.get('room:c'));
    expect(more.get('room:c')).toEqual(all.get('room:c'));
    expect(more.get('room:d')).toEqual(all.get('room:a'));
  });

  it('come back to what was there before', () => {
    const slots = new Slots();
    expect(slots.assign('n', ['a', 'b'])).toEqual([0, 1]);
    expect(slots.assign('n', ['b'])).toEqual([1]);
    expect(slots.assign('n', ['a', 'b'])).toEqual([0, 1]);
  });
});
