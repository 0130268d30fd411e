import { linearRegExp } from '../../base/regex/linear-regexp.ts';
import { ok } from '../../base/result.ts';
import { type Answer, invalid } from '../fault.ts';

export type Filters = ReadonlyMap<string, readonly string[]>;

/** The `filters` of a query: `{"name":["a"]}` or `{"name":{"a":true}}`; unknown keys are refused in Docker's words. */
export function readFilters(text: string | undefined, known: readonly string[]): Answer<Filters> {
  if (text === undefined || text === '') return ok(new Map());
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return invalid('invalid filter');
  }
  const filters = new Map<string, readonly string[]>();
  for (const [key, value] of Object.entries((data ?? {}) as Record<string, unknown>)) {
    if (!known.includes(key)) return invalid(`invalid filter '${key}'`);
    filters.set(key, Array.isArray(value) ? value.map(String) : Object.keys((value ?? {}) as object));
  }
  return ok(filters);
}

/** Whether labels fit all of `key` or `key=value`. */
export function fitsLabels(labels: Readonly<Record<string, string>>, wanted: readonly string[]): boolean {
  return wanted.every((each) => {
    const at = each.indexOf('=');
    return at < 0 ? Object.hasOwn(labels, each) : labels[each.slice(0, at)] === each.slice(at + 1);
  });
}

/** Whether a name is the one that is asked for, or fits it as a regular expression (api/types/filters, Match). */
export function fitsName(name: string, wanted: string): boolean {
  try {
    return name === wanted || linearRegExp(wanted).test(name);
  } catch {
    return false;
  }
}
