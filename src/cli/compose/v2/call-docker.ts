import type { Sys } from '../../../kernel/syscalls/proc.ts';
import type { Command } from '../../command/command.ts';
import type { Cli } from '../../docker/cli.ts';

/** Runs a verb of the docker command in this process, as the plugin does by using its library. */
export function* callDocker(
  cli: Cli,
  command: Command,
  args: readonly string[],
  flags: Readonly<Record<string, unknown>>,
): Sys<number> {
  const initial = Object.fromEntries(Object.entries(command.flags).map(([name, flag]) => [name, flag.initial]));
  if (!command.run) return 0;
  return yield* command.run({
    cli,
    path: `docker ${command.name}`,
    args,
    flags: { ...initial, ...flags },
    changed: (name) => Object.hasOwn(flags, name),
  });
}
