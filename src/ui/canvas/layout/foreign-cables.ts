import { bottomOf, type Point, type Rect } from './geometry.ts';
import type { Plan } from './layout.ts';
import { type Block, laneOf } from './network-block.ts';
import { SIZES } from './sizes.ts';

/** How many cables may run beside each other before two share a line. */
const LANES = 3;

/**
 * Cables from a room to the switch of another network. Side by side in a row they run below the switches; else they leave at the side and
 * come in from above.
 */
export function placeForeignCables(plan: Plan, rows: readonly (readonly Block[])[], right: number): void {
  const rowOf = new Map<string, number>();
  const homes = new Map<string, Block>();
  rows.forEach((row, i) =>
    row.forEach((block) => {
      rowOf.set(block.network.id, i);
      for (const { id } of block.network.rooms) homes.set(id, block);
    }),
  );
  let count = 0;
  for (const block of rows.flat())
    block.foreign.forEach((id, i) => {
      const port = block.network.bridge?.ports.find((each) => each.id === id);
      const bar = plan.boxes.get(block.network.id) as Rect;
      const x = bar.x + bar.width - 8 - SIZES.port.width / 2 - i * (SIZES.port.width + 6);
      const home = port?.room ? homes.get(port.room) : undefined;
      const beside =
        home !== undefined && !home.comb && !block.comb && rowOf.get(home.network.id) === rowOf.get(block.network.id);
      const y = beside || home === undefined ? bottomOf(bar) : bar.y + SIZES.port.height / 2;
      plan.spot(id, { x, y });
      if (block.network.bridge) plan.track(block.network.bridge.id, id, 'hidden', { corners: [{ x, y: laneOf(bar) }] });
      const plug = port?.peer ? `dev:${port.peer}` : '';
      const from = plan.spots.get(plug);
      if (!home || !from) return;
      const corners = beside
        ? below(from, x, bar, count)
        : around(from, { x, bar, right, count, room: plan.boxes.get(port?.room ?? '') });
      plan.track(id, plug, 'cable', { corners: corners.reverse() });
      count++;
    });
}

const below = (from: Point, x: number, bar: Rect, count: number): Point[] => {
  const y = bottomOf(bar) + 13 + (count % 8) * 8;
  return [
    { x: from.x, y },
    { x, y },
  ];
};

function around(
  from: Point,
  { x, bar, right, count, room }: { x: number; bar: Rect; right: number; count: number; room: Rect | undefined },
): Point[] {
  const lane = right - 3 + (count % LANES) * 3;
  const up = bar.y - 5 - (count % LANES) * 3;
  const atTop = room !== undefined && from.y === room.y;
  const leave = atTop ? from.y - 8 - (count % LANES) * 3 : room ? bottomOf(room) + 4 + (count % LANES) * 3 : from.y;
  const start = atTop
    ? [{ x: from.x, y: leave }]
    : [
        { x: from.x + (room && from.x > room.x ? 6 : -6), y: from.y },
        { x: from.x + (room && from.x > room.x ? 6 : -6), y: leave },
      ];
  return [...start, { x: lane, y: leave }, { x: lane, y: up }, { x, y: up }];
}
