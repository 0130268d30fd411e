import { ledgerId, namespaceId, programsId } from '../scene/part-id.ts';
import type { Gate, Host } from '../scene/scene.ts';
import { bottomOf, centerOf, type Rect, rect } from './geometry.ts';
import type { Plan } from './layout.ts';
import { SIZES } from './sizes.ts';

/** Where the strip meets the rail of devices below it. */
export const RAIL_IN = 'rail:in';
export const RAIL_OUT = 'rail:out';
const BEFORE_POST = 'joint:before-postrouting';

/**
 * The host's network layer as netfilter's own pictures draw it: from the devices through PREROUTING to the choice of a route, on
 * through FORWARD and POSTROUTING to the devices, or up through INPUT to the programs, and from them down through OUTPUT. Above stand
 * conntrack's ledger and the programs. Returns the strip's lower edge.
 */
export function placeKernel(plan: Plan, host: Host, { x, y, width }: { x: number; y: number; width: number }): number {
  const { gate: size, step, shelf } = SIZES;
  const at = (...chains: string[]) => host.gates.filter(({ chain }) => chains.includes(chain));
  const [pre, input, forward, output, post] = [
    at('PREROUTING'),
    at('INPUT'),
    at('FORWARD'),
    at('OUTPUT'),
    at('POSTROUTING'),
  ];
  const ledgerWidth = Math.round(width * 0.52);
  plan.box(ledgerId(host.namespace), rect(x, y, ledgerWidth, shelf));
  const programs = plan.box(programsId(host.namespace), rect(x + ledgerWidth + 12, y, width - ledgerWidth - 12, shelf));
  plan.spot(programsId(host.namespace), { x: programs.x + 28, y: bottomOf(programs) - 14 });
  const localY = y + shelf + step;
  const rowY = localY + size.height + step;
  const route = namespaceId(host.namespace);
  const columns = [...pre.map(idOf), route, ...forward.map(idOf), ...post.map(idOf)];
  const pitch = (width - size.width) / Math.max(1, columns.length - 1);
  const columnAt = (i: number) => x + i * pitch;
  columns.forEach((id, i) => placeGate(plan, id, rect(columnAt(i), rowY, size.width, size.height)));
  const routeColumn = pre.length;
  const outputs = output.map(idOf);
  const inputs = input.map(idOf);
  inputs.forEach((id, i) => placeGate(plan, id, rect(columnAt(routeColumn - i), localY, size.width, size.height)));
  outputs.forEach((id, i) => placeGate(plan, id, rect(columnAt(routeColumn + 1 + i), localY, size.width, size.height)));
  joinRow(plan, columns, rowY);
  joinLocal(plan, { host, route, inputs, outputs, before: post[0] ? idOf(post[0]) : RAIL_OUT, localY, rowY });
  return rowY + size.height;
}

/** How wide the strip has to be for its gates to have room. */
export function kernelWidth({ gates }: Host): number {
  const count = (...chains: string[]) => gates.filter(({ chain }) => chains.includes(chain)).length;
  const columns = Math.max(
    5,
    count('PREROUTING', 'FORWARD', 'POSTROUTING') + 1,
    count('PREROUTING') + 1 + count('OUTPUT'),
    count('INPUT'),
  );
  return columns * SIZES.gate.width + (columns - 1) * SIZES.gate.least;
}

const idOf = ({ id }: Gate): string => id;

function placeGate(plan: Plan, id: string, place: Rect): void {
  plan.spot(id, centerOf(plan.box(id, place)));
}

function joinRow(plan: Plan, columns: readonly string[], rowY: number): void {
  const railY = rowY + SIZES.gate.height + SIZES.step + SIZES.uplink.height / 2;
  const first = plan.spots.get(columns[0] as string) as { x: number };
  const last = plan.spots.get(columns.at(-1) as string) as { x: number };
  // Beside the uplink's box on the left, beside the loopback's on the right.
  const left = first.x - SIZES.gate.width / 2;
  const right = last.x + SIZES.gate.width / 2;
  const [inX, outX] = [left + SIZES.uplink.width + 12, right - SIZES.loopback - 12];
  const turn = rowY + SIZES.gate.height + SIZES.step / 2;
  plan.spot(RAIL_IN, { x: inX, y: railY });
  plan.spot(RAIL_OUT, { x: outX, y: railY });
  plan.track(RAIL_IN, columns[0] as string, 'wire', {
    oneWay: true,
    corners: [
      { x: inX, y: turn },
      { x: first.x, y: turn },
    ],
  });
  for (let i = 1; i < columns.length; i++)
    plan.track(columns[i - 1] as string, columns[i] as string, 'wire', { oneWay: true });
  plan.track(columns.at(-1) as string, RAIL_OUT, 'wire', {
    oneWay: true,
    corners: [
      { x: last.x, y: turn },
      { x: outX, y: turn },
    ],
  });
}

function joinLocal(
  plan: Plan,
  way: {
    readonly host: Host;
    readonly route: string;
    readonly inputs: readonly string[];
    readonly outputs: readonly string[];
    readonly before: string;
    readonly localY: number;
    readonly rowY: number;
  },
): void {
  const programs = programsId(way.host.namespace);
  const box = plan.boxes.get(programs) as Rect;
  const up = [way.route, ...way.inputs];
  const middle = SIZES.step / 2;
  const last = plan.spots.get(up.at(-1) as string) as { x: number; y: number };
  for (let i = 1; i < up.length; i++) plan.track(up[i - 1] as string, up[i] as string, 'wire', { oneWay: true });
  const door = Math.max(box.x + 28, Math.min(last.x, box.x + box.width - 28));
  plan.spot(programs, { x: door, y: bottomOf(box) - 14 });
  const turn = way.localY - middle;
  plan.track(up.at(-1) as string, programs, 'wire', {
    oneWay: true,
    corners:
      last.x === door
        ? []
        : [
            { x: last.x, y: turn },
            { x: door, y: turn },
          ],
  });
  const before = plan.spots.get(way.before) as { x: number; y: number };
  const entry = plan.spot(BEFORE_POST, { x: before.x - SIZES.gate.width / 2 - 6, y: before.y });
  const down = way.outputs;
  const first = plan.spots.get(down[0] ?? BEFORE_POST) as { x: number; y: number };
  const exit = Math.min(Math.max(first.x, door + 20), box.x + box.width - 12);
  plan.track(programs, down[0] ?? BEFORE_POST, 'wire', {
    oneWay: true,
    corners: [
      { x: exit, y: bottomOf(box) - 14 },
      ...(exit === first.x
        ? []
        : [
            { x: exit, y: turn },
            { x: first.x, y: turn },
          ]),
    ],
  });
  for (let i = 1; i < down.length; i++) plan.track(down[i - 1] as string, down[i] as string, 'wire', { oneWay: true });
  if (down.length > 0) {
    const out = plan.spots.get(down.at(-1) as string) as { x: number; y: number };
    plan.track(down.at(-1) as string, BEFORE_POST, 'wire', { oneWay: true, corners: turnDown(out, entry, way.rowY) });
  }
  plan.track(BEFORE_POST, way.before, 'wire', { oneWay: true });
}

/** Out of the last OUTPUT gate's side and down into the row, or straight where they stand above each other. */
const turnDown = (out: { x: number; y: number }, entry: { x: number; y: number }, rowY: number) =>
  out.x + SIZES.gate.width / 2 <= entry.x
    ? [{ x: entry.x, y: out.y }]
    : [
        { x: out.x, y: rowY - SIZES.step / 2 },
        { x: entry.x, y: rowY - SIZES.step / 2 },
      ];
