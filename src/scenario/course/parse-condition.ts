import type { Condition } from './exercise.ts';
import { isData } from './reading.ts';

/** Reads `{ name: arguments }`, `{ all: […] }`, `{ any: […] }` or `{ not: … }`. Whether the name exists is for `conditions/` to say. */
export function parseCondition(value: unknown, place: string, problems: string[]): Condition {
  const keys = isData(value) ? Object.keys(value) : [];
  const [name] = keys;
  if (!isData(value) || name === undefined || keys.length > 1) {
    problems.push(`${place} has to be a mapping with one key: a predicate's name, all, any or not`);
    return { all: [] };
  }
  const args = value[name];
  if (name === 'not') return { not: parseCondition(args, `${place}.not`, problems) };
  if (name === 'all' || name === 'any') {
    if (!Array.isArray(args) || args.length === 0) problems.push(`${place}.${name} has to be a list of conditions`);
    const parts = (Array.isArray(args) ? args : []).map((each, i) =>
      parseCondition(each, `${place}.${name}[${i}]`, problems),
    );
    return name === 'all' ? { all: parts } : { any: parts };
  }
  if (!isData(args)) problems.push(`${place}.${name} has to be a mapping of arguments`);
  return { is: name, with: isData(args) ? args : {} };
}
