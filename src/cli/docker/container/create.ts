import { atLeast } from '../../command/argument-rule.ts';
import { defineCommand } from '../../command/command.ts';
import { imageNames } from '../completion.ts';
import { createBody } from './create-body.ts';
import { createContainer, pullOptionError, withHelp } from './create-container.ts';
import { CREATE_FLAGS } from './create-flags.ts';

/** `docker create`. */
export const create = defineCommand({
  use: 'create [OPTIONS] IMAGE [COMMAND] [ARG...]',
  short: 'Create a new container without starting it',
  top: 'create [OPTIONS] IMAGE [COMMAND] [ARG...]',
  args: atLeast(1),
  interspersed: false,
  flags: CREATE_FLAGS,
  complete: imageNames(1),
  *run({ cli, flags, args, changed }) {
    const wrongPull = pullOptionError(flags.pull);
    if (wrongPull !== null) return yield* cli.fail(withHelp(wrongPull, 'create'), 125);
    const body = yield* createBody(cli.proc, flags, changed, args);
    if (!body.ok) return yield* cli.fail(withHelp(body.error, 'create'), 125);
    const created = yield* createContainer(cli, body.value, flags);
    if (!created.ok) return yield* cli.fail(created.error.message);
    yield* cli.out(`${created.value}\n`);
    return 0;
  },
});
