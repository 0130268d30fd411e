import { ledgerId, namespaceId, programsId } from '../scene/part-id.ts';
import type { Gate, Host } from '../scene/scene.ts';
import { bottomOf, centerOf, type Point, type Rect, rect } from './geometry.ts';
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
export function placeKernel(
  plan: Plan,
  host: Host,
  { x, y, width, inset }: { x: number; y: number; width: number; inset: number },
): number {
  const { gate: size, step, shelf } = SIZES;
  const at = (...chains: string[]) => host.gates.filter(({ chain }) => chains.includes(chain)).map(idOf);
  const [pre, inputs, forward, outputs, post] = [
    at('PREROUTING'),
    at('INPUT'),
    at('FORWARD'),
    at('OUTPUT'),
    at('POSTROUTING'),
  ];
  // Docker alone has one chain at OUTPUT and none at INPUT: then OUTPUT stands beside the programs, and a row is spared.
  const flat = inputs.length === 0 && outputs.length <= 1 && post.length > 0;
  const ledgerWidth = Math.max(LEDGER, Math.round(width * 0.42));
  plan.box(ledgerId(host.namespace), rect(x, y, ledgerWidth, shelf));
  const left = x + ledgerWidth + 12;
  const right = x + width - (flat && outputs.length > 0 ? size.width + step : 0);
  plan.box(programsId(host.namespace), rect(left, y, right - left, shelf));
  // Its lane goes on where the programs' own ends.
  const localY = flat ? y + shelf - FLOOR - size.lane : y + shelf + step;
  const rowY = flat ? y + shelf + step : localY + size.height + step;
  const route = namespaceId(host.namespace);
  const columns = [...pre, route, ...forward, ...post];
  const pitch = (width - size.width) / Math.max(1, columns.length - 1);
  const place = (id: string, column: number, top: number) =>
    placeGate(plan, id, rect(x + column * pitch, top, size.width, size.height));
  columns.forEach((id, i) => place(id, i, rowY));
  inputs.forEach((id, i) => place(id, pre.length - i, localY));
  outputs.forEach((id, i) => place(id, flat ? columns.length - 1 : pre.length + 1 + i, localY));
  joinRow(plan, columns, { rowY, entry: x + inset + BESIDE_UPLINK });
  const local = { host, route, inputs, outputs, before: post[0] ?? RAIL_OUT, turn: rowY - step / 2 };
  joinUp(plan, { ...local, turn: flat ? local.turn : localY - step / 2 });
  if (flat) joinDownFlat(plan, local);
  else joinDown(plan, { ...local, rowY, turn: localY - step / 2 });
  return rowY + size.height;
}

/** What a connection's line needs. */
const LEDGER = 252;
/** From the programs' floor to where packets stand before it. */
const FLOOR = 14;
/** Room for a packet at the uplink, and at the loopback. */
const BESIDE_UPLINK = 30;
const BESIDE_LOOPBACK = 46;

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
  plan.spot(id, { x: centerOf(plan.box(id, place)).x, y: place.y + SIZES.gate.lane });
}

function joinRow(
  plan: Plan,
  columns: readonly string[],
  { rowY, entry: inX }: { readonly rowY: number; readonly entry: number },
): void {
  const railY = rowY + SIZES.gate.height + SIZES.rail + SIZES.uplink.height / 2;
  const first = plan.spots.get(columns[0] as string) as { x: number };
  const last = plan.spots.get(columns.at(-1) as string) as { x: number };
  const outX = last.x + SIZES.gate.width / 2 - SIZES.loopback - BESIDE_LOOPBACK;
  const turn = rowY + SIZES.gate.height + SIZES.rail / 2;
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

interface Local {
  readonly host: Host;
  readonly route: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** The first gate at POSTROUTING, which what programs send comes to as well. */
  readonly before: string;
  /** The height at which lines turn on their way from or to the programs. */
  readonly turn: number;
}

/** From the choice of a route up through INPUT to the programs. */
function joinUp(plan: Plan, { host, route, inputs, turn }: Local): void {
  const programs = programsId(host.namespace);
  const box = plan.boxes.get(programs) as Rect;
  const up = [route, ...inputs];
  const last = plan.spots.get(up.at(-1) as string) as Point;
  for (let i = 1; i < up.length; i++) plan.track(up[i - 1] as string, up[i] as string, 'wire', { oneWay: true });
  const door = Math.max(box.x + 28, Math.min(last.x, box.x + box.width - 28));
  plan.spot(programs, { x: door, y: bottomOf(box) - FLOOR });
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
}

/** OUTPUT stands beside the programs and above POSTROUTING. */
function joinDownFlat(plan: Plan, { host, outputs, before, turn }: Local): void {
  const programs = programsId(host.namespace);
  const [output] = outputs;
  if (output === undefined) {
    const { x } = plan.spots.get(before) as Point;
    const from = plan.spots.get(programs) as Point;
    plan.track(programs, before, 'wire', {
      oneWay: true,
      corners: [
        { x: from.x + 20, y: from.y },
        { x: from.x + 20, y: turn },
        { x, y: turn },
      ],
    });
    return;
  }
  const { y } = plan.spots.get(output) as Point;
  plan.track(programs, output, 'wire', { oneWay: true, corners: [{ x: (plan.spots.get(programs) as Point).x, y }] });
  plan.track(output, before, 'wire', { oneWay: true });
}

/** From the programs down through OUTPUT into the row before POSTROUTING. */
function joinDown(plan: Plan, { host, outputs, before, turn, rowY }: Local & { readonly rowY: number }): void {
  const programs = programsId(host.namespace);
  const box = plan.boxes.get(programs) as Rect;
  const door = plan.spots.get(programs) as Point;
  const post = plan.spots.get(before) as Point;
  const entry = plan.spot(BEFORE_POST, { x: post.x - SIZES.gate.width / 2 - 6, y: post.y });
  const first = plan.spots.get(outputs[0] ?? BEFORE_POST) as Point;
  const exit = Math.min(Math.max(first.x, door.x + 20), box.x + box.width - 12);
  plan.track(programs, outputs[0] ?? BEFORE_POST, 'wire', {
    oneWay: true,
    corners: [
      { x: exit, y: door.y },
      ...(exit === first.x
        ? []
        : [
            { x: exit, y: turn },
            { x: first.x, y: turn },
          ]),
    ],
  });
  for (let i = 1; i < outputs.length; i++)
    plan.track(outputs[i - 1] as string, outputs[i] as string, 'wire', { oneWay: true });
  const last = outputs.at(-1);
  if (last !== undefined) {
    const out = plan.spots.get(last) as Point;
    plan.track(last, BEFORE_POST, 'wire', { oneWay: true, corners: turnDown(out, entry, rowY) });
  }
  plan.track(BEFORE_POST, before, 'wire', { oneWay: true });
}

/** Out of the last OUTPUT gate's side and down into the row, or straight where they stand above each other. */
const turnDown = (out: Point, entry: Point, rowY: number): Point[] =>
  out.x + SIZES.gate.width / 2 <= entry.x
    ? [{ x: entry.x, y: out.y }]
    : [
        { x: out.x, y: rowY - SIZES.step / 2 },
        { x: entry.x, y: rowY - SIZES.step / 2 },
      ];
