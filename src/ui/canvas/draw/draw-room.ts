import { bottomOf, type Rect, rightOf } from '../layout/geometry.ts';
import type { Layout } from '../layout/layout.ts';
import { SIZES } from '../layout/sizes.ts';
import type { Subject } from '../../session/subject.ts';
import { deskId } from '../scene/part-id.ts';
import type { Room } from '../scene/scene.ts';
import type { CanvasWords } from '../words/words.ts';
import { FONTS, type Pen } from './pen.ts';
import type { Tone } from './shape.ts';

interface RoomDrawing {
  readonly layout: Layout;
  readonly room: Room;
  readonly words: CanvasWords;
  readonly showProgram: boolean;
}

/** A container: its name and state, its interfaces, what listens in it, and the desk of the embedded DNS. */
export function drawRoom(pen: Pen, drawing: RoomDrawing): void {
  const { layout, room, words } = drawing;
  const place = layout.boxes.get(room.id) as Rect;
  const alive = room.state === 'running' || room.state === 'paused' || room.state === 'restarting';
  pen.box(room.id, place, {
    radius: 8,
    fill: room.planned ? null : alive ? 'surface' : 'host',
    stroke: room.state === 'paused' ? 'warn' : 'edge',
    thickness: 1.5,
    dashed: !alive,
    subject: room.subject,
  });
  const compact = place.height === SIZES.compact.height;
  const state = drawName(pen, place, drawing, alive, compact);
  const x = place.x + 10;
  const width = place.width - 16;
  const top = place.y + (compact ? 32 : 34);
  room.interfaces.slice(0, compact ? 1 : undefined).forEach((device, i) => {
    const text = compact
      ? (device.addresses[0] ?? device.name).replace(/\/\d+$/, '')
      : `${device.name} ${device.addresses[0] ?? ''}`;
    const at = { x, y: top + i * SIZES.room.line };
    pen.text(`${device.id}/a`, at, text, FONTS.address, device.up ? 'quiet' : 'bad', {
      width,
      subject: device.subject,
    });
  });
  if (room.guestOf !== null)
    pen.text(`${room.id}/guest`, { x, y: top }, words.guestOf(room.guestOf), FONTS.small, 'quiet', { width });
  if (state !== null) {
    const y = top + Math.max(room.interfaces.length, room.guestOf === null ? 0 : 1) * SIZES.room.line;
    pen.text(`${room.id}/s`, { x, y }, state.text, FONTS.small, state.tone, { width });
  }
  if (!compact) drawFloor(pen, place, drawing);
}

const STATE_TONE: Partial<Record<Room['state'], Tone>> = { running: 'good', paused: 'warn', restarting: 'warn' };

/** Its name, and its state beside it where there is room for both; else returns what is to be written below. */
function drawName(
  pen: Pen,
  place: Rect,
  { room, words }: RoomDrawing,
  alive: boolean,
  compact: boolean,
): { readonly text: string; readonly tone: Tone } | null {
  const y = place.y + (compact ? 14 : 16);
  const state = room.planned ? words.planned : alive && room.state === 'running' ? '' : words.states[room.state];
  const wanted = state === '' || compact ? 0 : pen.measure(state, FONTS.small) + 6;
  const beside = pen.measure(room.name, FONTS.name) + wanted <= place.width - 34;
  const stateWidth = beside ? wanted : 0;
  const tone = room.health === 'unhealthy' ? 'bad' : (STATE_TONE[room.state] ?? 'quiet');
  if (!room.planned) pen.disc(`${room.id}/state`, { x: rightOf(place) - 13, y }, 4, tone, room.subject);
  pen.text(`${room.id}/n`, { x: place.x + 10, y }, room.name, FONTS.name, alive ? 'ink' : 'quiet', {
    width: place.width - 34 - stateWidth,
    subject: room.subject,
  });
  if (stateWidth > 0)
    pen.text(`${room.id}/s`, { x: rightOf(place) - 21, y }, state, FONTS.small, tone, { align: 'end' });
  return wanted > 0 && !beside ? { text: state, tone } : null;
}

/** What listens in the room, and the desk at 127.0.0.11. */
function drawFloor(pen: Pen, place: Rect, { room, words }: RoomDrawing): void {
  const y = bottomOf(place) - 25;
  const desk = room.desk && room.namespace !== null;
  const [x, width] = [place.x + 10, place.width - 20];
  const deskWidth = 40;
  if (desk) {
    const at = { x: rightOf(place) - 10 - deskWidth, y, width: deskWidth, height: 18 };
    drawDesk(pen, deskId(room.namespace as string), at, room.subject);
    pen.text(`desk/${room.id}/t`, { x: at.x + deskWidth / 2, y: y + 7 }, words.desk, FONTS.code, 'ink', {
      align: 'middle',
      width: deskWidth - 4,
    });
  }
  const left = width - (desk ? deskWidth + 6 : 0);
  const [first, ...others] = room.listeners;
  if (first) {
    const more = others.length > 0 ? ` +${others.length}` : '';
    const text = `${first.program} :${first.port}${more}`;
    const chip = Math.min(left, pen.measure(text, FONTS.code) + 12);
    pen.box(
      first.id,
      { x, y, width: chip, height: 18 },
      { radius: 4, fill: 'host', stroke: 'line', subject: first.subject },
    );
    pen.text(`${first.id}/t`, { x: x + 6, y: y + 9 }, text, FONTS.code, 'ink', { width: chip - 10 });
  } else pen.text(`${room.id}/image`, { x, y: y + 9 }, room.image, FONTS.small, 'quiet', { width: left });
}

/** A counter with a sign on it. */
export function drawDesk(pen: Pen, id: string, { x, y, width, height }: Rect, subject: Subject | null): void {
  pen.box(
    id,
    { x: x + 3, y: y - 1, width: width - 6, height: height - 3 },
    { radius: 3, fill: 'host', stroke: 'dns', subject },
  );
  const top = y + height - 3;
  const counter = [
    { x, y: top },
    { x: x + width, y: top },
  ];
  pen.line(`${id}/top`, counter, { stroke: 'dns', thickness: 4 });
  for (const [side, at] of [
    ['left', x + 4],
    ['right', x + width - 4],
  ] as const)
    pen.line(
      `${id}/${side}`,
      [
        { x: at, y: y + height },
        { x: at, y: y + height + 3 },
      ],
      { stroke: 'dns', thickness: 2 },
    );
}
