import { isLit } from './lit.ts';
import type { JourneyId } from '../../../lab/feed/feed.ts';
import type { Subject } from '../../session/subject.ts';
import { lengthOf, type Rect } from '../layout/geometry.ts';
import type { Ways } from '../layout/ways.ts';
import type { Measure } from '../layout/measure.ts';
import type { Layout } from '../layout/layout.ts';
import type { Beat, Move } from '../playhead/beat.ts';
import type { Mark } from '../playhead/moment.ts';
import type { CanvasWords } from '../words/words.ts';
import { Captions } from './captions.ts';
import { FONTS, Pen } from './pen.ts';
import type { Shape } from './shape.ts';

export interface MomentDrawing {
  readonly layout: Layout;
  readonly ways: Ways;
  /** The shapes that stand still: what is lit is lit around them. */
  readonly still: readonly Shape[];
  /** Where their texts are. */
  readonly labels: readonly Rect[];
  readonly beat: Beat | undefined;
  /** What packets say is written beside them. */
  readonly talks: boolean;
  /** While one packet is followed, what others say is left out. */
  readonly followed: JourneyId | null;
  readonly marks: readonly Mark[];
  readonly selected: Subject | null;
  readonly pointed: Subject | null;
  readonly words: CanvasWords;
  readonly measure: Measure;
}

/** What a moment adds to the picture: the gates that are met, what is pointed at, what packets say, and what has fallen. */
export function drawMoment(drawing: MomentDrawing): Shape[] {
  const { still, beat, marks, selected, pointed, measure } = drawing;
  const pen = new Pen(measure);
  drawLights(pen, still, selected, pointed);
  const captions = new Captions(drawing.layout, drawing.labels);
  for (const move of beat?.moves ?? []) drawGateMet(pen, drawing, move);
  for (const mark of marks) drawMark(pen, drawing, captions, mark);
  if (drawing.talks)
    for (const move of (beat?.moves ?? [])
      .filter(({ journey }) => (drawing.followed ?? journey) === journey)
      .slice(0, 2))
      if (move.packet !== null) drawCaption(pen, drawing, captions, move);
  return pen.shapes.map((shape) => ({ ...shape, sudden: true }));
}

/** An edge around everything that is selected or pointed at, here or elsewhere in the page. */
function drawLights(pen: Pen, still: readonly Shape[], selected: Subject | null, pointed: Subject | null): void {
  if (!selected && !pointed) return;
  for (const shape of still) {
    if (shape.kind !== 'box' || !shape.subject) continue;
    const chosen = isLit(shape.subject, selected);
    if (!chosen && !isLit(shape.subject, pointed)) continue;
    const { id, x, y, width, height, radius } = shape;
    const place = { x: x - 3, y: y - 3, width: width + 6, height: height + 6 };
    pen.box(`lit ${id}`, place, { radius: radius + 3, fill: null, stroke: 'accent', thickness: chosen ? 2.5 : 1.5 });
  }
}

/** Only a gate that a packet meets lights up; one that a switch asks is joined to it by a thread. */
function drawGateMet(pen: Pen, { layout, ways }: MomentDrawing, { gate, to, record, kind }: Move): void {
  const desk = kind === 'dns' ? ways.place(to) : null;
  if (desk)
    pen.box(
      `met ${to}`,
      { x: desk.x - 25, y: desk.y + 1, width: 50, height: 28 },
      { radius: 6, fill: null, stroke: 'dns', thickness: 3 },
    );
  const place = gate === null ? undefined : layout.boxes.get(gate);
  if (!place || gate === null) return;
  const bad = record.detail === 'DROP' || record.kind === 'drop';
  pen.box(`met ${gate}`, place, { radius: 6, fill: null, stroke: bad ? 'bad' : 'accent', thickness: 3 });
  if (to === gate) return;
  const [there, back] = [ways.between(to, gate), ways.between(gate, to)];
  const thread = there && back && lengthOf(back) < lengthOf(there) ? back : there;
  if (thread) pen.line(`thread ${gate}`, thread, { stroke: bad ? 'bad' : 'accent', thickness: 1.5, dashed: true });
}

function drawMark(pen: Pen, { ways, words, measure }: MomentDrawing, captions: Captions, mark: Mark): void {
  const at = ways.place(mark.spot);
  if (!at) return;
  const subject = { kind: 'record', record: mark.record } as const;
  const id = `mark ${mark.record}`;
  const title = `${mark.face.title}: ${words.reason(mark.reason)}`;
  const width = measure(title, FONTS.small) + 32;
  const place = captions.place(at, { width, height: 22 });
  pen.box(id, place, { radius: 4, fill: 'bad-soft', stroke: 'bad', thickness: 1, subject });
  const [x, y] = [place.x + 11, place.y + 11];
  for (const [name, dy] of [
    ['a', 4],
    ['b', -4],
  ] as const)
    pen.line(
      `${id}/${name}`,
      [
        { x: x - 4, y: y - dy },
        { x: x + 4, y: y + dy },
      ],
      { stroke: 'bad', thickness: 2.5 },
    );
  pen.text(`${id}/t`, { x: x + 11, y }, title, FONTS.small, 'bad', { subject });
}

/** Who to whom; where NAT writes, the old struck out above the new. */
function drawCaption(
  pen: Pen,
  { ways, measure }: MomentDrawing,
  captions: Captions,
  { token, from, to, face, before }: Move,
): void {
  const at = ways.place(to);
  if (!at || face.source === '') return;
  const lines = [...(before ? [before] : []), face].map(({ source, destination }) =>
    source === destination ? source : `${source} → ${destination}`,
  );
  const width = Math.max(...lines.map((line) => measure(line, FONTS.address))) + 14;
  const height = 6 + lines.length * 15;
  const place = captions.place(at, { width, height }, ways.between(from, to) ?? [at]);
  const id = `says ${token}`;
  pen.box(id, place, { radius: 4, fill: 'paper', stroke: 'edge', thickness: 1 });
  lines.forEach((line, i) => {
    const y = place.y + 11 + i * 15;
    const end =
      place.x + 7 + pen.text(`${id}/${i}`, { x: place.x + 7, y }, line, FONTS.address, tone(before !== null, i));
    const struck = [
      { x: place.x + 6, y },
      { x: end + 1, y },
    ];
    if (before && i === 0) pen.line(`${id}/struck`, struck, { stroke: 'quiet', thickness: 1 });
  });
}

const tone = (rewritten: boolean, line: number) => (!rewritten ? 'ink' : line === 0 ? 'quiet' : 'http-text');
