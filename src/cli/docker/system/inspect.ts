import { atLeast } from '../../command/argument-rule.ts';
import { defineCommand } from '../../command/command.ts';
import { bool, quote, string } from '../../command/flag.ts';
import { containerNames, words } from '../completion.ts';
import { anyFinder, finder, OBJECT_TYPES, type ObjectType } from '../finders.ts';
import { FORMAT_FLAG, inspectObjects } from '../inspect-objects.ts';

/** `docker inspect`: whatever bears the name. */
export const inspect = defineCommand({
  use: 'inspect [OPTIONS] NAME|ID [NAME|ID...]',
  short: 'Show all that is known of any Docker object',
  args: atLeast(1),
  flags: {
    format: FORMAT_FLAG,
    size: bool('Show how much a container wrote', { short: 's' }),
    type: string('Only objects of this type'),
  },
  complete: containerNames({ all: true }),
  completeFlag: { type: words(...OBJECT_TYPES) },
  *run({ cli, flags, args, changed }) {
    const known = OBJECT_TYPES.join('", "');
    if (changed('type') && flags.type === '') return yield* cli.fail(`type is empty: must be one of "${known}"`);
    const query: Record<string, string> = flags.size ? { size: '1' } : {};
    if (flags.type === '') return yield* inspectObjects(cli, args, flags.format, anyFinder(cli, query));
    if (!(OBJECT_TYPES as readonly string[]).includes(flags.type))
      return yield* cli.fail(`unknown type: ${quote(flags.type)}: must be one of "${known}"`);
    return yield* inspectObjects(cli, args, flags.format, finder(cli, flags.type as ObjectType, query));
  },
});
