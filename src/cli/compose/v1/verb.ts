import type { Console } from '../../../compose/v1/console.ts';
import type { Engine } from '../../../compose/engine/engine.ts';
import type { Project } from '../../../compose/model/project.ts';
import type { Proc, Sys } from '../../../kernel/syscalls/proc.ts';
import type { Option, Parsed } from './options.ts';

/** What a verb works with. */
export interface Context {
  readonly proc: Proc;
  readonly engine: Engine;
  readonly console: Console;
  readonly project: Project;
  readonly parsed: Parsed;
}

/** One docker-compose command; its usage, parsing and dispatch derive from this declaration. */
export interface Verb {
  readonly name: string;
  /** For the list of commands. */
  readonly short: string;
  /** Behind `Usage: name `. */
  readonly args: string;
  readonly options: readonly Option[];
  /** Options end at the first positional. */
  readonly stopAtFirst?: boolean;
  /** Fewest positionals. */
  readonly atLeast?: number;
  readonly run: (context: Context) => Sys<number>;
}

export const TIMEOUT: Option = {
  short: '-t',
  long: '--timeout',
  value: 'TIMEOUT',
  help: 'Seconds to wait before a container is killed (default: 10)',
};

/** Seconds of `--timeout`; undefined without one. */
export function timeoutOf({ parsed }: Context): number | undefined {
  const [text] = parsed.values.get('--timeout') ?? [];
  return text === undefined || Number.isNaN(Number(text)) ? undefined : Number(text);
}

/** The project's services that were named, or all; null and a message where one doesn't exist. */
export function* namedServices(context: Context, names = context.parsed.positional): Sys<readonly string[] | null> {
  const known = context.project.services.map((service) => service.name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return names.length > 0 ? names : known;
  yield* context.console.error(`No such service: ${unknown}`);
  return null;
}
