import { programsId } from '../scene/part-id.ts';
import type { Host, Machine } from '../scene/scene.ts';
import { bottomOf, centerOf, type Point, type Rect, rect } from './geometry.ts';
import type { Plan } from './layout.ts';
import { SIZES } from './sizes.ts';

/** What stands before the host's wall and in it: the LAN, its cable, and the doors of published ports. */

/** Where doors begin along the upper wall: beside the uplink, or its cable. */
const firstDoor = (low: boolean): number => (low ? SIZES.pad + SIZES.uplink.width + 12 : 100);

const doorsInARow = (inner: number, low: boolean): number =>
  Math.max(1, Math.floor((inner + 2 * SIZES.pad - firstDoor(low)) / (SIZES.door.width + SIZES.door.gap)));

/** Between the LAN and the upper wall: the cable, and rows of doors. */
export function doorsAbove(
  host: Host | null,
  { width, low }: { readonly width: number; readonly low: boolean },
): number {
  const count = host?.doors.length ?? 0;
  const margin = low ? SIZES.low.margin : SIZES.margin;
  const rows = Math.ceil(count / doorsInARow(width - 2 * margin - 2 * SIZES.pad, low));
  const row = SIZES.door.height + 4;
  return low ? SIZES.low.street + Math.max(0, rows - 1) * row : 20 + Math.max(1, rows) * row;
}

export function placeDoorsAbove(
  plan: Plan,
  { doors }: Host,
  at: { readonly wall: number; readonly top: number; readonly inner: number; readonly low: boolean },
): number {
  const { width, height, gap } = SIZES.door;
  const perRow = doorsInARow(at.inner, at.low);
  doors.forEach(({ id }, i) => {
    const x = at.wall + firstDoor(at.low) + (i % perRow) * (width + gap);
    const y = at.top - height / 2 - Math.floor(i / perRow) * (height + 4);
    plan.spot(id, centerOf(plan.box(id, rect(x, y, width, height))));
  });
  return 0;
}

/** Below the uplink. Returns the lower edge of the last one. */
export function placeDoorsBeside(
  plan: Plan,
  { doors }: Host,
  at: { readonly wall: number; readonly from: number },
): number {
  const { width, height, gap } = SIZES.door;
  doors.forEach(({ id }, i) => {
    const place = rect(at.wall - width + 8, at.from + i * (height + gap), width, height);
    plan.spot(id, centerOf(plan.box(id, place)));
  });
  return at.from + doors.length * (height + gap);
}

export function placeLan(plan: Plan, lan: Machine, at: Rect & { readonly narrow: boolean }): void {
  const machine = plan.box(lan.id, rect(at.x, at.y, at.width, at.height));
  const lane = at.narrow ? centerOf(machine).y : bottomOf(machine) - 17;
  plan.spot(lan.id, { x: centerOf(machine).x, y: lane });
  const inside: Point = { x: machine.x + 40, y: lane };
  for (const id of [programsId(lan.namespace), ...lan.listeners.map((listener) => listener.id)]) {
    plan.spot(id, inside);
    plan.track(lan.id, id, 'hidden');
  }
  if (!lan.internet) return;
  const line = at.height < 40;
  const tall = at.y >= 100;
  const place = !at.narrow
    ? rect(at.x, at.y - (tall ? 96 : 52), at.width, tall ? 60 : 36)
    : line
      ? rect(at.x + at.width - 194, at.y + 4, 188, 24)
      : rect(at.x + at.width - 132, at.y + 8, 124, 44);
  plan.spot(lan.internet.id, centerOf(plan.box(lan.internet.id, place)));
  plan.track(lan.internet.id, lan.id, at.narrow ? 'hidden' : 'cable');
}

/**
 * The cable from the LAN to the host's uplink: across the street, or straight down. @param beside where it runs inside the wall, past
 * what stands above the uplink
 */
export function joinLan(
  plan: Plan,
  { uplink }: Host,
  lan: Machine,
  at: { readonly beside: number | null; readonly narrow: boolean; readonly railY: number },
): void {
  const { beside, narrow, railY } = at;
  const plug = lan.interfaces[0]?.id;
  const machine = plan.boxes.get(lan.id);
  if (plug === undefined || !machine) return;
  const socket = uplink && (plan.boxes.get(uplink.id) as Rect);
  const x = beside ?? centerOf(socket || machine).x;
  plan.spot(plug, narrow ? { x, y: bottomOf(machine) } : { x: machine.x + machine.width, y: railY });
  plan.track(plug, lan.id, 'hidden');
  if (!uplink || !socket) return;
  const end = `plug:${uplink.id}`;
  const above = narrow && beside === null;
  plan.spot(end, above ? { x, y: socket.y } : { x: socket.x, y: railY });
  plan.track(end, uplink.id, 'hidden');
  plan.track(plug, end, 'cable', beside === null ? {} : { corners: [{ x: beside, y: railY }] });
}
