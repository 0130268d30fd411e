import { parseByteSize } from '../../base/byte-size.ts';
import { parseDuration } from '../../base/go-duration.ts';
import { err, ok, type Result } from '../../base/result.ts';

/**
 * Flags as spf13/pflag has them: a value that grows with every occurrence, the word for it in help, and the words of
 * what is wrong with a bad one. Flags that only other systems have are declared hidden.
 */
export interface Flag<T> {
  readonly short?: string;
  readonly help: string;
  /** What stands for the value in help; empty for a switch. */
  readonly type: string;
  readonly initial: T;
  /** What `--flag` alone means; a flag without this needs a value. */
  readonly alone?: string;
  readonly hidden?: boolean;
  /** Still works, but says so: what to use instead. */
  readonly deprecated?: string;
  /** Sets another flag of the command. */
  readonly sameAs?: string;
  /** What it doesn't do here, where it does less than docker's. */
  readonly limit?: string;
  /** Known, but not modelled here, and why: a command that is given it says so and does nothing. */
  readonly refused?: string;
  /** What help shows as its default. */
  readonly shown?: string;
  parse(text: string, current: T, changed: boolean): Result<T, string>;
}

export type Flags = Readonly<Record<string, Flag<unknown>>>;
export type FlagValues<F> = { readonly [Name in keyof F]: F[Name] extends Flag<infer T> ? T : never };

type Common = Partial<
  Pick<Flag<unknown>, 'short' | 'hidden' | 'deprecated' | 'sameAs' | 'shown' | 'limit' | 'refused'> & {
    readonly type: string;
  }
>;

const TRUE = ['1', 't', 'T', 'true', 'TRUE', 'True'];
const FALSE = ['0', 'f', 'F', 'false', 'FALSE', 'False'];

/** A switch; `--flag=false` turns it off. */
export function bool(help: string, options: Common & { readonly initial?: boolean } = {}): Flag<boolean> {
  const initial = options.initial ?? false;
  return {
    type: '',
    shown: initial ? 'true' : '',
    ...options,
    help,
    initial,
    alone: 'true',
    parse: (text) =>
      TRUE.includes(text)
        ? ok(true)
        : FALSE.includes(text)
          ? ok(false)
          : err(`strconv.ParseBool: parsing ${quote(text)}: invalid syntax`),
  };
}

export function string(
  help: string,
  options: Common & { readonly initial?: string; readonly check?: (text: string) => Result<string, string> } = {},
): Flag<string> {
  const { check, ...rest } = options;
  const initial = options.initial ?? '';
  return {
    type: 'string',
    shown: initial === '' ? '' : quote(initial),
    ...rest,
    help,
    initial,
    parse: (text) => (check === undefined ? ok(text) : check(text)),
  };
}

export function int(help: string, options: Common & { readonly initial?: number } = {}): Flag<number> {
  const initial = options.initial ?? 0;
  return {
    type: 'int',
    shown: initial === 0 ? '' : String(initial),
    ...options,
    help,
    initial,
    parse: (text) =>
      /^[+-]?\d+$/.test(text) ? ok(Number(text)) : err(`strconv.ParseInt: parsing ${quote(text)}: invalid syntax`),
  };
}

/** A number with a fraction, as `--cpus` takes it. */
export function decimal(help: string, options: Common = {}): Flag<number> {
  return {
    type: 'decimal',
    ...options,
    help,
    initial: 0,
    parse: (text) =>
      /^\d*\.?\d+$/.test(text) ? ok(Number(text)) : err(`failed to parse ${text} as a rational number`),
  };
}

/** A Go duration (`1m30s`), in nanoseconds. */
export function duration(help: string, options: Common = {}): Flag<number> {
  return {
    type: 'duration',
    ...options,
    help,
    initial: 0,
    parse: (text) => {
      const value = parseDuration(text);
      return value === null ? err(`time: invalid duration ${quote(text)}`) : ok(value);
    },
  };
}

/** Bytes with a unit: `64m`. */
export function bytes(help: string, options: Common = {}): Flag<number> {
  return {
    type: 'bytes',
    ...options,
    help,
    initial: 0,
    parse: (text) => {
      const value = parseByteSize(text);
      return value === null ? err(`invalid size: '${text}'`) : ok(value);
    },
  };
}

/** A list that grows with every occurrence (docker's ListOpts). */
export function list(
  help: string,
  options: Common & { readonly check?: (text: string) => Result<string, string> } = {},
): Flag<readonly string[]> {
  const { check, ...rest } = options;
  return {
    type: 'list',
    ...rest,
    help,
    initial: [],
    parse: (text, current) => {
      const checked = check === undefined ? ok(text) : check(text);
      return checked.ok ? ok([...current, checked.value]) : checked;
    },
  };
}

/** A list whose values may also be separated by commas (pflag's stringSlice). */
export function strings(help: string, options: Common = {}): Flag<readonly string[]> {
  return {
    type: 'strings',
    ...options,
    help,
    initial: [],
    parse: (text, current) => ok([...current, ...(text === '' ? [] : text.split(','))]),
  };
}

/** `key=value`, once for each key (docker's MapOpts). */
export function map(
  help: string,
  options: Common & { readonly check?: (text: string) => Result<string, string> } = {},
): Flag<ReadonlyMap<string, string>> {
  const { check, ...rest } = options;
  return {
    type: 'map',
    ...rest,
    help,
    initial: new Map(),
    parse: (text, current) => {
      const checked = check === undefined ? ok(text) : check(text);
      if (!checked.ok) return checked;
      const [key, ...value] = checked.value.split('=');
      return ok(new Map(current).set(key as string, value.join('=')));
    },
  };
}

/** Go's %q of a text. */
export function quote(text: string): string {
  return JSON.stringify(text);
}
