import { noArguments } from '../../command/argument-rule.ts';
import { defineCommand } from '../../command/command.ts';
import { bool, string } from '../../command/flag.ts';
import { formatList } from '../../format/listing.ts';
import { naturalOrder } from '../../format/natural-order.ts';
import type { NetworkSummary } from '../api-objects.ts';
import { filterFlag, filterQuery } from '../filters.ts';
import { NETWORKS } from './network-listing.ts';

/** `docker network ls`. */
export const ls = defineCommand({
  use: 'ls [OPTIONS]',
  short: 'List networks',
  aliases: ['list'],
  args: noArguments,
  flags: {
    filter: filterFlag('Only those that fulfil a condition (driver=bridge)'),
    format: string("Print in this form: 'table', 'table TEMPLATE', 'json', or a Go template"),
    'no-trunc': bool("Don't shorten anything"),
    quiet: bool('Show network IDs alone', { short: 'q' }),
  },
  *run({ cli, flags }) {
    const answer = yield* cli.call<NetworkSummary[]>('GET', '/networks', { query: filterQuery(flags.filter) });
    if (!answer.ok) return yield* cli.fail(answer.error.message);
    const networks = answer.value.toSorted((a, b) => naturalOrder(a.Name, b.Name));
    const text = formatList(NETWORKS, networks, {
      format: flags.format,
      quiet: flags.quiet && (flags.format === '' || flags.format === 'table'),
      truncate: !flags['no-trunc'],
      now: cli.proc.date(),
    });
    if (!text.ok) return yield* cli.fail(text.error);
    yield* cli.out(text.value);
    return 0;
  },
});
