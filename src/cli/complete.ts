import type { Sys } from '../kernel/syscalls/proc.ts';
import { answersTo, type Command } from './command/command.ts';
import { parseFlags } from './command/parse-flags.ts';
import type { Cli } from './docker/cli.ts';

/** Words that could stand for the last of `words`: commands, flags, and what the command's own completer knows. */
export function* complete(cli: Cli, root: Command, words: readonly string[]): Sys<readonly string[]> {
  const before = words.slice(0, -1);
  const word = words.at(-1) ?? '';
  let command = root;
  let used = 0;
  let given: Readonly<Record<string, unknown>> = {};
  let flagged = 0;
  while (command.commands.length > 0 && used < before.length) {
    const flagWords = flagWordsAt(command, before, used);
    if (used + flagWords > before.length) break;
    used += flagWords;
    if (flagWords > 0) continue;
    const next = command.commands.find((each) => answersTo(each, before[used] as string));
    if (next === undefined) return [];
    given = { ...given, ...valuesOf(command, before.slice(flagged, used)) };
    command = next;
    used++;
    flagged = used;
  }
  const fitting = (candidates: readonly string[]): string[] => candidates.filter((each) => each.startsWith(word));
  const rest = before.slice(used);
  given = { ...given, ...valuesOf(command, before.slice(flagged, used)) };
  const flag = flagBefore(command, rest.at(-1));
  if (flag !== null) return fitting((yield* command.completeFlag?.[flag]?.(cli, [], word, given) ?? nothing()) ?? []);
  if (word.startsWith('-')) return fitting(flagNames(command));
  if (command.commands.length > 0) return fitting(command.commands.map((each) => each.name).toSorted());
  const parsed = parseFlags(command.flags, rest, { interspersed: command.interspersed });
  const args = parsed.ok ? parsed.value.positional : [];
  return fitting(yield* command.complete?.(cli, args, word, given) ?? nothing());
}

/** The values of a command's flags; nothing where they are wrong. */
function valuesOf(command: Command, words: readonly string[]): Readonly<Record<string, unknown>> {
  const parsed = parseFlags(command.flags, words);
  return parsed.ok ? parsed.value.values : {};
}

/** How many words the flag that stands there takes; 0 where none does. */
function flagWordsAt(command: Command, words: readonly string[], at: number): number {
  const word = words[at] as string;
  if (!word.startsWith('-') || word === '-') return 0;
  return flagBefore(command, word) === null ? 1 : 2;
}

/** The flag that still waits for its value, when the word before is one. */
function flagBefore(command: Command, previous: string | undefined): string | null {
  if (previous === undefined || !previous.startsWith('-') || previous.includes('=')) return null;
  const entry = Object.entries(command.flags).find(([name, flag]) => {
    const isShort = flag.short !== undefined && !previous.startsWith('--') && previous.endsWith(flag.short);
    return previous === `--${name}` || isShort;
  });
  return entry === undefined || entry[1].alone !== undefined ? null : (entry[1].sameAs ?? entry[0]);
}

function flagNames(command: Command): string[] {
  return Object.entries(command.flags)
    .filter(([, flag]) => flag.hidden !== true && flag.deprecated === undefined)
    .map(([name]) => `--${name}`)
    .toSorted();
}

function* nothing(): Sys<readonly string[]> {
  return [];
}
