import { err, ok } from '../../base/result.ts';
import type { Flag } from '../command/flag.ts';

/** What `--filter` collected, as the API takes it: `{"label":{"env=dev":true}}`. */
export type Filters = ReadonlyMap<string, readonly string[]>;

/** `-f key=value`, any number of times. */
export function filterFlag(help: string, short: string | null = 'f'): Flag<Filters> {
  return {
    ...(short === null ? {} : { short }),
    type: 'filter',
    help,
    initial: new Map(),
    parse: (text, current) => {
      if (text === '') return ok(current);
      const at = text.indexOf('=');
      if (at < 0) return err('bad format of filter (expected name=value)');
      const name = text.slice(0, at).trim().toLowerCase();
      return ok(new Map(current).set(name, [...(current.get(name) ?? []), text.slice(at + 1).trim()]));
    },
  };
}

/** The query that carries them; none where there are none. */
export function filterQuery(filters: Filters): Record<string, string> {
  if (filters.size === 0) return {};
  const json: Record<string, Record<string, true>> = {};
  for (const [name, values] of filters) json[name] = Object.fromEntries(values.map((value) => [value, true]));
  return { filters: JSON.stringify(json) };
}
