import { specifiedContainer } from '../../../compose/v2/containers.ts';
import { atLeast } from '../../command/argument-rule.ts';
import { bool, int, string } from '../../command/flag.ts';
import { attach as dockerAttach } from '../../docker/container/attach.ts';
import { callDocker } from './call-docker.ts';
import { firstServiceCompleter } from './completion.ts';
import { defineVerb } from './verb.ts';

export const attach = defineVerb({
  use: 'attach [OPTIONS] SERVICE',
  short: "Attach this terminal to a service's running container",
  args: atLeast(1),
  complete: firstServiceCompleter,
  flags: {
    index: int('Index of the container if service has multiple replicas'),
    'detach-keys': string('Keys that detach from the container'),
    'no-stdin': bool('Do not attach STDIN'),
    'sig-proxy': bool('Pass signals on to the process', { initial: true }),
  },
  *run({ compose, args: [service = ''], flags }) {
    const name = yield* compose.projectName();
    if (!name.ok) return yield* compose.console.fail(name.error);
    const found = yield* specifiedContainer(compose, name.value, service, flags.index, { all: false });
    if (!found.ok) return yield* compose.console.fail(found.error);
    return yield* callDocker(compose.cli, dockerAttach, [found.value.id], {
      'detach-keys': flags['detach-keys'],
      'no-stdin': flags['no-stdin'],
      'sig-proxy': flags['sig-proxy'],
    });
  },
});
