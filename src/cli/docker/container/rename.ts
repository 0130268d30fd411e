import { exactly } from '../../command/argument-rule.ts';
import { defineCommand } from '../../command/command.ts';
import { containerNames } from '../completion.ts';

/** `docker rename`. */
export const rename = defineCommand({
  use: 'rename CONTAINER NEW_NAME',
  short: 'Rename a container',
  top: 'rename CONTAINER NEW_NAME',
  args: exactly(2),
  complete: containerNames({ all: true }),
  *run({ cli, args }) {
    const [from = '', to = ''] = args.map((each) => each.trim());
    if (from === '' || to === '') return yield* cli.fail('Error: Neither old nor new names may be empty');
    const done = yield* cli.call('POST', `/containers/${from}/rename`, { query: { name: to } });
    if (done.ok) return 0;
    return yield* cli.fail(`${done.error.message}\nError: failed to rename container named ${from}`);
  },
});
