import { programsId } from '../scene/part-id.ts';
import type { Depth, Host, Scene } from '../scene/scene.ts';
import { alignRooms, type Block, placeBlock, shapeBlock } from './network-block.ts';
import { placeForeignCables } from './foreign-cables.ts';
import { bottomOf, centerOf, type Point, type Rect, rect, rightOf } from './geometry.ts';
import { kernelWidth, placeKernel, RAIL_IN, RAIL_OUT } from './kernel-strip.ts';
import { type Layout, Plan } from './layout.ts';
import { MOST_FULL_ROOMS, SIZES } from './sizes.ts';
import type { Slots } from './slots.ts';
import { doorsAbove, joinLan, placeDoorsAbove, placeDoorsBeside, placeLan } from './street.ts';

/** Narrower pictures are stacked: the LAN above the host. */
const NARROW = 560;

export interface LayoutOptions {
  /** The width that the picture has at zoom 1; it becomes wider where it must. */
  readonly width: number;
  readonly slots: Slots;
}

/** Gives every part of a scene its place: lanes from the LAN on the left through the host's wall to its networks. */
export function layoutScene({ host, lan, depth }: Scene, { width, slots }: LayoutOptions): Layout {
  const plan = new Plan();
  const narrow = width < NARROW;
  const low = narrow && depth === 'compose';
  const margin = low ? SIZES.low.margin : SIZES.margin;
  const lanHeight = narrow ? (width < SIZES.lanLine ? 60 : 32) : SIZES.lanHeight;
  const wall = narrow ? margin : margin + SIZES.lan + SIZES.street;
  const top = narrow ? margin + lanHeight + doorsAbove(host, { width, low }) : margin;
  if (!host) {
    if (lan)
      placeLan(plan, lan, { narrow: false, x: margin, y: margin + 100, width: SIZES.lan, height: SIZES.lanHeight });
    return { ...finished(plan, 2 * margin + SIZES.lan, 200), compact: false };
  }
  const least = depth === 'plumbing' ? kernelWidth(host) : 0;
  const inner = Math.max(least, width - wall - margin - 2 * SIZES.pad);
  const compact = narrow || host.networks.reduce((sum, { rooms }) => sum + rooms.length, 0) > MOST_FULL_ROOMS;
  const x = wall + SIZES.pad;
  const uplinkX = narrow ? x : wall - SIZES.uplink.outside;
  const inset = uplinkX + SIZES.uplink.width - x;
  const kernelBottom =
    depth === 'plumbing'
      ? placeKernel(plan, host, { x, y: top + SIZES.title, width: inner, inset })
      : top + SIZES.title - 4;
  const railY = low
    ? placeLowRail(plan, host, { x, wallY: top, width: inner })
    : placeRail(plan, host, { x, y: kernelBottom + SIZES.rail, width: inner, uplinkX });
  placeHostPrograms(plan, host, { x: x + inner / 2, y: railY });
  const below = railY + SIZES.uplink.height / 2;
  const y = low ? railY + SIZES.low.below : below + 10;
  const lowest = placeNetworks(plan, host, { x, y, width: inner, compact, slots, railY, depth, low });
  const doorsBottom = narrow
    ? placeDoorsAbove(plan, host, { wall, top, inner, low })
    : placeDoorsBeside(plan, host, { wall, from: below + 14 });
  const wallBox = plan.box(
    host.id,
    rect(wall, top, inner + 2 * SIZES.pad, Math.max(lowest, doorsBottom) + SIZES.pad - top),
  );
  // Beside what comes through the upper wall.
  const title = low ? inset + 28 : narrow ? 28 : 16;
  plan.spot(`title:${host.id}`, { x: wall + title, y: top + (low ? 23 : 22) });
  if (lan) {
    const lanY = narrow ? margin : lanTop(margin, railY);
    const lanWidth = narrow ? wallBox.width : SIZES.lan;
    placeLan(plan, lan, { narrow, x: margin, y: lanY, width: lanWidth, height: lanHeight });
    joinLan(plan, host, lan, { beside: narrow && !low ? wall + SIZES.pad / 2 : null, narrow, railY });
  }
  return { ...finished(plan, wallBox.x + wallBox.width + margin, bottomOf(wallBox) + margin), compact };
}

/** Where the LAN's machine begins, with the internet above it and its cable at the height of the rail. */
function lanTop(margin: number, railY: number): number {
  const [tall, flat] = [margin + 100, margin + 52];
  return railY < tall + 12 ? flat : Math.max(tall, railY - SIZES.lanHeight / 2 + 12);
}

function finished({ boxes, tracks, spots }: Plan, width: number, height: number): Omit<Layout, 'compact'> {
  return { width, height, boxes, tracks, spots };
}

/** The uplink at the wall, the loopback at the other end, and the line at which bridges will hang. */
function placeRail(
  plan: Plan,
  { uplink, loopback }: Host,
  at: { readonly x: number; readonly y: number; readonly width: number; readonly uplinkX: number },
): number {
  const size = SIZES.uplink;
  const middle = at.y + size.height / 2;
  if (uplink) {
    const box = plan.box(uplink.id, rect(at.uplinkX, at.y, size.width, size.height));
    const back = { x: rightOf(box), y: middle };
    standBeside(plan, uplink.id, back, { x: back.x + BESIDE_UPLINK, y: middle });
  }
  if (loopback) placeLoopback(plan, loopback.id, rect(at.x + at.width - SIZES.loopback, at.y, SIZES.loopback, 40));
  return middle;
}

/** Where height is dear, the uplink comes through the upper wall, and the devices' line runs below it. */
function placeLowRail(
  plan: Plan,
  { uplink, loopback }: Host,
  { x, wallY, width }: { readonly x: number; readonly wallY: number; readonly width: number },
): number {
  const size = SIZES.uplink;
  const { rail, loopback: lo } = SIZES.low;
  const middle = wallY + rail;
  if (uplink) {
    const box = plan.box(uplink.id, rect(x, wallY - size.height / 2, size.width, size.height));
    const back = { x: centerOf(box).x, y: bottomOf(box) };
    standBeside(plan, uplink.id, back, { x: back.x, y: middle });
  }
  if (loopback)
    placeLoopback(plan, loopback.id, rect(x + width - lo.width, middle - lo.height / 2, lo.width, lo.height));
  return middle;
}

function placeLoopback(plan: Plan, id: string, place: Rect): void {
  const back = { x: plan.box(id, place).x, y: centerOf(place).y };
  standBeside(plan, id, back, { x: back.x - BESIDE_LOOPBACK, y: back.y });
}

/** A packet at a device stands before it, not on its name. */
function standBeside(plan: Plan, id: string, back: Point, spot: Point): void {
  plan.spot(id, spot);
  plan.spot(`back:${id}`, back);
  plan.track(`back:${id}`, id, 'wire');
}

/** Without the kernel's strip, programs are still somewhere: at the middle of the rail. */
function placeHostPrograms(plan: Plan, { id, namespace }: Host, at: Point): void {
  if (plan.spots.has(RAIL_IN)) return;
  for (const spot of [RAIL_IN, RAIL_OUT, id, programsId(namespace)]) plan.spot(spot, at);
  plan.track(RAIL_IN, id, 'hidden');
  plan.track(programsId(namespace), id, 'hidden');
  plan.track(RAIL_OUT, RAIL_IN, 'hidden');
}

const BESIDE_UPLINK = 4;
const BESIDE_LOOPBACK = 18;

/** Networks flow in rows from left to right. Returns the lower edge. */
function placeNetworks(
  plan: Plan,
  host: Host,
  at: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly compact: boolean;
    readonly slots: Slots;
    readonly railY: number;
    readonly depth: Depth;
    readonly low: boolean;
  },
): number {
  const order = at.slots.assign(
    'networks',
    host.networks.map(({ id }) => id),
  );
  const sorted = [...host.networks.keys()].sort((a, b) => (order[a] as number) - (order[b] as number));
  const shape = (wide: boolean): Block[] =>
    sorted.map((i) => {
      const network = host.networks[i] as Host['networks'][number];
      const slots = at.slots.assign(
        network.id,
        network.rooms.map(({ slot }) => slot),
      );
      return shapeBlock(network, {
        slots,
        mostWidth: at.width,
        compact: at.compact,
        wide,
        depth: at.depth,
        low: at.low,
      });
    });
  // Names are written out as long as that costs no row.
  const [spacious, tight] = [inRows(shape(true), at.width), inRows(shape(false), at.width)];
  const rows = (
    spacious.length > tight.length || spacious.flat().some(({ comb }, i) => comb && !tight.flat()[i]?.comb)
      ? tight
      : spacious
  ).map(alignRooms);
  const rail: string[] = [];
  let y = at.y;
  rows.forEach((row, i) => {
    let x = at.x;
    const branch = i === 0 ? at.railY : y - 12;
    for (const block of row) {
      placeBlock(plan, block, { x, y });
      hangFromRail(plan, block, branch, rail);
      x += block.width + SIZES.block;
    }
    y += Math.max(...row.map(({ height }) => height)) + (i < rows.length - 1 ? 36 : 0);
  });
  joinRail(plan, host, rail, { right: at.x + at.width + SIZES.pad / 2, railY: at.railY });
  placeForeignCables(plan, rows, at.x + at.width + SIZES.pad / 2);
  return y;
}

function inRows(blocks: readonly Block[], width: number): Block[][] {
  const rows: Block[][] = [];
  let used = 0;
  for (const block of blocks) {
    const row = rows.at(-1);
    if (row && used + SIZES.block + block.width <= width) {
      row.push(block);
      used += SIZES.block + block.width;
    } else {
      rows.push([block]);
      used = block.width;
    }
  }
  return rows;
}

function hangFromRail(plan: Plan, { network, spare }: Block, branch: number, rail: string[]): void {
  const { bridge } = network;
  if (!bridge) return;
  const bar = plan.boxes.get(network.id) as Rect;
  const body = plan.spots.get(bridge.id) as Point;
  // Not where the loopback stands.
  const x = Math.min(bar.x + bar.width - 24 - spare, (plan.spots.get(RAIL_OUT) as Point).x - 14);
  const joint = `joint:${bridge.id}`;
  plan.spot(joint, { x, y: branch });
  plan.track(joint, bridge.id, 'wire', { corners: [{ x, y: body.y }] });
  rail.push(joint);
}

/** The rail: one line with the uplink, the strip's two ends, each bridge and the loopback on it; branches for further rows. */
function joinRail(
  plan: Plan,
  host: Host,
  joints: readonly string[],
  { right, railY }: { right: number; railY: number },
): void {
  const spotOf = (id: string) => plan.spots.get(id) as Point;
  const onRail = [
    ...(host.uplink ? [host.uplink.id] : []),
    RAIL_IN,
    RAIL_OUT,
    ...joints.filter((id) => spotOf(id).y === railY),
    ...(host.loopback ? [host.loopback.id] : []),
  ].sort((a, b) => spotOf(a).x - spotOf(b).x);
  for (let i = 1; i < onRail.length; i++) plan.track(onRail[i - 1] as string, onRail[i] as string, 'wire');
  const branches = [...new Set(joints.map((id) => spotOf(id).y))].filter((y) => y !== railY);
  let above = host.loopback?.id ?? RAIL_OUT;
  for (const y of branches) {
    const corner = `corner:${y}`;
    plan.spot(corner, { x: right, y });
    plan.track(above, corner, 'wire', { corners: [{ x: right, y: spotOf(above).y }] });
    above = corner;
    const row = joints.filter((id) => spotOf(id).y === y).sort((a, b) => spotOf(b).x - spotOf(a).x);
    [corner, ...row].reduce((from, to) => {
      plan.track(from, to, 'wire');
      return to;
    });
  }
}
