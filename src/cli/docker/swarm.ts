import { noArguments } from '../command/argument-rule.ts';
import { defineCommand, defineGroup, type Command } from '../command/command.ts';
import { bool } from '../command/flag.ts';
import { notModelled } from '../command/not-modelled.ts';

/** A list that only a swarm's manager has; the engine of a single host refuses. */
function swarmList(short: string, path: string): Command {
  return defineCommand({
    use: 'ls [OPTIONS]',
    short,
    aliases: ['list'],
    args: noArguments,
    flags: { quiet: bool('Show IDs alone', { short: 'q' }) },
    *run({ cli }) {
      const answer = yield* cli.call('GET', path);
      return answer.ok ? 0 : yield* cli.fail(answer.error.message);
    },
  });
}

const INSTEAD = 'this host knows no swarm mode; networks of one host are what it models';

/** The commands of swarm mode, which this host isn't in. */
export const SWARM_COMMANDS: readonly Command[] = [
  defineGroup({
    use: 'config',
    short: 'Manage Swarm configs',
    swarm: true,
    commands: [swarmList('List configs', '/configs')],
  }),
  defineGroup({ use: 'node', short: 'Manage Swarm nodes', swarm: true, commands: [swarmList('List nodes', '/nodes')] }),
  defineGroup({
    use: 'secret',
    short: 'Manage Swarm secrets',
    swarm: true,
    commands: [swarmList('List secrets', '/secrets')],
  }),
  defineGroup({
    use: 'service',
    short: 'Manage Swarm services',
    swarm: true,
    commands: [
      swarmList('List services', '/services'),
      notModelled({
        use: 'create [OPTIONS] IMAGE [COMMAND] [ARG...]',
        short: 'Create a new service',
        instead: INSTEAD,
      }),
    ],
  }),
  defineGroup({
    use: 'stack',
    short: 'Manage Swarm stacks',
    swarm: true,
    commands: [swarmList('List stacks', '/services')],
  }),
  defineGroup({
    use: 'swarm',
    short: 'Manage Swarm',
    swarm: true,
    commands: [
      notModelled({ use: 'init [OPTIONS]', short: 'Make this host the first of a swarm', instead: INSTEAD }),
      notModelled({ use: 'join [OPTIONS] HOST:PORT', short: 'Join a swarm', instead: INSTEAD }),
      notModelled({ use: 'leave [OPTIONS]', short: 'Leave the swarm', instead: INSTEAD }),
    ],
  }),
];
