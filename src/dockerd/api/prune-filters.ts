import { ok } from '../../base/result.ts';
import { type Answer, invalid } from '../fault.ts';
import { fitsLabels, readFilters } from './filters.ts';
import { timestamp } from './timestamp.ts';

/** Something that a prune may take away. */
export interface Prunable {
  readonly labels: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly created: number;
}

/** Whether a prune's filters let it take something away (daemon/prune.go: getUntilFromPruneFilters, matchLabels). */
export function readPruneFilters(
  text: string | undefined,
  now: number,
  known: readonly string[] = ['label', 'label!', 'until'],
): Answer<(thing: Prunable) => boolean> {
  const filters = readFilters(text, known);
  if (!filters.ok) return filters;
  const [limit, ...more] = filters.value.get('until') ?? [];
  if (more.length > 0) return invalid('more than one until filter specified');
  const until = limit === undefined ? String(Number.POSITIVE_INFINITY) : timestamp(limit, now);
  if (until === null) return invalid(`failed to parse value as time or duration: ${JSON.stringify(limit)}`);
  const wanted = filters.value.get('label') ?? [];
  const unwanted = filters.value.get('label!') ?? [];
  return ok(
    ({ labels, created }) =>
      created <= Number(until) * 1000 &&
      fitsLabels(labels, wanted) &&
      (unwanted.length === 0 || !fitsLabels(labels, unwanted)),
  );
}
