import { err, ok, type Result } from '../../base/result.ts';
import { compare, equals } from './compare.ts';
import { sprintf } from './sprintf.ts';
import {
  GoAnyMap,
  GoNil,
  isList,
  isMap,
  isTrue,
  NO_VALUE,
  printValue,
  toJson,
  typeName,
  type GoValue,
} from './value.ts';

/** A function of the template language; the error is what comes behind `error calling NAME: `. */
export interface TemplateFunction {
  readonly least: number;
  readonly most: number;
  readonly call: (args: readonly GoValue[]) => Result<GoValue, string>;
}

export type Functions = ReadonlyMap<string, TemplateFunction>;

const MANY = Number.POSITIVE_INFINITY;

/** Go's own functions and docker's (docker/cli templates/templates.go). `and` and `or` stop early: see execute.ts. */
export const FUNCTIONS: Functions = new Map<string, TemplateFunction>([
  ['and', { least: 1, most: MANY, call: (args) => ok(args.find((each) => !isTrue(each)) ?? (args.at(-1) as GoValue)) }],
  ['or', { least: 1, most: MANY, call: (args) => ok(args.find(isTrue) ?? (args.at(-1) as GoValue)) }],
  ['not', { least: 1, most: 1, call: ([value]) => ok(!isTrue(value as GoValue)) }],
  ['len', { least: 1, most: 1, call: ([value]) => length(value as GoValue) }],
  ['index', { least: 1, most: MANY, call: ([value, ...keys]) => index(value as GoValue, keys) }],
  ['slice', { least: 1, most: 4, call: ([value, ...bounds]) => slice(value as GoValue, bounds) }],
  ['print', { least: 0, most: MANY, call: (args) => ok(print(args)) }],
  ['println', { least: 0, most: MANY, call: (args) => ok(`${args.map(printValue).join(' ')}\n`) }],
  ['printf', { least: 1, most: MANY, call: ([format, ...rest]) => withText(format, (text) => sprintf(text, rest)) }],
  ['html', { least: 0, most: MANY, call: (args) => ok(escapeHtml(print(args))) }],
  ['urlquery', { least: 0, most: MANY, call: (args) => ok(encodeURIComponent(print(args)).replace(/%20/g, '+')) }],
  ['eq', { least: 1, most: MANY, call: equals }],
  ['ne', { least: 2, most: 2, call: (args) => negate(equals(args)) }],
  ['lt', { least: 2, most: 2, call: (args) => compare(args, (order) => order < 0) }],
  ['le', { least: 2, most: 2, call: (args) => compare(args, (order) => order <= 0) }],
  ['gt', { least: 2, most: 2, call: (args) => compare(args, (order) => order > 0) }],
  ['ge', { least: 2, most: 2, call: (args) => compare(args, (order) => order >= 0) }],
  ['json', { least: 1, most: 1, call: ([value]) => ok(toJson(value as GoValue)) }],
  [
    'split',
    {
      least: 2,
      most: 2,
      call: ([text, by]) => (typeof by === 'string' ? withText(text, (t) => t.split(by)) : withText(by, () => '')),
    },
  ],
  ['join', { least: 2, most: 2, call: ([items, by]) => withText(by, (text) => join(items as GoValue, text)) }],
  ['title', { least: 1, most: 1, call: ([text]) => withText(text, titleCase) }],
  ['lower', { least: 1, most: 1, call: ([text]) => withText(text, (t) => t.toLowerCase()) }],
  ['upper', { least: 1, most: 1, call: ([text]) => withText(text, (t) => t.toUpperCase()) }],
  ['pad', { least: 3, most: 3, call: ([text, before, after]) => withText(text, (t) => pad(t, before, after)) }],
  ['truncate', { least: 2, most: 2, call: ([text, most]) => withText(text, (t) => t.slice(0, Number(most))) }],
]);

/** For a table's header, docker's functions leave the column's name alone. */
export const HEADER_FUNCTIONS: Functions = new Map(
  [...FUNCTIONS].map(([name, each]) =>
    ['json', 'split', 'join', 'title', 'lower', 'upper', 'truncate'].includes(name)
      ? [name, { ...each, call: ([text]: readonly GoValue[]) => ok(text as GoValue) }]
      : [name, each],
  ),
);

function withText(value: GoValue | undefined, use: (text: string) => GoValue): Result<GoValue, string> {
  return typeof value === 'string'
    ? ok(use(value))
    : err(`wrong type for value; expected string; got ${typeName(value ?? NO_VALUE)}`);
}

function negate(result: Result<GoValue, string>): Result<GoValue, string> {
  return result.ok ? ok(!isTrue(result.value)) : result;
}

function print(args: readonly GoValue[]): string {
  // fmt.Sprint puts a space between two operands when neither is a text.
  let text = '';
  args.forEach((each, i) => {
    if (i > 0 && typeof each !== 'string' && typeof args[i - 1] !== 'string') text += ' ';
    text += printValue(each);
  });
  return text;
}

function join(items: GoValue, by: string): string {
  return isList(items) ? items.map(printValue).join(by) : '';
}

function pad(text: string, before: GoValue | undefined, after: GoValue | undefined): string {
  return text === '' ? '' : ' '.repeat(Number(before)) + text + ' '.repeat(Number(after));
}

function titleCase(text: string): string {
  return text.replace(
    /(^|[^\p{L}\p{N}_'])(\p{L})/gu,
    (_, before: string, letter: string) => before + letter.toUpperCase(),
  );
}

function escapeHtml(text: string): string {
  const names: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&#34;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (character) => names[character] as string);
}

function length(value: GoValue): Result<GoValue, string> {
  if (typeof value === 'string' || isList(value)) return ok(value.length);
  if (isMap(value)) return ok(value.size);
  if (value instanceof GoNil && (value.kind === 'slice' || value.kind === 'map')) return ok(0);
  if (value instanceof GoNil) return err('len of nil pointer');
  return err(`len of type ${typeName(value)}`);
}

function index(value: GoValue, keys: readonly GoValue[]): Result<GoValue, string> {
  let current = value;
  for (const key of keys) {
    if (isMap(current)) {
      if (typeof key !== 'string') return err(`value has type ${typeName(key)}; should be string`);
      current = current.get(key) ?? zeroOf(current);
    } else if (isList(current) || typeof current === 'string') {
      if (typeof key !== 'number') return err(`cannot index slice/array with type ${typeName(key)}`);
      if (key < 0 || key >= current.length) return err(`reflect: slice index out of range`);
      current = typeof current === 'string' ? current.charCodeAt(key) : (current[key] as GoValue);
    } else if (current instanceof GoNil) {
      if (current.kind === 'slice') return err('reflect: slice index out of range');
      if (current.kind === 'map') return ok('');
      return err('index of untyped nil');
    } else return err(`can't index item of type ${typeName(current)}`);
  }
  return ok(current);
}

/** What a Go map gives for a key that it doesn't have. */
function zeroOf(map: ReadonlyMap<string, GoValue>): GoValue {
  if (map instanceof GoAnyMap) return NO_VALUE;
  const [sample] = map.values();
  if (typeof sample === 'string') return '';
  return sample === undefined ? '' : NO_VALUE;
}

function slice(value: GoValue, bounds: readonly GoValue[]): Result<GoValue, string> {
  if (typeof value !== 'string' && !isList(value)) return err(`can't slice item of type ${typeName(value)}`);
  const [from = 0, to = value.length] = bounds.map(Number);
  if (from < 0 || to > value.length) return err(`index out of range: ${from < 0 ? from : to}`);
  if (from > to) return err(`invalid slice index: ${from} > ${to}`);
  return ok(value.slice(from, to));
}
