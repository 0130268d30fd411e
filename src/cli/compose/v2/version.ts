import { VERSION } from '../../../compose/v2/naming.ts';
import { noArguments } from '../../command/argument-rule.ts';
import { bool, string } from '../../command/flag.ts';
import { noCompletion } from './completion.ts';
import { defineVerb } from './verb.ts';

export const version = defineVerb({
  use: 'version [OPTIONS]',
  short: 'Show the Docker Compose version information',
  args: noArguments,
  complete: noCompletion,
  flags: {
    format: string('Format the output. Values: [pretty | json]. (Default: pretty)', { short: 'f' }),
    short: bool("Shows only Compose's version number"),
  },
  *run({ compose: { console }, flags }) {
    if (flags.short) yield* console.out(`${VERSION}\n`);
    else if (flags.format === 'json') yield* console.out(`{"version":"v${VERSION}"}\n`);
    else yield* console.out(`Docker Compose version v${VERSION}\n`);
    return 0;
  },
});
