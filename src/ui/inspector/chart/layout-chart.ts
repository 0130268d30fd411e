import type { Chart } from '../../../lab/view/charts.ts';

export interface PlacedState {
  readonly name: string;
  /** The middle of its box. */
  readonly x: number;
  readonly y: number;
}

/** All events that lead from one state to another, as one arrow. */
export interface Arrow {
  readonly from: PlacedState;
  readonly to: PlacedState;
  readonly events: readonly string[];
}

export interface PlacedChart {
  readonly states: readonly PlacedState[];
  readonly arrows: readonly Arrow[];
  readonly height: number;
}

const MOST_A_ROW = 3;

/**
 * Places the states of a chart in rows: the initial one on top, below it those that it can become in one step, and so on. Events that
 * change nothing are left out.
 */
export function layoutChart(
  chart: Chart,
  { width, row }: { readonly width: number; readonly row: number },
): PlacedChart {
  const rows = rowsOf(chart).flatMap((names) => chunks(names, MOST_A_ROW));
  const states = rows.flatMap((names, i) =>
    names.map((name, k) => ({ name, x: (width * (k + 0.5)) / names.length, y: row * (i + 0.5) })),
  );
  const byName = new Map(states.map((state) => [state.name, state]));
  const arrows: Arrow[] = [];
  for (const { name, transitions } of chart.states) {
    const targets = new Map<string, string[]>();
    for (const { event, to } of transitions) targets.set(to, [...(targets.get(to) ?? []), event]);
    for (const [target, events] of targets) {
      const [from, to] = [byName.get(name), byName.get(target)];
      if (from && to && from !== to) arrows.push({ from, to, events });
    }
  }
  return { states, arrows, height: rows.length * row };
}

/** States by how many steps they are from the initial one; those that can't be come to stand last. */
function rowsOf({ initial, states }: Chart): readonly (readonly string[])[] {
  const rows: string[][] = [];
  const seen = new Set<string>();
  for (let current = [initial]; current.length > 0; ) {
    rows.push(current);
    for (const name of current) seen.add(name);
    const next = current.flatMap(
      (name) => states.find((state) => state.name === name)?.transitions.map(({ to }) => to) ?? [],
    );
    current = [...new Set(next)].filter((name) => !seen.has(name));
  }
  const rest = states.map(({ name }) => name).filter((name) => !seen.has(name));
  return rest.length > 0 ? [...rows, rest] : rows;
}

function chunks(names: readonly string[], size: number): readonly (readonly string[])[] {
  const rows = Math.ceil(names.length / size);
  const each = Math.ceil(names.length / rows);
  return Array.from({ length: rows }, (_, i) => names.slice(i * each, (i + 1) * each));
}
