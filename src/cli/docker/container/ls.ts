import { noArguments } from '../../command/argument-rule.ts';
import { defineCommand } from '../../command/command.ts';
import { bool, int, string } from '../../command/flag.ts';
import { formatList, rowValue } from '../../format/listing.ts';
import { execute, parse } from '../../template/template.ts';
import type { ContainerSummary } from '../api-objects.ts';
import { filterFlag, filterQuery } from '../filters.ts';
import { CONTAINERS, TABLE_WITH_SIZE } from './container-listing.ts';

const NOBODY: ContainerSummary = {
  Id: '',
  Names: [],
  Image: '',
  ImageID: '',
  Command: '',
  Created: 0,
  Ports: [],
  Labels: {},
  State: '',
  Status: '',
};

/** `docker ps`. */
export const ls = defineCommand({
  use: 'ls [OPTIONS]',
  short: 'List containers',
  aliases: ['list', 'ps'],
  top: 'ps [OPTIONS]',
  common: 3,
  args: noArguments,
  flags: {
    all: bool('Show all containers, not only those that run', { short: 'a' }),
    filter: filterFlag('Show those that fulfil a condition (status=exited)'),
    format: string("Print in this form: 'table', 'table TEMPLATE', 'json', or a Go template"),
    last: int('Show the last n created ones, in any state', { short: 'n', initial: -1 }),
    latest: bool('Show the last created one, in any state', { short: 'l' }),
    'no-trunc': bool("Don't shorten anything"),
    quiet: bool('Show container IDs alone', { short: 'q' }),
    size: bool('Show how much they wrote', { short: 's' }),
  },
  *run({ cli, flags, changed }) {
    const { format, quiet } = flags;
    if (format !== '' && quiet)
      yield* cli.error('WARNING: Ignoring custom format, because both --format and --quiet are set.\n');
    let size = flags.size;
    if (format !== '') {
      const wrong = formatError(format);
      if (wrong !== null) return yield* cli.fail(wrong);
      if (!quiet && !changed('size') && /\.Size\b/.test(format)) size = true;
    }
    const limit = flags.latest && flags.last === -1 ? 1 : flags.last;
    const answer = yield* cli.call<ContainerSummary[]>('GET', '/containers/json', {
      query: {
        ...(flags.all ? { all: '1' } : {}),
        ...(limit > 0 ? { limit: String(limit) } : {}),
        ...(size ? { size: '1' } : {}),
        ...filterQuery(flags.filter),
      },
    });
    if (!answer.ok) return yield* cli.fail(answer.error.message);
    const plain = format === '' || format === 'table';
    const text = formatList(CONTAINERS, answer.value, {
      format: plain && size ? TABLE_WITH_SIZE : format,
      quiet,
      truncate: !flags['no-trunc'],
      now: cli.proc.date(),
    });
    if (!text.ok) return yield* cli.fail(text.error);
    yield* cli.out(text.value);
    return 0;
  },
});

/** The format is tried before anything is asked of the engine, with words of its own. */
function formatError(format: string): string | null {
  const template = parse(format);
  if (!template.ok) return `failed to parse template: ${template.error}`;
  const tried = execute(template.value, rowValue(CONTAINERS, NOBODY, { truncate: true, now: 0 }));
  return tried.ok ? null : `failed to execute template: ${tried.error}`;
}
