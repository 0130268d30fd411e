import { deskId, deviceId, namespaceId, programsId } from '../scene/part-id.ts';
import type { Depth, Network, Room } from '../scene/scene.ts';
import { bottomOf, centerOf, type Point, type Rect, rect, rightOf } from './geometry.ts';
import type { Plan } from './layout.ts';
import { NAME_FONT, roughMeasure } from './measure.ts';
import { MOST_IN_A_ROW, SIZES } from './sizes.ts';

/** A network's switch with its rooms, as it will be placed. */
export interface Block {
  readonly network: Network;
  /** The slot of each room, in the order of `network.rooms`. */
  readonly slots: readonly number[];
  /** Rooms hang from spines of the switch, on both sides; else in one row below it. */
  readonly comb: boolean;
  readonly columns: number;
  readonly rows: number;
  readonly room: { readonly width: number; readonly height: number };
  /** Devices of its bridge whose cable leads to a room of another network. */
  readonly foreign: readonly string[];
  /** The part of the switch, on its right, that is theirs. */
  readonly spare: number;
  /** The height of the switch, or of the heading where there is none. */
  readonly bar: number;
  /** From the switch, or the heading, to a row of rooms below it. */
  readonly drop: number;
  readonly width: number;
  readonly height: number;
}

export interface BlockOptions {
  readonly slots: readonly number[];
  readonly mostWidth: number;
  readonly compact: boolean;
  /** Rooms are as wide as their names want. */
  readonly wide: boolean;
  readonly depth: Depth;
  readonly low: boolean;
}

/** How large a network's block becomes, and how its rooms are arranged. */
export function shapeBlock(network: Network, { slots, mostWidth, compact, wide, depth, low }: BlockOptions): Block {
  const count = Math.max(0, ...slots.map((slot) => slot + 1));
  const own = new Set(network.rooms.map(({ id }) => id));
  const foreign = (network.bridge?.ports ?? [])
    .filter(({ room }) => room === null || !own.has(room))
    .map(({ id }) => id);
  const cables = Math.max(1, ...network.rooms.map(({ interfaces }) => interfaces.length));
  const { gap } = compact ? SIZES.compact : SIZES.room;
  const room = compact
    ? { width: SIZES.compact.width, height: SIZES.compact.height }
    : {
        width: wide ? widthForNames(network) : SIZES.room.width,
        height: SIZES.room.height + (cables - 1) * SIZES.room.line,
      };
  const spare = foreign.length * (SIZES.port.width + 6);
  const inARow = count * room.width + Math.max(0, count - 1) * gap;
  const { twig, spine } = SIZES;
  const cable = low ? SIZES.low.cable : SIZES.cable;
  const bar = network.bridge ? (depth === 'compose' ? SIZES.bridge.small : SIZES.bridge.height) : SIZES.bridge.header;
  const { least } = SIZES.bridge;
  const drop = network.bridge ? cable + foreignRoom(network) : 4;
  const shape = { network, slots, room, foreign, spare, bar, drop };
  if (count <= MOST_IN_A_ROW && inARow + spare <= mostWidth) {
    const below = count === 0 ? 0 : drop + room.height;
    const width = Math.max(least, inARow + spare);
    return { ...shape, comb: false, columns: count, rows: 1, width, height: bar + below };
  }
  const pair = 2 * room.width + 2 * twig + spine;
  const most = Math.max(1, Math.floor((mostWidth - spare + gap) / (pair + gap)));
  const pairs = Math.min(most, Math.max(1, Math.ceil(count / 12)));
  const columns = pair > mostWidth ? 1 : pairs * 2;
  const rows = Math.ceil(count / columns);
  const width = columns === 1 ? spine + twig + room.width : pairs * pair + (pairs - 1) * gap;
  const height = bar + twig + rows * (room.height + gap);
  return { ...shape, comb: true, columns, rows, width: Math.max(least, width + spare), height };
}

/** Beside a name there is its state's dot. */
const BESIDE_NAME = 34;

function widthForNames({ rooms }: Network): number {
  const { width, widest } = SIZES.room;
  const wanted = Math.max(0, ...rooms.map(({ name }) => roughMeasure(name, NAME_FONT) + BESIDE_NAME));
  return Math.min(widest, Math.max(width, Math.ceil(wanted / 4) * 4));
}

/** Height for the cables that leave a row of rooms sideways. */
export const foreignRoom = (network: Network): number =>
  8 * network.rooms.reduce((sum, { interfaces }) => sum + Math.max(0, interfaces.length - 1), 0);

/** Where a cable leaves a row of rooms sideways, the rooms of its neighbours begin no higher: it would run behind them. */
export function alignRooms(row: readonly Block[]): readonly Block[] {
  if (row.every(({ network }) => foreignRoom(network) === 0)) return row;
  const lowest = Math.max(...row.filter(({ comb }) => !comb).map(({ bar, drop }) => bar + drop));
  return row.map((block) => {
    const { comb, slots, bar, drop, height } = block;
    if (comb || slots.length === 0) return block;
    return { ...block, drop: lowest - bar, height: height + lowest - bar - drop };
  });
}

/** Places a block with its upper left corner there. */
export function placeBlock(plan: Plan, block: Block, at: Point): void {
  const { network } = block;
  const bar = plan.box(network.id, rect(at.x, at.y, block.width, block.bar));
  const bridge = network.bridge?.id ?? `${network.id}/bar`;
  plan.spot(bridge, { x: bar.x + bar.width / 2, y: laneOf(bar) });
  network.rooms.forEach((room, i) => {
    const slot = block.slots[i] as number;
    const place = roomPlace(block, at, slot);
    placeRoom(plan, room, plan.box(room.id, place));
    if (block.comb) plugIntoSpine(plan, block, { room, place, bar, slot });
    else plugIntoBar(plan, network, { room, place, bar });
  });
}

/** The height at which packets pass a switch. */
export const laneOf = (bar: Rect): number => bar.y + Math.min(bar.height, SIZES.bridge.lane);

function roomPlace({ comb, columns, room, bar, drop }: Block, at: Point, slot: number): Rect {
  const { twig, spine } = SIZES;
  const gap = room.height === SIZES.compact.height ? SIZES.compact.gap : SIZES.room.gap;
  if (!comb) {
    const top = at.y + bar + drop;
    return rect(at.x + slot * (room.width + gap), top, room.width, room.height);
  }
  const [row, column] = [Math.floor(slot / columns), slot % columns];
  const pair = 2 * room.width + 2 * twig + spine + gap;
  const left =
    columns === 1 ? spine + twig : Math.floor(column / 2) * pair + (column % 2) * (room.width + 2 * twig + spine);
  return rect(at.x + left, at.y + bar + twig + row * (room.height + gap), room.width, room.height);
}

/** Where inside a room its programs, its DNS desk and its kernel are. */
function placeRoom(plan: Plan, room: Room, place: Rect): void {
  if (room.namespace === null) return;
  const { namespace } = room;
  const small = place.height === SIZES.compact.height;
  const lane = bottomOf(place) - SIZES.room.lane;
  const low = small ? bottomOf(place) - 14 : lane + 7;
  // A small room has no lane, but room beside its address.
  const kernel = plan.spot(
    namespaceId(namespace),
    small ? { x: rightOf(place) - 26, y: low } : { x: centerOf(place).x, y: lane },
  );
  const inside = (id: string, x: number) => {
    plan.spot(id, { x, y: low });
    plan.track(namespaceId(namespace), id, 'hidden');
  };
  plan.spot(deviceId(`${namespace}/lo`), { x: kernel.x, y: low });
  plan.track(namespaceId(namespace), deviceId(`${namespace}/lo`), 'hidden');
  inside(programsId(namespace), place.x + 36);
  if (room.desk) inside(deskId(namespace), rightOf(place) - 36);
  for (const { id } of room.listeners) inside(id, place.x + 36);
}

interface Plugging {
  readonly room: Room;
  readonly place: Rect;
  readonly bar: Rect;
}

/** In a row: each plug on the room's upper edge, the port straight above it. */
function plugIntoBar(plan: Plan, { bridge }: Network, { room, place, bar }: Plugging): void {
  room.interfaces.forEach(({ id, device }, i) => {
    const x = place.x + (place.width * (i + 1)) / (room.interfaces.length + 1);
    plan.spot(id, { x, y: place.y });
    if (room.namespace !== null) plan.track(id, namespaceId(room.namespace), 'hidden');
    const port = bridge?.ports.find(({ peer }) => peer === device);
    if (!port || !bridge) return;
    plan.spot(port.id, { x, y: bottomOf(bar) });
    plan.track(bridge.id, port.id, 'hidden', { corners: [{ x, y: laneOf(bar) }] });
    plan.track(port.id, id, 'cable');
  });
}

/** At a spine: the port on it, the plug on the room's side. */
function plugIntoSpine(plan: Plan, { network, columns }: Block, at: Plugging & { readonly slot: number }): void {
  const { bridge } = network;
  const { room, place, bar, slot } = at;
  const isLeft = columns > 1 && (slot % columns) % 2 === 0;
  const edge = isLeft ? place.x + place.width : place.x;
  const side = isLeft ? 1 : -1;
  const spineX = edge + side * (SIZES.twig + SIZES.spine / 2);
  room.interfaces.forEach(({ id, device }, i) => {
    const y = place.y + (place.height * (i + 1)) / (room.interfaces.length + 1);
    plan.spot(id, { x: edge, y });
    if (room.namespace !== null) plan.track(id, namespaceId(room.namespace), 'hidden');
    const port = bridge?.ports.find(({ peer }) => peer === device);
    if (!port || !bridge) return;
    const spine = `spine:${network.id}/${spineX}`;
    const known = plan.boxes.get(spine);
    const height = Math.max(known?.height ?? 0, y + 8 - bottomOf(bar));
    plan.box(spine, rect(spineX - SIZES.spine / 2, bottomOf(bar) - 1, SIZES.spine, height));
    plan.spot(port.id, { x: spineX - side * (SIZES.spine / 2 - SIZES.port.width / 2 - 1), y });
    plan.track(bridge.id, port.id, 'hidden', {
      corners: [
        { x: spineX, y: laneOf(bar) },
        { x: spineX, y },
      ],
    });
    plan.track(port.id, id, 'cable');
  });
}
