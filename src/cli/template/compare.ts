import { err, ok, type Result } from '../../base/result.ts';
import { GoNil, typeName, type GoValue } from './value.ts';

/** `eq`: whether the first value equals any of the others (text/template/funcs.go). */
export function equals(args: readonly GoValue[]): Result<GoValue, string> {
  const [first, ...others] = args as [GoValue, ...GoValue[]];
  if (others.length === 0) return err('missing argument for comparison');
  for (const other of others) {
    if (first instanceof GoNil || other instanceof GoNil) {
      if (first instanceof GoNil && other instanceof GoNil) return ok(true);
      continue;
    }
    if (!basic(first) || !basic(other)) return err(`non-comparable type ${typeName(basic(first) ? other : first)}`);
    if (typeof first !== typeof other) return err('incompatible types for comparison');
    if (first === other) return ok(true);
  }
  return ok(false);
}

/** `lt`, `le`, `gt`, `ge`. */
export function compare(args: readonly GoValue[], holds: (order: number) => boolean): Result<GoValue, string> {
  const [a, b] = args as [GoValue, GoValue];
  if (typeof a === 'boolean' || typeof b === 'boolean' || !basic(a) || !basic(b))
    return err('invalid type for comparison');
  if (typeof a !== typeof b) return err('incompatible types for comparison');
  return ok(holds(a < b ? -1 : a > b ? 1 : 0));
}

function basic(value: GoValue): value is string | number | boolean {
  return typeof value !== 'object';
}
