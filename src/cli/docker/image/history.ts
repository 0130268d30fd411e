import { exactly } from '../../command/argument-rule.ts';
import { defineCommand } from '../../command/command.ts';
import { bool, string } from '../../command/flag.ts';
import { formatList, type Listing } from '../../format/listing.ts';
import { ellipsis } from '../../format/table.ts';
import { humanDuration, humanSize, rfc3339, truncateId } from '../../format/units.ts';
import { imageNames } from '../completion.ts';
import { pathPart } from '../path-part.ts';

interface HistoryEntry {
  readonly Id: string;
  readonly Created: number;
  readonly CreatedBy: string;
  readonly Size: number;
  readonly Comment: string;
}

function listing(human: boolean): Listing<HistoryEntry> {
  const time = (row: HistoryEntry): string => rfc3339(row.Created * 1000);
  return {
    goType: '*image.historyContext',
    table: human
      ? 'table {{.ID}}\\t{{.CreatedSince}}\\t{{.CreatedBy}}\\t{{.Size}}\\t{{.Comment}}'
      : 'table {{.ID}}\\t{{.CreatedAt}}\\t{{.CreatedBy}}\\t{{.Size}}\\t{{.Comment}}',
    quiet: '{{.ID}}',
    columns: {
      ID: ['IMAGE', (row, { truncate }) => (truncate ? truncateId(row.Id) : row.Id)],
      CreatedSince: [
        'CREATED',
        (row, { now }) => (human ? `${humanDuration(now - row.Created * 1000)} ago` : time(row)),
      ],
      CreatedAt: ['CREATED AT', time],
      CreatedBy: [
        'CREATED BY',
        (row, { truncate }) => {
          const text = row.CreatedBy.replaceAll('\t', ' ');
          return truncate ? ellipsis(text, 45) : text;
        },
      ],
      Size: ['SIZE', (row) => (human ? humanSize(row.Size, 3) : String(row.Size))],
      Comment: ['COMMENT', (row) => row.Comment],
    },
  };
}

/** `docker history`. */
export const history = defineCommand({
  use: 'history [OPTIONS] IMAGE',
  short: 'Show how an image was made',
  top: 'history [OPTIONS] IMAGE',
  args: exactly(1),
  flags: {
    format: string("Print in this form: 'table', 'table TEMPLATE', 'json', or a Go template"),
    human: bool('Print sizes and dates for people', { short: 'H', initial: true }),
    'no-trunc': bool("Don't shorten anything"),
    platform: string('Only for this platform', { limit: 'without effect: images are for one' }),
    quiet: bool('Show image IDs alone', { short: 'q' }),
  },
  complete: imageNames(1),
  *run({ cli, flags, args: [name = ''] }) {
    const answer = yield* cli.call<HistoryEntry[]>('GET', `/images/${pathPart(name)}/history`);
    if (!answer.ok) return yield* cli.fail(answer.error.message);
    const text = formatList(listing(flags.human), answer.value, {
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
