import type { Program, Sys } from '../kernel/syscalls/proc.ts';
import { argumentError } from './command/argument-rule.ts';
import { answersTo, type Command } from './command/command.ts';
import type { Flags } from './command/flag.ts';
import { helpText, useLine } from './command/help.ts';
import { parseFlags } from './command/parse-flags.ts';
import type { Cli } from './docker/cli.ts';

/** A program behind a word of its own: `docker compose`. It gets the arguments as they were typed. */
export interface Plugin {
  readonly program: Program;
  readonly short: string;
  /** Its verbs and flags, for help and completion. */
  readonly command?: Command;
}

/** Finds the command that the words call, reads its flags and runs it. */
export function* dispatch(cli: Cli, root: Command, words: readonly string[]): Sys<number> {
  let command = root;
  let path = root.name;
  let rest = words;
  while (command.commands.length > 0) {
    const [word] = rest;
    if (word === undefined) return yield* showHelp(cli, command, path, 2);
    if (word.startsWith('-')) return yield* groupFlags(cli, command, path, rest);
    const next = command.commands.find((each) => answersTo(each, word));
    if (next === undefined) return yield* unknownCommand(cli, command, path, word);
    command = next;
    path = `${path} ${word}`;
    rest = rest.slice(1);
  }
  return yield* runVerb(cli, command, path, rest);
}

/** Help of the command that the words name: `docker help network ls`. */
export function* helpFor(cli: Cli, root: Command, words: readonly string[]): Sys<number> {
  let command = root;
  let path = root.name;
  for (const word of words) {
    const next = command.commands.find((each) => answersTo(each, word));
    if (next === undefined) return yield* cli.fail(`unknown help topic: ${words.join(' ')}`);
    command = next;
    path = `${path} ${word}`;
  }
  return yield* showHelp(cli, command, path, 1);
}

/** docker's answer to flags that are none: 125, and no `docker:` before it. */
export function* flagError(cli: Cli, command: Command, path: string, message: string): Sys<number> {
  return yield* cli.fail(
    `${message}\n\nUsage:  ${useLine(command, path)}\n\nRun '${path} --help' for more information`,
    125,
  );
}

function* runVerb(cli: Cli, command: Command, path: string, words: readonly string[]): Sys<number> {
  const loose = command.refused !== undefined && !words.includes('--help');
  const parsed = parseFlags(command.flags, loose ? ['--', ...words] : words, { interspersed: command.interspersed });
  if (!parsed.ok) return yield* flagError(cli, command, path, parsed.error);
  const { values, changed, positional, help, notices } = parsed.value;
  for (const notice of notices) yield* cli.error(`${notice}\n`);
  if (help) return yield* showHelp(cli, command, path, 1);
  const wrong = argumentError(command.args, positional.length, path, useLine(command, path));
  if (wrong !== null) return yield* cli.fail(wrong);
  const refusal = refusalOf(command.flags, changed);
  if (refusal !== null) return yield* cli.fail(`${path}: ${refusal}`);
  if (command.run === undefined) return 0;
  return yield* command.run({ cli, path, args: positional, flags: values, changed: (name) => changed.has(name) });
}

/** What to say of a flag that isn't modelled, if one was given. */
export function refusalOf(flags: Flags, changed: ReadonlySet<string>): string | null {
  const refused = Object.entries(flags).find(([name, flag]) => flag.refused !== undefined && changed.has(name));
  return refused === undefined ? null : `--${refused[0]} is not modelled here: ${refused[1].refused}`;
}

function* groupFlags(cli: Cli, command: Command, path: string, words: readonly string[]): Sys<number> {
  const parsed = parseFlags({} satisfies Flags, words);
  if (!parsed.ok) return yield* flagError(cli, command, path, parsed.error);
  for (const notice of parsed.value.notices) yield* cli.error(`${notice}\n`);
  return yield* showHelp(cli, command, path, parsed.value.help ? 1 : 2);
}

function* unknownCommand(cli: Cli, command: Command, path: string, word: string): Sys<number> {
  const unknown = `docker: unknown command: ${path} ${word}`;
  const usage = path === 'docker' ? '' : `Usage:  ${useLine(command, path)}\n\n`;
  return yield* cli.fail(`${unknown}\n\n${usage}Run '${path} --help' for more information`);
}

export function* showHelp(cli: Cli, command: Command, path: string, to: 1 | 2): Sys<number> {
  const text = helpText(command, path, cli.proc.windowSize(0)?.columns ?? 80);
  yield* to === 1 ? cli.out(text) : cli.error(text);
  return 0;
}
