import { atLeast } from '../../command/argument-rule.ts';
import { defineCommand } from '../../command/command.ts';
import { bool } from '../../command/flag.ts';
import { containerNames } from '../completion.ts';

/** `docker rm`; with --force a container that isn't there is only mentioned. */
export const rm = defineCommand({
  use: 'rm [OPTIONS] CONTAINER [CONTAINER...]',
  short: 'Remove one or more containers',
  aliases: ['remove'],
  top: 'rm [OPTIONS] CONTAINER [CONTAINER...]',
  args: atLeast(1),
  flags: {
    force: bool('Remove it even while it runs (it gets SIGKILL)', { short: 'f' }),
    link: bool('Remove the link of that name', { short: 'l', refused: 'links go with their containers' }),
    volumes: bool('Remove its anonymous volumes too', { short: 'v' }),
  },
  complete: containerNames({ all: true }),
  *run({ cli, flags, args }) {
    const query: Record<string, string> = {
      ...(flags.volumes ? { v: '1' } : {}),
      ...(flags.force ? { force: '1' } : {}),
    };
    return yield* cli.forEach(args, (name) => ['DELETE', `/containers/${name.replace(/^\/+|\/+$/g, '')}`, { query }], {
      tolerate: (failure) => flags.force && failure.status === 404,
    });
  },
});
