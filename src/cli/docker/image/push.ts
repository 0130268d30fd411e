import { exactly } from '../../command/argument-rule.ts';
import { defineCommand } from '../../command/command.ts';
import { bool, string } from '../../command/flag.ts';
import { imageNames } from '../completion.ts';
import { pathPart } from '../path-part.ts';
import { followProgress } from './pull-image.ts';
import { isReference, parseReference } from './reference.ts';

/** `docker push`: the engine says what becomes of it; this host reaches no registry. */
export const push = defineCommand({
  use: 'push [OPTIONS] NAME[:TAG]',
  short: 'Upload an image to a registry',
  top: 'push [OPTIONS] NAME[:TAG]',
  common: 6,
  args: exactly(1),
  flags: {
    'all-tags': bool('Upload every tag of the repository', { short: 'a' }),
    'disable-content-trust': bool('Skip the check of image signatures', {
      initial: true,
      limit: 'images are not signed',
    }),
    platform: string('Only this platform', { limit: 'without effect: no registry is reached' }),
    quiet: bool('Say nothing on the way', { short: 'q' }),
  },
  complete: imageNames(1),
  *run({ cli, flags, args: [reference = ''] }) {
    if (!isReference(reference)) return yield* cli.fail('invalid reference format');
    const { name, tag } = parseReference(reference);
    if (flags['all-tags'] && tag !== '') return yield* cli.fail("tag can't be used with --all-tags/-a");
    if (!flags['all-tags'] && tag === '' && !flags.quiet) yield* cli.out('Using default tag: latest\n');
    const query: Record<string, string> = flags['all-tags'] ? {} : { tag: tag || 'latest' };
    const opened = yield* cli.stream('POST', `/images/${pathPart(name)}/push`, { query });
    if (!opened.ok) return yield* cli.fail(opened.error.message);
    const failure = yield* followProgress(cli, opened.value, { quiet: flags.quiet, to: 'out' });
    return failure === null ? 0 : yield* cli.fail(failure);
  },
});
