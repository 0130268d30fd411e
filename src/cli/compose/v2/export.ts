import { specifiedContainer } from '../../../compose/v2/containers.ts';
import { atLeast } from '../../command/argument-rule.ts';
import { int, string } from '../../command/flag.ts';
import { exportFiles as dockerExport } from '../../docker/container/export.ts';
import { callDocker } from './call-docker.ts';
import { firstServiceCompleter } from './completion.ts';
import { defineVerb } from './verb.ts';

export const exportFiles = defineVerb({
  use: 'export [OPTIONS] SERVICE',
  short: "Export a service container's filesystem as a tar archive",
  args: atLeast(1),
  complete: firstServiceCompleter,
  flags: {
    index: int('Index of the container if service has multiple replicas'),
    output: string('Write to this file, instead of STDOUT', { short: 'o' }),
  },
  *run({ compose, args: [service = ''], flags }) {
    const name = yield* compose.projectName();
    if (!name.ok) return yield* compose.console.fail(name.error);
    const found = yield* specifiedContainer(compose, name.value, service, flags.index, { all: true });
    if (!found.ok) return yield* compose.console.fail(found.error);
    return yield* callDocker(compose.cli, dockerExport, [found.value.id], { output: flags.output });
  },
});
