import { specifiedContainer } from '../../../compose/v2/containers.ts';
import { atLeast } from '../../command/argument-rule.ts';
import { bool, int, list, string } from '../../command/flag.ts';
import { exec as dockerExec } from '../../docker/container/exec.ts';
import { callDocker } from './call-docker.ts';
import { firstServiceCompleter } from './completion.ts';
import { defineVerb } from './verb.ts';

export const exec = defineVerb({
  use: 'exec [OPTIONS] SERVICE COMMAND [ARGS...]',
  short: 'Execute a command in a running container',
  args: atLeast(2),
  interspersed: false,
  complete: firstServiceCompleter,
  flags: {
    detach: bool('Run command in the background', { short: 'd' }),
    env: list('Set environment variables', { short: 'e', type: 'stringArray' }),
    index: int('Index of the container if service has multiple replicas'),
    privileged: bool('Give extended privileges to the process'),
    user: string('Run the command as this user', { short: 'u' }),
    'no-tty': bool('Without a pseudo-TTY, which the command has by default on a terminal', { short: 'T' }),
    'no-TTY': bool('', { hidden: true, sameAs: 'no-tty' }),
    workdir: string('Path to workdir directory for this command', { short: 'w' }),
    interactive: bool('Keep STDIN open even if not attached', { short: 'i', initial: true, hidden: true }),
    tty: bool('Allocate a pseudo-TTY', { short: 't', initial: true, hidden: true }),
  },
  *run({ compose, args: [service = '', ...command], flags, changed }) {
    const { console, engine, proc } = compose;
    const name = yield* compose.projectName();
    if (!name.ok) return yield* console.fail(name.error);
    const query = { oneOff: 'include', all: false } as const;
    const found = yield* specifiedContainer({ engine }, name.value, service, flags.index, query);
    if (!found.ok) return yield* console.fail(found.error);
    const noTty = changed('no-tty') ? flags['no-tty'] : !proc.isTty(1);
    const variables = flags.env.map((each) => {
      const value = each.includes('=') ? undefined : proc.env.get(each);
      return value === undefined ? each : `${each}=${value}`;
    });
    return yield* callDocker(compose.cli, dockerExec, [found.value.id, ...command], {
      detach: flags.detach,
      env: variables,
      interactive: flags.interactive,
      privileged: flags.privileged,
      tty: !noTty,
      user: flags.user,
      workdir: flags.workdir,
    });
  },
});
