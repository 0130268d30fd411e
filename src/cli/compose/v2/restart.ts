import { restartServices } from '../../../compose/v2/lifecycle.ts';
import { withServicesEnabled } from '../../../compose/v2/selection.ts';
import { bool, int } from '../../command/flag.ts';
import { defineVerb } from './verb.ts';

export const restart = defineVerb({
  use: 'restart [OPTIONS] [SERVICE...]',
  short: 'Restart service containers',
  flags: {
    timeout: int('Seconds until a container is killed', { short: 't' }),
    'no-deps': bool("Don't restart dependent services"),
  },
  *run({ compose, args, flags, changed }) {
    const named = yield* compose.projectOrName();
    if (!named.ok) return yield* compose.console.fail(named.error);
    const project = yield* compose.resolve(named.value);
    if (!project.ok) return yield* compose.console.fail(project.error);
    const enabled = withServicesEnabled(project.value, args);
    const timeout = changed('timeout') ? flags.timeout : undefined;
    return yield* compose.operate('Restarting', (task) =>
      restartServices(task, enabled, { services: args, timeout, noDeps: flags['no-deps'] }),
    );
  },
});
