/** awk's values: numbers, strings, and strings from input that compare as numbers where they look like ones. */
export type Value = number | string | Input;

/** A text that came from input. */
export class Input {
  constructor(readonly text: string) {}
}

const NUMERIC = /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\s*$/;

export function toNumber(value: Value): number {
  if (typeof value === 'number') return value;
  const text = typeof value === 'string' ? value : value.text;
  const match = /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/.exec(text);
  return match ? Number(match[0]) : 0;
}

export function toText(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'number') return value.text;
  if (Number.isInteger(value)) return Math.abs(value) < 1e16 ? String(value) : BigInt(value).toString();
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  // OFMT and CONVFMT: %.6g.
  return String(Number(value.toPrecision(6)));
}

export function isTrue(value: Value): boolean {
  if (typeof value === 'number') return value !== 0;
  if (typeof value === 'string') return value !== '';
  return NUMERIC.test(value.text) ? Number(value.text) !== 0 : value.text !== '';
}

/** -1, 0, 1: as numbers where both are or look like numbers, else as texts. */
export function compare(a: Value, b: Value): number {
  const numeric = (value: Value) => typeof value === 'number' || (value instanceof Input && NUMERIC.test(value.text));
  if (numeric(a) && numeric(b)) return Math.sign(toNumber(a) - toNumber(b));
  const [x, y] = [toText(a), toText(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}
