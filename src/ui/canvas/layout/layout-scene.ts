import { programsId } from '../scene/part-id.ts';
import type { Host, Machine, Scene } from '../scene/scene.ts';
import { type Block, placeBlock, shapeBlock } from './network-block.ts';
import { placeForeignCables } from './foreign-cables.ts';
import { bottomOf, centerOf, type Point, type Rect, rect, rightOf } from './geometry.ts';
import { kernelWidth, placeKernel, RAIL_IN, RAIL_OUT } from './kernel-strip.ts';
import { type Layout, Plan } from './layout.ts';
import { MOST_FULL_ROOMS, SIZES } from './sizes.ts';
import type { Slots } from './slots.ts';

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
  const { margin, street } = SIZES;
  const lanPlace = narrow
    ? rect(margin, margin, width - 2 * margin, 60)
    : rect(margin, margin + SIZES.title + 40, SIZES.lan, 0);
  const wall = narrow ? margin : margin + SIZES.lan + street;
  const top = narrow ? lanPlace.y + lanPlace.height + 20 + doorRows(host, width) * (SIZES.door.height + 4) : margin;
  if (!host) return { ...finish(plan, lan, lanPlace.x + SIZES.lan + margin, 200), compact: false };
  const least = depth === 'plumbing' ? kernelWidth(host) : 0;
  const inner = Math.max(least, width - wall - margin - 2 * SIZES.pad);
  const compact = narrow || host.networks.reduce((sum, { rooms }) => sum + rooms.length, 0) > MOST_FULL_ROOMS;
  const x = wall + SIZES.pad;
  const uplinkX = narrow ? x : wall - SIZES.uplink.outside;
  const kernelBottom =
    depth === 'plumbing'
      ? placeKernel(plan, host, { x, y: top + SIZES.title, width: inner, inset: uplinkX + SIZES.uplink.width - x })
      : top + SIZES.title - 4;
  const railY = placeRail(plan, host, { x, y: kernelBottom + SIZES.rail, width: inner, uplinkX });
  const bottom = placeNetworks(plan, host, {
    x,
    y: railY + SIZES.uplink.height / 2 + 10,
    width: inner,
    compact,
    slots,
    railY,
  });
  const doorsBottom = placeDoors(plan, host, { wall, narrow, top, from: railY + SIZES.uplink.height / 2 + 14, inner });
  const wallBox = plan.box(
    host.id,
    rect(wall, top, inner + 2 * SIZES.pad, Math.max(bottom, doorsBottom) + SIZES.pad - top),
  );
  if (lan)
    placeLan(plan, lan, { narrow, railY, x: lanPlace.x, width: narrow ? lanPlace.width : SIZES.lan, top: margin });
  joinLan(plan, host, lan, narrow);
  const height = bottomOf(wallBox) + margin;
  return { ...finish(plan, null, wallBox.x + wallBox.width + margin, height), compact };
}

function finish(plan: Plan, lan: Machine | null, width: number, height: number): Omit<Layout, 'compact'> {
  if (lan) placeLan(plan, lan, { narrow: false, railY: 120, x: SIZES.margin, width: SIZES.lan, top: SIZES.margin });
  const { boxes, tracks, spots } = plan;
  return { width, height, boxes, tracks, spots };
}

/** The uplink at the wall, the loopback at the other end, and the line at which bridges will hang. */
function placeRail(
  plan: Plan,
  host: Host,
  at: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly uplinkX: number;
  },
): number {
  const { uplink } = SIZES;
  const middle = at.y + uplink.height / 2;
  if (host.uplink) {
    const box = plan.box(host.uplink.id, rect(at.uplinkX, at.y, uplink.width, uplink.height));
    plan.spot(host.uplink.id, { x: rightOf(box) + BESIDE_UPLINK, y: middle });
    plan.spot(`back:${host.uplink.id}`, { x: rightOf(box), y: middle });
    plan.track(`back:${host.uplink.id}`, host.uplink.id, 'wire');
  }
  if (host.loopback) {
    const box = plan.box(host.loopback.id, rect(at.x + at.width - SIZES.loopback, at.y, SIZES.loopback, uplink.height));
    plan.spot(host.loopback.id, { x: box.x - BESIDE_LOOPBACK, y: middle });
    plan.spot(`back:${host.loopback.id}`, { x: box.x, y: middle });
    plan.track(host.loopback.id, `back:${host.loopback.id}`, 'wire');
  }
  // Without the kernel's strip, programs are still somewhere: at the middle of the rail.
  if (!plan.spots.has(RAIL_IN)) {
    plan.spot(RAIL_IN, { x: at.x + at.width / 2, y: middle });
    plan.spot(RAIL_OUT, { x: at.x + at.width / 2, y: middle });
    plan.spot(host.id, { x: at.x + at.width / 2, y: middle });
    plan.spot(programsId(host.namespace), { x: at.x + at.width / 2, y: middle });
    plan.track(RAIL_IN, host.id, 'hidden');
    plan.track(programsId(host.namespace), host.id, 'hidden');
    plan.track(RAIL_OUT, RAIL_IN, 'hidden');
  }
  return middle;
}

/** A packet at a device stands beside its name. */
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
      return shapeBlock(network, { slots, mostWidth: at.width, compact: at.compact, wide });
    });
  // Names are written out as long as that costs no row.
  const [spacious, tight] = [inRows(shape(true), at.width), inRows(shape(false), at.width)];
  const rows =
    spacious.length > tight.length || spacious.flat().some(({ comb }, i) => comb && !tight.flat()[i]?.comb)
      ? tight
      : spacious;
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

/** Along the upper wall, beside the uplink's cable. */
const doorsInARow = (inner: number): number =>
  Math.max(1, Math.floor((inner - 80) / (SIZES.door.width + SIZES.door.gap)));

const doorRows = (host: Host | null, width: number): number =>
  Math.max(1, Math.ceil((host?.doors.length ?? 0) / doorsInARow(width - 2 * SIZES.margin - 2 * SIZES.pad)));

/** Doors in the wall: below the uplink on the left, or along the upper wall. Returns the lower edge of the last one. */
function placeDoors(
  plan: Plan,
  { doors }: Host,
  at: {
    readonly wall: number;
    readonly narrow: boolean;
    readonly top: number;
    readonly from: number;
    readonly inner: number;
  },
): number {
  const { door } = SIZES;
  const perRow = doorsInARow(at.inner);
  doors.forEach(({ id }, i) => {
    const place = at.narrow
      ? rect(
          at.wall + 100 + (i % perRow) * (door.width + door.gap),
          at.top - door.height / 2 - Math.floor(i / perRow) * (door.height + 4),
          door.width,
          door.height,
        )
      : rect(at.wall - door.width + 8, at.from + i * (door.height + door.gap), door.width, door.height);
    plan.spot(id, centerOf(plan.box(id, place)));
  });
  return at.narrow ? 0 : at.from + doors.length * (door.height + door.gap);
}

function placeLan(
  plan: Plan,
  lan: Machine,
  at: {
    readonly narrow: boolean;
    readonly railY: number;
    readonly x: number;
    readonly width: number;
    readonly top: number;
  },
): void {
  const height = at.narrow ? 60 : 112;
  const y = at.narrow ? at.top : Math.max(at.top + 100, at.railY - height / 2 + 12);
  const machine = plan.box(lan.id, rect(at.x, y, at.width, height));
  plan.spot(lan.id, centerOf(machine));
  plan.spot(programsId(lan.namespace), { x: machine.x + 40, y: bottomOf(machine) - 16 });
  plan.track(lan.id, programsId(lan.namespace), 'hidden');
  const first = lan.interfaces[0];
  if (first) {
    plan.spot(
      first.id,
      at.narrow ? { x: machine.x + 48, y: bottomOf(machine) } : { x: machine.x + machine.width, y: at.railY },
    );
    plan.track(first.id, lan.id, 'hidden');
  }
  for (const { id } of lan.listeners) {
    plan.spot(id, { x: machine.x + 40, y: bottomOf(machine) - 16 });
    plan.track(lan.id, id, 'hidden');
  }
  if (lan.internet) {
    const place = at.narrow ? rect(at.x + at.width - 132, y + 8, 124, 44) : rect(at.x, y - 96, at.width, 60);
    plan.spot(lan.internet.id, centerOf(plan.box(lan.internet.id, place)));
    plan.track(lan.internet.id, lan.id, at.narrow ? 'hidden' : 'cable');
  }
}

function joinLan(plan: Plan, host: Host, lan: Machine | null, narrow: boolean): void {
  const [plug, uplink] = [lan?.interfaces[0]?.id, host.uplink?.id];
  if (plug === undefined || uplink === undefined) return;
  const at = plan.boxes.get(uplink) as { x: number; y: number; height: number };
  const end = `plug:${uplink}`;
  plan.spot(end, narrow ? { x: at.x + 36, y: at.y } : { x: at.x, y: at.y + at.height / 2 });
  plan.track(end, uplink, 'hidden');
  const from = plan.spots.get(plug) as Point;
  plan.track(plug, end, 'cable', narrow && from.x !== at.x + 36 ? { corners: [{ x: at.x + 36, y: from.y }] } : {});
}
