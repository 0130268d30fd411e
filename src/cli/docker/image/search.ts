import { exactly } from '../../command/argument-rule.ts';
import { defineCommand } from '../../command/command.ts';
import { bool, int, string } from '../../command/flag.ts';
import { filterFlag, filterQuery } from '../filters.ts';

/** `docker search`: Docker Hub is asked, which this host doesn't reach. */
export const search = defineCommand({
  use: 'search [OPTIONS] TERM',
  short: 'Search Docker Hub for images',
  common: 9.5,
  args: exactly(1),
  flags: {
    filter: filterFlag('Only those that fulfil a condition (is-official=true)'),
    format: string('Print in this form: a Go template'),
    limit: int('Most results', { shown: '' }),
    'no-trunc': bool("Don't shorten anything"),
  },
  *run({ cli, flags, args: [term = ''] }) {
    const query = { term, ...(flags.limit > 0 ? { limit: String(flags.limit) } : {}), ...filterQuery(flags.filter) };
    const answer = yield* cli.call('GET', '/images/search', { query });
    return answer.ok ? 0 : yield* cli.fail(answer.error.message);
  },
});
