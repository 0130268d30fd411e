import type { Sys } from '../../../kernel/syscalls/proc.ts';
import { anyArguments, type ArgumentRule } from '../../command/argument-rule.ts';
import { type Command, type Completer, defineCommand } from '../../command/command.ts';
import type { Flags, FlagValues } from '../../command/flag.ts';
import { bool } from '../../command/flag.ts';
import type { ComposeCli } from './compose-cli.ts';
import { serviceCompleter } from './completion.ts';

/** What a verb of docker compose gets to work with. */
export interface ComposeInvocation<F> {
  readonly compose: ComposeCli;
  readonly args: readonly string[];
  readonly flags: FlagValues<F>;
  /** Whether a flag was given at all. */
  readonly changed: (name: keyof F & string) => boolean;
}

/** One verb: help, completion and parsing come from its command; what it does stands beside it. */
export interface ComposeVerb {
  readonly command: Command;
  run(invocation: ComposeInvocation<Flags>): Sys<number>;
}

/** Of every verb; what it would change is not worked out here. */
const DRY_RUN = {
  'dry-run': bool('Execute command in dry run mode', { refused: 'here things are done for real, and can be undone' }),
};

/** Declares a verb. Without a completer of its own it completes names of services. */
export function defineVerb<const F extends Flags>(declaration: {
  readonly use: string;
  readonly short: string;
  readonly long?: string;
  readonly args?: ArgumentRule;
  readonly flags?: F;
  readonly interspersed?: boolean;
  readonly complete?: Completer;
  readonly completeFlag?: Readonly<Record<string, Completer>>;
  readonly run: (invocation: ComposeInvocation<F>) => Sys<number>;
}): ComposeVerb {
  const { run, flags, ...rest } = declaration;
  const command = defineCommand({
    complete: serviceCompleter,
    ...rest,
    args: declaration.args ?? anyArguments,
    flags: { ...flags, ...DRY_RUN },
    *run() {
      return 0;
    },
  });
  return { command, run: run as unknown as ComposeVerb['run'] };
}

/** A verb that docker compose has and this host doesn't: one line says what there is instead. */
export function notHere(use: string, short: string, instead: string): ComposeVerb {
  const name = use.split(' ', 1)[0] as string;
  const verb: ComposeVerb = defineVerb({
    use,
    short,
    interspersed: false,
    *run({ compose }) {
      return yield* compose.console.fail(`docker compose ${name}: ${instead}`);
    },
  });
  return { ...verb, command: { ...verb.command, refused: instead } };
}
