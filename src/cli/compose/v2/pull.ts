import { pull as pullProject } from '../../../compose/v2/images.ts';
import { withSelectedServices } from '../../../compose/v2/selection.ts';
import { bool, string } from '../../command/flag.ts';
import { defineVerb } from './verb.ts';

export const pull = defineVerb({
  use: 'pull [OPTIONS] [SERVICE...]',
  short: 'Pull service images',
  flags: {
    quiet: bool('Pull without printing progress information', { short: 'q' }),
    'include-deps': bool('Also pull services declared as dependencies'),
    'ignore-pull-failures': bool('Pull what it can and ignores images with pull failures'),
    'ignore-buildable': bool('Ignore images that can be built'),
    policy: string('Apply pull policy ("missing"|"always")'),
  },
  *run({ compose, args, flags }) {
    const loaded = yield* compose.toProject(args);
    const selected = loaded.ok && !flags['include-deps'] ? withSelectedServices(loaded.value, args, 'alone') : loaded;
    if (!selected.ok) return yield* compose.console.fail(selected.error);
    const services = selected.value.services
      .filter((service) => !(flags['ignore-buildable'] && service.build))
      .map((service) =>
        flags.policy === '' ? service : { ...service, source: { ...service.source, pull_policy: flags.policy } },
      );
    const options = { ignoreFailures: flags['ignore-pull-failures'] };
    return yield* compose.operate('Pulling', (task) => pullProject(task, { ...selected.value, services }, options));
  },
});
