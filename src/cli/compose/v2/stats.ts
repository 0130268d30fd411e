import { projectContainers } from '../../../compose/v2/containers.ts';
import { atMost } from '../../command/argument-rule.ts';
import { bool, string } from '../../command/flag.ts';
import { stats as dockerStats } from '../../docker/container/stats.ts';
import { callDocker } from './call-docker.ts';
import { defineVerb } from './verb.ts';

export const stats = defineVerb({
  use: 'stats [OPTIONS] [SERVICE]',
  short: "Display containers' use of resources",
  args: atMost(1),
  flags: {
    all: bool('Show all containers (default shows just running)', { short: 'a' }),
    format: string("Print in this form: 'table', 'table TEMPLATE', 'json', or a Go template"),
    'no-stream': bool('Disable streaming stats and only pull the first result'),
    'no-trunc': bool('Do not truncate output'),
  },
  *run({ compose, args, flags }) {
    const name = yield* compose.projectName();
    if (!name.ok) return yield* compose.console.fail(name.error);
    const listed = yield* projectContainers(compose, name.value, {
      oneOff: 'include',
      all: flags.all,
      services: args,
    });
    if (!listed.ok) return yield* compose.console.fail(listed.error);
    const ids = listed.value.map((each) => each.id);
    // Without names the command would show every container of the host.
    if (ids.length === 0) return 0;
    return yield* callDocker(compose.cli, dockerStats, ids, {
      all: flags.all,
      format: flags.format,
      'no-stream': flags['no-stream'],
      'no-trunc': flags['no-trunc'],
    });
  },
});
