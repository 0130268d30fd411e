import type { Sys } from '../../kernel/syscalls/proc.ts';
import type { Cli } from '../docker/cli.ts';
import type { ArgumentRule } from './argument-rule.ts';
import { anyArguments } from './argument-rule.ts';
import type { Flags, FlagValues } from './flag.ts';

/** What a verb gets to work with. */
export interface Invocation<F> {
  readonly cli: Cli;
  /** `docker container stop`, as it was called. */
  readonly path: string;
  readonly args: readonly string[];
  readonly flags: FlagValues<F>;
  /** Whether a flag was given at all. */
  readonly changed: (name: keyof F & string) => boolean;
}

/** Words that could stand where `word` stands, after `args`. `given`: the flags that stand before, by name. */
export type Completer = (
  cli: Cli,
  args: readonly string[],
  word: string,
  given: Readonly<Record<string, unknown>>,
) => Sys<readonly string[]>;

/** A declared command. Parsing, help, usage errors and completion all derive from it. */
export interface Command {
  readonly name: string;
  /** Usage behind the parent's path: `stop [OPTIONS] CONTAINER [CONTAINER...]`. */
  readonly use: string;
  readonly short: string;
  readonly long?: string;
  readonly aliases: readonly string[];
  /** Also a command of its own at the top, under this usage: `ps [OPTIONS]`. */
  readonly top?: string;
  /** All the paths that it can be called by, where they are more than one. */
  readonly paths: readonly string[];
  /** Among the common commands of `docker --help`, in this place. */
  readonly common?: number;
  readonly swarm?: boolean;
  /** A program of its own behind this word. */
  readonly plugin?: boolean;
  readonly args: ArgumentRule;
  readonly flags: Flags;
  /** Flags may follow arguments. */
  readonly interspersed: boolean;
  /** Why it isn't modelled here; whatever flags it gets, it doesn't look at them. */
  readonly refused?: string;
  readonly complete?: Completer;
  readonly completeFlag?: Readonly<Record<string, Completer>>;
  readonly commands: readonly Command[];
  readonly run?: (invocation: Invocation<Flags>) => Sys<number>;
}

/** Declares a verb. */
export function defineCommand<const F extends Flags>(declaration: {
  readonly use: string;
  readonly short: string;
  readonly long?: string;
  readonly aliases?: readonly string[];
  readonly top?: string;
  readonly common?: number;
  readonly args?: ArgumentRule;
  readonly flags?: F;
  readonly interspersed?: boolean;
  readonly complete?: Completer;
  readonly completeFlag?: Readonly<Record<string, Completer>>;
  readonly run: (invocation: Invocation<F>) => Sys<number>;
}): Command {
  const { run, ...rest } = declaration;
  return {
    aliases: [],
    paths: [],
    args: anyArguments,
    flags: {},
    interspersed: true,
    ...rest,
    name: nameOf(declaration.use),
    commands: [],
    run: run as unknown as NonNullable<Command['run']>,
  };
}

/** Declares a command that only has commands below it: `docker network`. */
export function defineGroup(declaration: {
  readonly use: string;
  readonly short: string;
  readonly swarm?: boolean;
  readonly commands: readonly Command[];
}): Command {
  const name = nameOf(declaration.use);
  return {
    aliases: [],
    paths: [],
    args: anyArguments,
    flags: {},
    interspersed: true,
    ...declaration,
    name,
    commands: declaration.commands.map((command) => ({ ...command, paths: pathsOf(command, `docker ${name}`) })),
  };
}

/** The same verb as a top-level command: `docker ps` for `docker container ls`. */
export function atTop(command: Command): Command | null {
  if (command.top === undefined) return null;
  return { ...command, use: command.top, name: nameOf(command.top), aliases: [] };
}

/** Whether a word calls this command. */
export function answersTo(command: Command, word: string): boolean {
  return command.name === word || command.aliases.includes(word);
}

function pathsOf(command: Command, group: string): readonly string[] {
  const below = [command.name, ...command.aliases].map((name) => `${group} ${name}`);
  const paths = command.top === undefined ? below : [...below, `docker ${nameOf(command.top)}`];
  return paths.length > 1 ? paths : [];
}

function nameOf(use: string): string {
  return use.split(' ', 1)[0] as string;
}
