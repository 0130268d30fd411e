import { err, ok, type Result } from '../../base/result.ts';

export type InterpolationError =
  | { readonly what: 'invalid'; readonly text: string }
  /** `${NAME:?message}` without a value. */
  | { readonly what: 'required'; readonly name: string; readonly message: string };

const VARIABLE =
  /\$(?:(\$)|([A-Za-z_][A-Za-z0-9_]*)|\{([A-Za-z_][A-Za-z0-9_]*)(?:(:?[-?+])((?:[^{}]|\$\{[^}]*\})*))?\}|)/g;

/**
 * Replaces `$NAME`, `${NAME}` and `${NAME:-default}` and its sisters in one text; `$$` is a dollar sign.
 * @param missing is told the name of each variable that has no value and no default; it becomes empty.
 */
export function interpolate(
  text: string,
  variables: ReadonlyMap<string, string>,
  missing: (name: string) => void,
): Result<string, InterpolationError> {
  let problem: InterpolationError | undefined;
  const replaced = text.replace(
    VARIABLE,
    (_all, dollar?: string, plain?: string, braced?: string, operator?: string, operand = '') => {
      if (dollar) return '$';
      const name = plain ?? braced;
      if (name === undefined) {
        problem ??= { what: 'invalid', text };
        return '';
      }
      const value = variables.get(name);
      const present = operator?.startsWith(':') ? value !== undefined && value !== '' : value !== undefined;
      const inner = () => {
        const nested = interpolate(operand, variables, missing);
        if (!nested.ok) problem ??= nested.error;
        return nested.ok ? nested.value : '';
      };
      if (operator?.endsWith('+')) return present ? inner() : '';
      if (present) return value as string;
      if (operator?.endsWith('-')) return inner();
      if (operator?.endsWith('?')) {
        problem ??= { what: 'required', name, message: operand };
        return '';
      }
      if (value === undefined) missing(name);
      return '';
    },
  );
  return problem ? err(problem) : ok(replaced);
}

/** Every text of a tree, replaced; keys stay. The path of the first failure comes with it. */
export function interpolateTree(
  tree: unknown,
  variables: ReadonlyMap<string, string>,
  missing: (name: string) => void,
  path: readonly (string | number)[] = [],
): Result<unknown, { readonly path: readonly (string | number)[]; readonly error: InterpolationError }> {
  if (typeof tree === 'string') {
    const text = interpolate(tree, variables, missing);
    return text.ok ? text : err({ path, error: text.error });
  }
  if (typeof tree !== 'object' || tree === null) return ok(tree);
  const entries: [string, unknown][] = [];
  for (const [key, value] of Object.entries(tree)) {
    const inner = interpolateTree(value, variables, missing, [...path, Array.isArray(tree) ? Number(key) : key]);
    if (!inner.ok) return inner;
    entries.push([key, inner.value]);
  }
  return ok(Array.isArray(tree) ? entries.map(([, value]) => value) : Object.fromEntries(entries));
}
