/** How nginx writes sizes and times (core/ngx_parse.c). null: none. */

export function parseSize(text: string): number | null {
  const match = /^(\d+)([kKmMgG]?)$/.exec(text);
  if (!match) return null;
  const unit = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 }[(match[2] as string).toLowerCase()] as number;
  return Number(match[1]) * unit;
}

const UNITS: Readonly<Record<string, number>> = {
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  M: 2_592_000,
  y: 31_536_000,
  '': 1,
};

/** Seconds. */
export function parseTime(text: string): number | null {
  if (!/^(\d+(ms|[smhdwMy])?\s*)+$/.test(text)) return null;
  let total = 0;
  for (const [, number, unit = ''] of text.matchAll(/(\d+)(ms|[smhdwMy])?/g))
    total += Number(number) * (UNITS[unit] as number);
  return total;
}
