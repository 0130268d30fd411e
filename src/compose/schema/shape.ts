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
  /** One of several types at once; a mapping among them may have its own shape. */
  | { readonly is: 'types'; readonly types: readonly JsonType[]; readonly object?: Shape }
  /** One of these texts. */
  | { readonly is: 'choice'; readonly of: readonly string[] }
  | { readonly is: 'pattern'; readonly pattern: RegExp }
  /** A whole number between two bounds, both included. */
  | { readonly is: 'range'; readonly least: number; readonly most?: number }
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
  /** Inside of alternatives: where each of them stood, from the outside in. */
  { readonly alternativesAt?: readonly Path[] } & (
    | { readonly what: 'unknown key'; readonly path: Path; readonly key: string }
    | { readonly what: 'missing key'; readonly path: Path; readonly key: string }
    | { readonly what: 'bad key'; readonly path: Path; readonly key: string; readonly pattern: RegExp }
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
    | {
        readonly what: 'not a choice';
        readonly path: Path;
        readonly choices: readonly string[];
        readonly found: string;
      }
    | { readonly what: 'no match'; readonly path: Path; readonly pattern: RegExp; readonly found: string }
    | { readonly what: 'too small' | 'too large'; readonly path: Path; readonly bound: number; readonly found: number }
    | { readonly what: 'not unique'; readonly path: Path; readonly found: readonly unknown[] }
  );

/** What a value that fits none of several alternatives is told: the closest one's objections, or all of them. */
export interface CheckOptions {
  readonly alternatives: 'closest' | 'all';
}

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
export const types = (...each: readonly JsonType[]): Shape => ({ is: 'types', types: each });
export const choice = (...of: readonly string[]): Shape => ({ is: 'choice', of });
export const matching = (pattern: RegExp): Shape => ({ is: 'pattern', pattern });
export const range = (least: number, most?: number): Shape => ({
  is: 'range',
  least,
  ...(most !== undefined && { most }),
});

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
    case 'choice':
    case 'pattern':
      return ['string'];
    case 'range':
      return ['integer'];
    case 'types':
      return shape.types;
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

const CLOSEST: CheckOptions = { alternatives: 'closest' };

/** All that is wrong with a value, in the order of the text; nothing when it fits. */
export function check(
  shape: Shape,
  value: unknown,
  path: Path = [],
  options: CheckOptions = CLOSEST,
): readonly Violation[] {
  const wrongType: Violation = { what: 'wrong type', path, expected: typesOf(shape), found: value };
  const type = jsonTypeOf(value);
  switch (shape.is) {
    case 'any':
      return [];
    case 'types':
      if (!isOneOf(shape.types, value)) return [wrongType];
      return shape.object && type === 'object' ? check(shape.object, value, path, options) : [];
    case 'format':
    case 'choice':
    case 'pattern':
      return type === 'string' ? checkText(shape, value as string, path) : [wrongType];
    case 'range':
      return isOneOf(['integer'], value) ? checkRange(shape, value as number, path) : [wrongType];
    case 'list':
      return type === 'array' ? checkList(shape, value as readonly unknown[], path, options) : [wrongType];
    case 'object':
      return type === 'object' ? checkObject(shape, value as Record<string, unknown>, path, options) : [wrongType];
    case 'dictionary':
      if (type !== 'object') return [wrongType];
      return Object.entries(value as Record<string, unknown>).flatMap(([key, each]) =>
        shape.keyPattern && !shape.keyPattern.test(key)
          ? [{ what: 'bad key', path, key, pattern: shape.keyPattern } as const]
          : check(shape.of, each, [...path, key], options),
      );
    case 'any of':
      return checkAnyOf(shape.shapes, value, path, wrongType, options);
    default:
      return isOneOf([shape.is], value) ? [] : [wrongType];
  }
}

function isOneOf(wanted: readonly JsonType[], value: unknown): boolean {
  const type = jsonTypeOf(value);
  return wanted.includes(type) || (type === 'number' && wanted.includes('integer') && Number.isInteger(value));
}

function checkText(
  shape: Shape & { is: 'format' | 'choice' | 'pattern' },
  value: string,
  path: Path,
): readonly Violation[] {
  switch (shape.is) {
    case 'format':
      if (shape.accepts(value)) return [];
      return [{ what: 'wrong format', path, format: shape.format, expected: shape.otherwise, found: value }];
    case 'choice':
      return shape.of.includes(value) ? [] : [{ what: 'not a choice', path, choices: shape.of, found: value }];
    case 'pattern':
      return shape.pattern.test(value) ? [] : [{ what: 'no match', path, pattern: shape.pattern, found: value }];
  }
}

function checkRange({ least, most }: Shape & { is: 'range' }, value: number, path: Path): readonly Violation[] {
  if (value < least) return [{ what: 'too small', path, bound: least, found: value }];
  return most !== undefined && value > most ? [{ what: 'too large', path, bound: most, found: value }] : [];
}

function checkList(
  shape: Shape & { is: 'list' },
  value: readonly unknown[],
  path: Path,
  options: CheckOptions,
): readonly Violation[] {
  const wrong = value.flatMap((each, i) => check(shape.of, each, [...path, i], options));
  if (wrong.length > 0 || !shape.unique) return wrong;
  const unique = new Set(value.map((each) => JSON.stringify(each)));
  return unique.size === value.length ? [] : [{ what: 'not unique', path, found: value }];
}

function checkObject(
  shape: Shape & { is: 'object' },
  value: Record<string, unknown>,
  path: Path,
  options: CheckOptions,
): readonly Violation[] {
  const wrong: Violation[] = [];
  for (const [key, each] of Object.entries(value)) {
    if (key.startsWith('x-')) continue;
    const inner = Object.hasOwn(shape.keys, key) ? shape.keys[key] : undefined;
    if (inner) wrong.push(...check(inner, each, [...path, key], options));
    else wrong.push({ what: 'unknown key', path, key });
  }
  for (const key of shape.required ?? [])
    if (!Object.hasOwn(value, key)) wrong.push({ what: 'missing key', path, key });
  return wrong;
}

/** The alternative of the value's own type speaks; without one, all types that would have done are named. */
function checkAnyOf(
  shapes: readonly Shape[],
  value: unknown,
  path: Path,
  wrongType: Violation,
  options: CheckOptions,
): readonly Violation[] {
  let closest: readonly Violation[] | null = null;
  const all: Violation[] = [];
  for (const shape of shapes) {
    const wrong = check(shape, value, path, options);
    if (wrong.length === 0) return [];
    all.push(...wrong);
    const sameType = wrong.some((violation) => violation.what !== 'wrong type' || violation.path.length > path.length);
    if (sameType) closest ??= wrong;
  }
  const inside = (wrong: Violation): Violation => ({
    ...wrong,
    alternativesAt: [path, ...(wrong.alternativesAt ?? [])],
  });
  return options.alternatives === 'all' ? all : (closest ?? [wrongType]).map(inside);
}
