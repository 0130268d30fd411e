import { atLeast } from '../../command/argument-rule.ts';
import { defineCommand } from '../../command/command.ts';
import { bool } from '../../command/flag.ts';
import { volumeNames } from '../completion.ts';

/** `docker volume rm`. */
export const rm = defineCommand({
  use: 'rm [OPTIONS] VOLUME [VOLUME...]',
  short: 'Remove one or more volumes',
  long: 'Remove one or more volumes. A volume that a container uses stays.',
  aliases: ['remove'],
  args: atLeast(1),
  flags: { force: bool("Say nothing about volumes that don't exist", { short: 'f' }) },
  complete: volumeNames,
  *run({ cli, flags, args }) {
    const query: Record<string, string> = flags.force ? { force: '1' } : {};
    const failures: string[] = [];
    for (const name of args) {
      const removed = yield* cli.call('DELETE', `/volumes/${name}`, { query });
      if (removed.ok) yield* cli.out(`${name}\n`);
      else failures.push(removed.error.message);
    }
    return failures.length === 0 ? 0 : yield* cli.fail(failures.join('\n'));
  },
});
