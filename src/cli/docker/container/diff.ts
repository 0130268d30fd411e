import { exactly } from '../../command/argument-rule.ts';
import { defineCommand } from '../../command/command.ts';
import { containerNames } from '../completion.ts';

const KINDS = ['C', 'A', 'D'];

/** `docker diff`: what a container changed, added and deleted of its image's files. */
export const diff = defineCommand({
  use: 'diff CONTAINER',
  short: "Show what changed in a container's files",
  top: 'diff CONTAINER',
  args: exactly(1),
  complete: containerNames({ all: true }),
  *run({ cli, args: [name = ''] }) {
    const answer = yield* cli.call<{ Path: string; Kind: number }[] | null>('GET', `/containers/${name}/changes`);
    if (!answer.ok) return yield* cli.fail(answer.error.message);
    yield* cli.out((answer.value ?? []).map(({ Path, Kind }) => `${KINDS[Kind]} ${Path}\n`).join(''));
    return 0;
  },
});
