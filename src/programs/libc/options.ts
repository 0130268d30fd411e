import type { Proc, Sys } from '../../kernel/syscalls/proc.ts';
import { showUsage } from './busybox-usage.ts';
import { type GivenOption, getopt, problemText } from './getopt.ts';

/** A command line once read: which options were given, with what values, and the operands. */
export class Options {
  constructor(
    private readonly given: readonly GivenOption[],
    readonly operands: readonly string[],
  ) {}

  has(letter: string): boolean {
    return this.given.some(({ name }) => name === letter);
  }

  /** How often it was given. */
  count(letter: string): number {
    return this.given.filter(({ name }) => name === letter).length;
  }

  /** The value; the last one counts. */
  value(letter: string): string | undefined {
    return this.given.findLast(({ name }) => name === letter)?.value;
  }

  values(letter: string): readonly string[] {
    return this.given.flatMap(({ name, value }) => (name === letter ? [value] : []));
  }
}

type Spec = Parameters<typeof getopt>[2];

/** A BusyBox applet's options (getopt32); after a mistake its usage has been shown and null comes back: the status is 1. */
export function* appletOptions(
  proc: Proc,
  applet: string,
  spec: string,
  usage: string,
  how: Spec & { readonly argv?: readonly string[]; readonly minimum?: number; readonly maximum?: number } = {},
): Sys<Options | null> {
  const { given, rest, problem } = getopt(how.argv ?? proc.argv.slice(1), spec, how);
  const { minimum = 0, maximum = Number.POSITIVE_INFINITY } = how;
  if (problem) yield* showUsage(proc, usage, problemText(applet, problem, 'musl'));
  else if (rest.length < minimum || rest.length > maximum) yield* showUsage(proc, usage);
  else return new Options(given, rest);
  return null;
}

/** Options of a program of the host, in glibc's words; after a mistake they and `usage` have been shown and null comes back. */
export function* hostOptions(
  proc: Proc,
  program: string,
  spec: string,
  usage: string,
  how: Spec & { readonly argv?: readonly string[] } = {},
): Sys<Options | null> {
  const { given, rest, problem } = getopt(how.argv ?? proc.argv.slice(1), spec, how);
  if (!problem) return new Options(given, rest);
  yield* proc.write(2, `${problemText(program, problem, 'glibc')}\n${usage}`);
  return null;
}

/** A whole number in a range, as BusyBox reads it (xatou_range); else what it complains. */
export function readNumber(text: string, least: number, most: number): number | string {
  if (!/^\d+$/.test(text)) return `invalid number '${text}'`;
  const number = Number(text);
  return number >= least && number <= most ? number : `number ${text} is not in ${least}..${most} range`;
}
