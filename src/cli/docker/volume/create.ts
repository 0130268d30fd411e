import { atMost } from '../../command/argument-rule.ts';
import { defineCommand } from '../../command/command.ts';
import { list, map, string } from '../../command/flag.ts';
import { checkLabel } from '../container/checks.ts';
import { toRecord } from '../container/key-value-files.ts';

/** `docker volume create`. */
export const create = defineCommand({
  use: 'create [OPTIONS] [VOLUME]',
  short: 'Create a volume',
  args: atMost(1),
  flags: {
    driver: string('Driver of the volume', { short: 'd', initial: 'local' }),
    label: list('Set a label on the volume', { check: checkLabel }),
    name: string('Name of the volume', { hidden: true }),
    opt: map('Option of the driver', { short: 'o' }),
  },
  *run({ cli, flags, args: [argument] }) {
    if (argument !== undefined && flags.name !== '')
      return yield* cli.fail(
        'conflicting options: cannot specify a volume-name through both --name and as a positional arg',
      );
    const created = yield* cli.call<{ Name: string }>('POST', '/volumes/create', {
      body: {
        Name: argument ?? flags.name,
        Driver: flags.driver,
        DriverOpts: Object.fromEntries(flags.opt),
        Labels: toRecord(flags.label),
      },
    });
    if (!created.ok) return yield* cli.fail(created.error.message);
    yield* cli.out(`${created.value.Name}\n`);
    return 0;
  },
});
