import { exactly } from '../../command/argument-rule.ts';
import { defineCommand } from '../../command/command.ts';
import { bool, string } from '../../command/flag.ts';
import { pullImage } from './pull-image.ts';
import { isReference, parseReference } from './reference.ts';

/** `docker pull`. */
export const pull = defineCommand({
  use: 'pull [OPTIONS] NAME[:TAG|@DIGEST]',
  short: 'Download an image from a registry',
  top: 'pull [OPTIONS] NAME[:TAG|@DIGEST]',
  common: 5,
  args: exactly(1),
  flags: {
    'all-tags': bool('Download every tag of the repository', { short: 'a' }),
    'disable-content-trust': bool('Skip the check of image signatures', {
      initial: true,
      limit: 'images are not signed',
    }),
    platform: string('Platform of the image', { limit: 'not compared with the image' }),
    quiet: bool('Say nothing on the way', { short: 'q' }),
  },
  *run({ cli, flags, args: [name = ''] }) {
    if (!isReference(name)) return yield* cli.fail('invalid reference format');
    const { tag, digest } = parseReference(name);
    if (flags['all-tags'] && (tag !== '' || digest !== ''))
      return yield* cli.fail("tag can't be used with --all-tags/-a");
    if (tag === '' && digest === '' && !flags['all-tags'] && !flags.quiet)
      yield* cli.out('Using default tag: latest\n');
    const pulled = yield* pullImage(cli, name, { quiet: flags.quiet, to: 'out' });
    return pulled.ok ? 0 : yield* cli.fail(pulled.error.message);
  },
});
