import { noArguments } from '../../command/argument-rule.ts';
import { defineCommand } from '../../command/command.ts';
import { bool, string } from '../../command/flag.ts';
import { formatList } from '../../format/listing.ts';
import { naturalOrder } from '../../format/natural-order.ts';
import type { VolumeSummary } from '../api-objects.ts';
import { filterFlag, filterQuery } from '../filters.ts';
import { VOLUMES } from './volume-listing.ts';

/** `docker volume ls`. */
export const ls = defineCommand({
  use: 'ls [OPTIONS]',
  short: 'List volumes',
  aliases: ['list'],
  args: noArguments,
  flags: {
    filter: filterFlag('Only those that fulfil a condition (dangling=true)'),
    format: string("Print in this form: 'table', 'table TEMPLATE', 'json', or a Go template"),
    cluster: bool('Show cluster volumes alone', { refused: 'this host is in no swarm' }),
    quiet: bool('Show volume names alone', { short: 'q' }),
  },
  *run({ cli, flags }) {
    const answer = yield* cli.call<{ Volumes: VolumeSummary[] | null }>('GET', '/volumes', {
      query: filterQuery(flags.filter),
    });
    if (!answer.ok) return yield* cli.fail(answer.error.message);
    const volumes = (answer.value.Volumes ?? []).toSorted((a, b) => naturalOrder(a.Name, b.Name));
    const quiet = flags.quiet && (flags.format === '' || flags.format === 'table');
    const text = formatList(VOLUMES, volumes, { format: flags.format, quiet, truncate: false, now: cli.proc.date() });
    if (!text.ok) return yield* cli.fail(text.error);
    yield* cli.out(text.value);
    return 0;
  },
});
