const UNITS: Readonly<Record<string, number>> = { h: 3.6e12, m: 6e10, s: 1e9, ms: 1e6, us: 1e3, µs: 1e3, ns: 1 };

/** Nanoseconds of `300ms`, `-1.5h`, `2h45m` (Go's time.ParseDuration); null where it is none. */
export function parseDuration(text: string): number | null {
  if (text === '0') return 0;
  const match = /^([+-]?)((?:\d*\.?\d+(?:h|ms|us|µs|ns|m|s))+)$/.exec(text);
  if (match === null) return null;
  let total = 0;
  for (const [, amount, unit] of (match[2] as string).matchAll(/(\d*\.?\d+)(h|ms|us|µs|ns|m|s)/g))
    total += Number(amount) * (UNITS[unit as string] as number);
  return match[1] === '-' ? -Math.round(total) : Math.round(total);
}
