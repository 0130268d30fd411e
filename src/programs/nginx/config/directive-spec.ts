import type { Context } from './directive.ts';
import { parseSize, parseTime } from './values.ts';

/** What the checker has to know of a directive. */
export interface DirectiveSpec {
  readonly contexts: readonly Context[];
  readonly least: number;
  readonly most: number;
  /** What its block is; absent where it ends with a semicolon. */
  readonly block?: Context;
  /** May be said again in the same block. */
  readonly repeats?: boolean;
  /** Real, but without effect here: the reader is told. */
  readonly noEffect?: boolean;
  /** What is wrong with its values: a whole text without the place, or null. */
  readonly check?: (args: readonly string[], name: string) => string | null;
}

type Options = Partial<Omit<DirectiveSpec, 'contexts' | 'least' | 'most'>>;

/** @param args how many: `1`, `1-3`, `1+` */
export function spec(contexts: string, args: string, options: Options = {}): DirectiveSpec {
  const [least = '0', most = least] = args.replace('+', '-99').split('-');
  return { contexts: contexts.split(' ') as Context[], least: Number(least), most: Number(most), ...options };
}

const isFlag = (value: string | undefined) => /^(on|off)$/i.test(value ?? '');

/** `on` or `off`. */
export const flag = (contexts: string): DirectiveSpec =>
  spec(contexts, '1', {
    check: ([value], name) =>
      isFlag(value) ? null : `invalid value "${value}" in "${name}" directive, it must be "on" or "off"`,
  });

export const size = (contexts: string): DirectiveSpec =>
  spec(contexts, '1', {
    check: ([value = ''], name) => (parseSize(value) === null ? `"${name}" directive invalid value` : null),
  });

export const time = (contexts: string, args = '1'): DirectiveSpec =>
  spec(contexts, args, {
    check: (values, name) =>
      values.some((value) => parseTime(value) === null) ? `"${name}" directive invalid value` : null,
  });

export const count = (contexts: string): DirectiveSpec =>
  spec(contexts, '1', {
    check: ([value = ''], name) => (/^\d+$/.test(value) ? null : `"${name}" directive invalid number`),
  });

/** Directives that tune what nobody can see here: taken, whatever they say. */
export function tuning(contexts: string, names: string): Record<string, DirectiveSpec> {
  return Object.fromEntries(names.split(/\s+/).map((name) => [name, spec(contexts, '1+', { repeats: true })]));
}

/** Directives whose effect this host doesn't have: taken with a warning. */
export function withoutEffect(contexts: string, names: string): Record<string, DirectiveSpec> {
  return Object.fromEntries(
    names.split(/\s+/).map((name) => [name, spec(contexts, '0+', { repeats: true, noEffect: true })]),
  );
}
