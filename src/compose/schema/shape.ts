/**
 * Shapes of YAML data: a small schema language of our own, in which the Compose file's grammar is written (service.ts, file.ts).
 * A check yields violations, not texts: docker-compose and docker compose put them into different words.
 */
export type Shape =
  | { readonly is: 'string' | 'number' | 'integer' | 'boolean' | 'null' | 'any' }
  /** A text that also has to read as something: a port, a duration. */
  | {
      readonly is: 'format';
      readonly format: string;
      readonly accepts: (text: string) => boolean;
      readonly otherwise: readonly JsonType[];
    }
  | { readonly is: 'list'; readonly of: Shape; readonly unique?: boolean }
  /** A mapping with known keys; `x-…` keys are always allowed. */
  | { readonly is: 'object'; readonly keys: Readonly<Record<string, Shape>>; readonly required?: readonly string[] }
  /** A mapping with keys of the user's choice. */
  | { readonly is: 'dictionary'; readonly of: Shape; readonly keyPattern?: RegExp }
  | { readonly is: 'any of'; readonly shapes: readonly Shape[] };

/** JSON schema's names of types. */
export type JsonType = 'string' | 'number' | 'integer' | 'boolean' | 'null' | 'array' | 'object';
export type Path = readonly (string | number)[];

export type Violation =
  | { readonly what: 'unknown key'; readonly path: Path; readonly key: string }
  | { readonly what: 'missing key'; readonly path: Path; readonly key: string }
  | { readonly what: 'bad key'; readonly path: Path; readonly key: string }
  | {
      readonly what: 'wrong type';
      readonly path: Path;
      readonly expected: readonly JsonType[];
      readonly found: unknown;
    }
  | {
      readonly what: 'wrong format';
      readonly path: Path;
      readonly format: string;
      readonly expected: readonly JsonType[];
      readonly found: unknown;
    }
  | { readonly what: 'not unique'; readonly path: Path; readonly found: readonly unknown[] };

export const string: Shape = { is: 'string' };
export const number: Shape = { is: 'number' };
export const integer: Shape = { is: 'integer' };
export const boolean: Shape = { is: 'boolean' };
export const nothing: Shape = { is: 'null' };
export const anything: Shape = { is: 'any' };
export const list = (of: Shape, options: { readonly unique?: boolean } = {}): Shape => ({ is: 'list', of, ...options });
export const object = (keys: Readonly<Record<string, Shape>>, required?: readonly string[]): Shape => ({
  is: 'object',
  keys,
  ...(required && { required }),
});
export const dictionary = (of: Shape, keyPattern?: RegExp): Shape => ({
  is: 'dictionary',
  of,
  ...(keyPattern && { keyPattern }),
});
export const anyOf = (...shapes: readonly Shape[]): Shape => ({ is: 'any of', shapes });

export function jsonTypeOf(value: unknown): JsonType {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number' || typeof value === 'bigint') return 'number';
  return typeof value === 'string' ? 'string' : 'object';
}

/** The JSON types that a shape takes, for "it should be …". */
export function typesOf(shape: Shape): readonly JsonType[] {
  switch (shape.is) {
    case 'format':
      return ['string'];
    case 'list':
      return ['array'];
    case 'object':
    case 'dictionary':
      return ['object'];
    case 'any of':
      return [...new Set(shape.shapes.flatMap(typesOf))];
    case 'any':
      return [];
    default:
      return [shape.is];
  }
}

/** All that is wrong with a value, in the order of the text; nothing when it fits. */
export function check(shape: Shape, value: unknown, path: Path = []): readonly Violation[] {
  const wrongType: Violation = { what: 'wrong type', path, expected: typesOf(shape), found: value };
  const type = jsonTypeOf(value);
  switch (shape.is) {
    case 'any':
      return [];
    case 'integer':
      return type === 'number' && Number.isInteger(value) ? [] : [wrongType];
    case 'format':
      if (type !== 'string') return [wrongType];
      if (shape.accepts(value as string)) return [];
      return [{ what: 'wrong format', path, format: shape.format, expected: shape.otherwise, found: value }];
    case 'list':
      return type === 'array' ? checkList(shape, value as readonly unknown[], path) : [wrongType];
    case 'object':
      return type === 'object' ? checkObject(shape, value as Record<string, unknown>, path) : [wrongType];
    case 'dictionary':
      if (type !== 'object') return [wrongType];
      return Object.entries(value as Record<string, unknown>).flatMap(([key, each]) =>
        shape.keyPattern && !shape.keyPattern.test(key)
          ? [{ what: 'bad key', path, key } as const]
          : check(shape.of, each, [...path, key]),
      );
    case 'any of':
      return checkAnyOf(shape.shapes, value, path, wrongType);
    default:
      return type === shape.is ? [] : [wrongType];
  }
}

function checkList(shape: Shape & { is: 'list' }, value: readonly unknown[], path: Path): readonly Violation[] {
  const wrong = value.flatMap((each, i) => check(shape.of, each, [...path, i]));
  if (wrong.length > 0 || !shape.unique) return wrong;
  const unique = new Set(value.map((each) => JSON.stringify(each)));
  return unique.size === value.length ? [] : [{ what: 'not unique', path, found: value }];
}

function checkObject(
  shape: Shape & { is: 'object' },
  value: Record<string, unknown>,
  path: Path,
): readonly Violation[] {
  const wrong: Violation[] = [];
  for (const [key, each] of Object.entries(value)) {
    if (key.startsWith('x-')) continue;
    const inner = Object.hasOwn(shape.keys, key) ? shape.keys[key] : undefined;
    if (inner) wrong.push(...check(inner, each, [...path, key]));
    else wrong.push({ what: 'unknown key', path, key });
  }
  for (const key of shape.required ?? [])
    if (!Object.hasOwn(value, key)) wrong.push({ what: 'missing key', path, key });
  return wrong;
}

/** The alternative of the value's own type speaks; without one, all types that would have done are named. */
function checkAnyOf(shapes: readonly Shape[], value: unknown, path: Path, wrongType: Violation): readonly Violation[] {
  let closest: readonly Violation[] | null = null;
  for (const shape of shapes) {
    const wrong = check(shape, value, path);
    if (wrong.length === 0) return [];
    const sameType = wrong.some((violation) => violation.what !== 'wrong type' || violation.path.length > path.length);
    if (sameType) closest ??= wrong;
  }
  return closest ?? [wrongType];
}
