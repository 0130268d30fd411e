import type { Filter, Json } from './filter.ts';

/** What went wrong with a value, in jq's words. */
export class JqError {
  constructor(readonly text: string) {}
}

export const isObject = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isArray = (value: Json): value is readonly Json[] => Array.isArray(value);
const typeOf = (value: Json) => (value === null ? 'null' : isArray(value) ? 'array' : typeof value);
const isTrue = (value: Json) => value !== null && value !== false;

/** All values that a filter makes of one; an error ends them. */
export function* evaluate(filter: Filter, input: Json): Generator<Json> {
  switch (filter.kind) {
    case 'identity':
      yield input;
      return;
    case 'recurse':
      yield* descend(input);
      return;
    case 'literal':
      yield filter.value;
      return;
    case 'text':
      yield filter.parts.map((part) => (typeof part === 'string' ? part : textOf(first(part, input)))).join('');
      return;
    case 'field':
      for (const value of evaluate(filter.from, input))
        for (const key of evaluate(filter.key, input)) {
          const found = lookUp(value, key);
          if (!(found instanceof JqError)) yield found;
          else if (!filter.quiet) throw found;
        }
      return;
    case 'slice':
      for (const value of evaluate(filter.from, input)) {
        const [start, end] = [filter.start, filter.end].map((part) => (part ? Number(first(part, input)) : undefined));
        if (typeof value === 'string') yield [...value].slice(start, end).join('');
        else if (isArray(value)) yield value.slice(start, end);
        else if (value === null) yield null;
        else throw new JqError(`Cannot index ${typeOf(value)} with object`);
      }
      return;
    case 'iterate':
      for (const value of evaluate(filter.from, input)) {
        if (isArray(value)) yield* value;
        else if (isObject(value)) yield* Object.values(value);
        else if (!filter.quiet)
          throw new JqError(
            `Cannot iterate over ${typeOf(value)}${value === null ? '' : ` (${JSON.stringify(value)})`}`,
          );
      }
      return;
    case 'binary':
      yield* binary(filter.operator, filter.left, filter.right, input);
      return;
    case 'negate':
      for (const value of evaluate(filter.operand, input)) yield -Number(value);
      return;
    case 'array':
      yield filter.content ? [...evaluate(filter.content, input)] : [];
      return;
    case 'object':
      yield* objects(filter.entries, input);
      return;
    case 'if':
      for (const test of evaluate(filter.test, input)) yield* evaluate(isTrue(test) ? filter.yes : filter.no, input);
      return;
    case 'call':
      yield* call(filter.name, filter.args, input);
  }
}

function first(filter: Filter, input: Json): Json {
  for (const value of evaluate(filter, input)) return value;
  return null;
}

const textOf = (value: Json) => (typeof value === 'string' ? value : JSON.stringify(value));

function* descend(value: Json): Generator<Json> {
  yield value;
  const below = isArray(value) ? value : isObject(value) ? Object.values(value) : [];
  for (const each of below) yield* descend(each);
}

function lookUp(value: Json, key: Json): Json | JqError {
  if (value === null) return null;
  if (isObject(value) && typeof key === 'string') return Object.hasOwn(value, key) ? (value[key] as Json) : null;
  if (isArray(value) && typeof key === 'number') return value.at(Math.floor(key)) ?? null;
  return new JqError(`Cannot index ${typeOf(value)} with ${typeof key === 'string' ? `"${key}"` : typeOf(key)}`);
}

function* binary(operator: string, left: Filter, right: Filter, input: Json): Generator<Json> {
  if (operator === '|') {
    for (const value of evaluate(left, input)) yield* evaluate(right, value);
    return;
  }
  if (operator === ',') {
    yield* evaluate(left, input);
    yield* evaluate(right, input);
    return;
  }
  if (operator === '//') {
    const values = attempt(left, input).filter(isTrue);
    yield* values.length > 0 ? values : evaluate(right, input);
    return;
  }
  for (const b of evaluate(right, input))
    for (const a of evaluate(left, input)) {
      if (operator === 'and') yield isTrue(a) && isTrue(b);
      else if (operator === 'or') yield isTrue(a) || isTrue(b);
      else yield combine(operator, a, b);
    }
}

function attempt(filter: Filter, input: Json): Json[] {
  const values: Json[] = [];
  try {
    for (const value of evaluate(filter, input)) values.push(value);
  } catch (problem) {
    if (!(problem instanceof JqError)) throw problem;
  }
  return values;
}

function combine(operator: string, a: Json, b: Json): Json {
  switch (operator) {
    case '==':
      return compare(a, b) === 0;
    case '!=':
      return compare(a, b) !== 0;
    case '<':
      return compare(a, b) < 0;
    case '<=':
      return compare(a, b) <= 0;
    case '>':
      return compare(a, b) > 0;
    case '>=':
      return compare(a, b) >= 0;
    case '+':
      if (a === null) return b;
      if (b === null) return a;
      if (typeof a === 'string' && typeof b === 'string') return a + b;
      if (isArray(a) && isArray(b)) return [...a, ...b];
      if (isObject(a) && isObject(b)) return { ...a, ...b };
      break;
    case '-':
      if (isArray(a) && isArray(b)) return a.filter((each) => !b.some((other) => compare(each, other) === 0));
      break;
    case '/':
      if (typeof a === 'string' && typeof b === 'string') return a.split(b);
      if (b === 0)
        throw new JqError(
          `${JSON.stringify(a)} and ${JSON.stringify(b)} cannot be divided because the divisor is zero`,
        );
      break;
  }
  if (typeof a !== 'number' || typeof b !== 'number')
    throw new JqError(
      `${typeOf(a)} and ${typeOf(b)} cannot be ${operator === '+' ? 'added' : operator === '-' ? 'subtracted' : operator === '*' ? 'multiplied' : 'divided'}`,
    );
  return operator === '+'
    ? a + b
    : operator === '-'
      ? a - b
      : operator === '*'
        ? a * b
        : operator === '/'
          ? a / b
          : Math.trunc(a) % Math.trunc(b);
}

const RANKS = ['null', 'boolean', 'number', 'string', 'array', 'object'];

function compare(a: Json, b: Json): number {
  const [x, y] = [RANKS.indexOf(typeOf(a)), RANKS.indexOf(typeOf(b))];
  if (x !== y) return x - y;
  if (isArray(a) && isArray(b)) {
    for (let i = 0; i < Math.min(a.length, b.length); i++) {
      const order = compare(a[i] as Json, b[i] as Json);
      if (order !== 0) return order;
    }
    return a.length - b.length;
  }
  if (isObject(a) && isObject(b))
    return (
      compare(Object.keys(a).sort(), Object.keys(b).sort()) ||
      compare(
        Object.keys(a)
          .sort()
          .map((key) => a[key] as Json),
        Object.keys(b)
          .sort()
          .map((key) => b[key] as Json),
      )
    );
  return (a as number) < (b as number) ? -1 : (a as number) > (b as number) ? 1 : 0;
}

function* objects(entries: readonly (readonly [Filter, Filter])[], input: Json): Generator<Json> {
  const [entry, ...rest] = entries;
  if (!entry) {
    yield {};
    return;
  }
  for (const key of evaluate(entry[0], input))
    for (const value of evaluate(entry[1], input))
      for (const more of objects(rest, input)) yield { [String(key)]: value, ...(more as Record<string, Json>) };
}

function* call(name: string, args: readonly Filter[], input: Json): Generator<Json> {
  const [argument] = args;
  const list = (): readonly Json[] => {
    if (isArray(input)) return input;
    if (isObject(input)) return Object.values(input);
    throw new JqError(`Cannot iterate over ${typeOf(input)}`);
  };
  const by = (value: Json) => (argument ? [...evaluate(argument, value)] : [value]);
  const text = (): string => {
    if (typeof input !== 'string')
      throw new JqError(`${typeOf(input)} (${JSON.stringify(input)}) cannot be matched, as it is not a string`);
    return input;
  };
  switch (name) {
    case 'empty':
      return;
    case 'not':
      yield !isTrue(input);
      return;
    case 'length':
      yield input === null
        ? 0
        : typeof input === 'string'
          ? [...input].length
          : typeof input === 'number'
            ? Math.abs(input)
            : list().length;
      return;
    case 'keys':
    case 'keys_unsorted':
      if (isArray(input)) yield input.map((_each, i) => i);
      else if (isObject(input)) yield name === 'keys' ? Object.keys(input).sort() : Object.keys(input);
      else throw new JqError(`${typeOf(input)} (${JSON.stringify(input)}) has no keys`);
      return;
    case 'values':
      if (input !== null) yield input;
      return;
    case 'type':
      yield typeOf(input);
      return;
    case 'add': {
      let sum: Json = null;
      for (const value of list()) sum = combine('+', sum, value);
      yield sum;
      return;
    }
    case 'select':
      for (const test of by(input)) if (isTrue(test)) yield input;
      return;
    case 'map':
      yield list().flatMap(by);
      return;
    case 'map_values':
      yield isArray(input)
        ? input.flatMap((each) => by(each).slice(0, 1))
        : Object.fromEntries(
            Object.entries(input as Record<string, Json>).flatMap(([key, value]) =>
              by(value)
                .slice(0, 1)
                .map((each) => [key, each]),
            ),
          );
      return;
    case 'to_entries':
      yield Object.entries(isObject(input) ? input : {}).map(([key, value]) => ({ key, value }));
      return;
    case 'from_entries':
      yield Object.fromEntries(list().map((each) => [String(lookUp(each, 'key')), lookUp(each, 'value') as Json]));
      return;
    case 'has':
      yield by(input).some((key) =>
        isObject(input) ? Object.hasOwn(input, String(key)) : isArray(input) && Number(key) < input.length,
      );
      return;
    case 'sort':
    case 'sort_by':
      yield [...list()].sort((a, b) => compare(by(a), by(b)));
      return;
    case 'unique':
    case 'unique_by':
      yield [...list()]
        .sort((a, b) => compare(by(a), by(b)))
        .filter((each, i, all) => i === 0 || compare(by(all[i - 1] as Json), by(each)) !== 0);
      return;
    case 'reverse':
      yield typeof input === 'string' ? [...input].reverse().join('') : [...list()].reverse();
      return;
    case 'first':
      yield argument ? first(argument, input) : (list()[0] ?? null);
      return;
    case 'last':
      yield list().at(-1) ?? null;
      return;
    case 'any':
      yield list().some((each) => by(each).some(isTrue));
      return;
    case 'all':
      yield list().every((each) => by(each).every(isTrue));
      return;
    case 'min':
    case 'max': {
      const order = [...list()].sort(compare);
      yield (name === 'min' ? order[0] : order.at(-1)) ?? null;
      return;
    }
    case 'join':
      yield list()
        .map((each) => (each === null ? '' : textOf(each)))
        .join(String(by(input)[0] ?? ''));
      return;
    case 'split':
      yield text().split(String(by(input)[0] ?? ''));
      return;
    case 'startswith':
      yield text().startsWith(String(by(input)[0]));
      return;
    case 'endswith':
      yield text().endsWith(String(by(input)[0]));
      return;
    case 'contains':
      yield contains(input, by(input)[0] ?? null);
      return;
    case 'ltrimstr':
      yield typeof input === 'string' && input.startsWith(String(by(input)[0]))
        ? input.slice(String(by(input)[0]).length)
        : input;
      return;
    case 'ascii_downcase':
      yield text().toLowerCase();
      return;
    case 'ascii_upcase':
      yield text().toUpperCase();
      return;
    case 'tostring':
      yield textOf(input);
      return;
    case 'tonumber': {
      const number = Number(input);
      if (Number.isNaN(number)) throw new JqError(`Cannot be parsed as a number: ${JSON.stringify(input)}`);
      yield number;
      return;
    }
    case 'tojson':
      yield JSON.stringify(input);
      return;
    default:
      throw new JqError(`${name}/${args.length} is not supported here`);
  }
}

function contains(a: Json, b: Json): boolean {
  if (typeof a === 'string' && typeof b === 'string') return a.includes(b);
  if (isArray(a) && isArray(b)) return b.every((each) => a.some((other) => contains(other, each)));
  if (isObject(a) && isObject(b))
    return Object.entries(b).every(([key, value]) => Object.hasOwn(a, key) && contains(a[key] as Json, value));
  return compare(a, b) === 0;
}
