import { atLeast } from '../../command/argument-rule.ts';
import { defineCommand } from '../../command/command.ts';
import { bool, strings } from '../../command/flag.ts';
import { imageNames } from '../completion.ts';
import { pathPart } from '../path-part.ts';

/** `docker rmi`. */
export const rm = defineCommand({
  use: 'rm [OPTIONS] IMAGE [IMAGE...]',
  short: 'Remove one or more images',
  aliases: ['remove'],
  top: 'rmi [OPTIONS] IMAGE [IMAGE...]',
  args: atLeast(1),
  flags: {
    force: bool('Remove it even while a stopped container uses it', { short: 'f' }),
    'no-prune': bool('Keep parents that have no tag'),
    platform: strings('Remove only this platform', { limit: 'without effect: images are for one' }),
  },
  complete: imageNames(Number.POSITIVE_INFINITY),
  *run({ cli, flags, args }) {
    const query: Record<string, string> = {
      ...(flags.force ? { force: '1' } : {}),
      ...(flags['no-prune'] ? { noprune: '1' } : {}),
    };
    const failures: string[] = [];
    let fatal = false;
    for (const name of args) {
      const removed = yield* cli.call<{ Deleted?: string; Untagged?: string }[] | null>(
        'DELETE',
        `/images/${pathPart(name)}`,
        { query },
      );
      if (!removed.ok) {
        fatal ||= removed.error.status !== 404;
        failures.push(removed.error.message);
        continue;
      }
      for (const each of removed.value ?? [])
        yield* cli.out(each.Deleted === undefined ? `Untagged: ${each.Untagged}\n` : `Deleted: ${each.Deleted}\n`);
    }
    if (failures.length === 0) return 0;
    const status = yield* cli.fail(failures.join('\n'));
    return flags.force && !fatal ? 0 : status;
  },
});
