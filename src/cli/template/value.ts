/**
 * Values as a Go template sees them. A Go map is a Map, a Go struct a GoStruct (its fields are known, so that another
 * name is an error), and what nothing points to is one of the four kinds of nil, which print differently.
 */
export type GoValue =
  | string
  | number
  | boolean
  | readonly GoValue[]
  | ReadonlyMap<string, GoValue>
  | GoStruct
  | GoTime
  | GoNil;

export type GoMethod = (...args: string[]) => GoValue;

/** A struct: fields in the order of its declaration, methods that take arguments, and Go's name of its type. */
export class GoStruct {
  constructor(
    readonly type: string,
    readonly fields: ReadonlyMap<string, GoValue>,
    /** Other names of fields: Go's `ID` for the API's `Id`. */
    readonly aliases: ReadonlyMap<string, string> = new Map(),
    readonly methods: ReadonlyMap<string, GoMethod> = new Map(),
    /** Its JSON, where that isn't simply its fields. */
    readonly json?: string,
  ) {}

  field(name: string): GoValue | undefined {
    return this.fields.get(name) ?? this.fields.get(this.aliases.get(name) ?? '');
  }
}

/** A time.Time, made of its RFC 3339 text; prints as `2026-11-23 19:18:54.206274348 +0000 UTC`. */
export class GoTime {
  constructor(readonly text: string) {}

  toString(): string {
    return this.text.replace('T', ' ').replace(/Z$/, ' +0000 UTC');
  }
}

/** A map of anything, as plain JSON becomes one (map[string]any): a key that it doesn't have gives nothing at all. */
export class GoAnyMap extends Map<string, GoValue> {}

export class GoNil {
  constructor(readonly kind: 'pointer' | 'slice' | 'map' | 'none') {}
}

export const NIL_POINTER = new GoNil('pointer');
export const NIL_SLICE = new GoNil('slice');
export const NIL_MAP = new GoNil('map');
/** No value at all: a key that a map doesn't have. */
export const NO_VALUE = new GoNil('none');

export function isMap(value: GoValue): value is ReadonlyMap<string, GoValue> {
  return value instanceof Map;
}

export function isList(value: GoValue): value is readonly GoValue[] {
  return Array.isArray(value);
}

/** What `if`, `and` and `or` take for true (text/template: non-empty). */
export function isTrue(value: GoValue): boolean {
  if (typeof value === 'object') {
    if (value instanceof GoNil) return false;
    if (isMap(value)) return value.size > 0;
    return isList(value) ? value.length > 0 : true;
  }
  return Boolean(value);
}

/** Go's %v. */
export function printValue(value: GoValue): string {
  if (typeof value !== 'object') return String(value);
  if (value instanceof GoTime) return value.toString();
  if (value instanceof GoNil) return { pointer: '<nil>', slice: '[]', map: 'map[]', none: '<no value>' }[value.kind];
  if (isList(value)) return `[${value.map(printValue).join(' ')}]`;
  if (isMap(value))
    return `map[${sorted(value)
      .map(([key, each]) => `${key}:${printValue(each)}`)
      .join(' ')}]`;
  return `{${[...(value as GoStruct).fields.values()].map(printValue).join(' ')}}`;
}

/** encoding/json without HTML escapes; a map's keys are sorted, a struct's fields stay as declared. */
export function toJson(value: GoValue): string {
  if (typeof value !== 'object') return JSON.stringify(value);
  if (value instanceof GoTime) return JSON.stringify(value.text);
  if (value instanceof GoNil) return 'null';
  if (isList(value)) return `[${value.map(toJson).join(',')}]`;
  if (value instanceof GoStruct && value.json !== undefined) return value.json;
  const entries = isMap(value) ? sorted(value) : [...(value as GoStruct).fields];
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${toJson(each)}`).join(',')}}`;
}

/** The type's name in error messages. */
export function typeName(value: GoValue): string {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float64';
  if (typeof value === 'boolean') return 'bool';
  if (value instanceof GoTime) return 'time.Time';
  if (value instanceof GoNil) return value.kind === 'slice' ? '[]string' : 'map[string]string';
  if (isList(value)) return value.every((each) => typeof each === 'string') ? '[]string' : '[]interface {}';
  if (isMap(value)) return 'map[string]interface {}';
  return (value as GoStruct).type;
}

/** Entries of a map in the order in which a template ranges over them. */
export function sorted(value: ReadonlyMap<string, GoValue>): [string, GoValue][] {
  return [...value].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
