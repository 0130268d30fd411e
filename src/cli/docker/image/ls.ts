import { atMost } from '../../command/argument-rule.ts';
import { defineCommand } from '../../command/command.ts';
import { bool, quote, string } from '../../command/flag.ts';
import { formatList } from '../../format/listing.ts';
import type { ImageSummary } from '../api-objects.ts';
import { imageNames } from '../completion.ts';
import { filterFlag, filterQuery } from '../filters.ts';
import { IMAGES, imageRows, TABLE_WITH_DIGEST } from './image-listing.ts';

const VERBS = 'build history import inspect list load ls prune pull push rm save tag'.split(' ');

/** `docker images`. */
export const ls = defineCommand({
  use: 'ls [OPTIONS] [REPOSITORY[:TAG]]',
  short: 'List images',
  aliases: ['list'],
  top: 'images [OPTIONS] [REPOSITORY[:TAG]]',
  common: 7,
  args: atMost(1),
  flags: {
    all: bool('Show intermediate images as well', { short: 'a' }),
    digests: bool('Show digests'),
    filter: filterFlag('Only those that fulfil a condition (dangling=true)'),
    format: string("Print in this form: 'table', 'table TEMPLATE', 'json', or a Go template"),
    'no-trunc': bool("Don't shorten anything"),
    quiet: bool('Show image IDs alone', { short: 'q' }),
    tree: bool('List images with their platforms as a tree', { refused: 'images are for one platform' }),
  },
  complete: imageNames(1),
  *run({ cli, flags, args: [name], path }) {
    const filters = name === undefined ? flags.filter : new Map(flags.filter).set('reference', [name]);
    const query: Record<string, string> = { ...(flags.all ? { all: '1' } : {}), ...filterQuery(filters) };
    const answer = yield* cli.call<ImageSummary[]>('GET', '/images/json', { query });
    if (!answer.ok) return yield* cli.fail(answer.error.message);
    const plain = flags.format === '' || flags.format === 'table';
    const digests = flags.digests || flags.format.includes('{{.Digest}}');
    const text = formatList(IMAGES, imageRows(answer.value, { digests }), {
      format: plain && flags.digests ? TABLE_WITH_DIGEST : flags.format,
      quiet: flags.quiet && plain,
      truncate: !flags['no-trunc'],
      now: cli.proc.date(),
    });
    if (!text.ok) return yield* cli.fail(text.error);
    yield* cli.out(text.value);
    if (name !== undefined && VERBS.includes(name) && answer.value.length === 0 && path === 'docker images')
      yield* cli.error(`\nNo images found matching ${quote(name)}: did you mean "docker image ${name}"?\n`);
    return 0;
  },
});
