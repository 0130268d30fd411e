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

/** Any other verb for a manager: the engine refuses, whatever it is asked. */
function managersVerb(path: string): (use: string, short: string) => Command {
  return (use, short) => ({
    ...defineCommand({
      use,
      short,
      interspersed: false,
      *run({ cli }) {
        const answer = yield* cli.call('GET', path);
        return answer.ok ? 0 : yield* cli.fail(answer.error.message);
      },
    }),
    refused: 'this host is in no swarm',
  });
}

const INSTEAD = 'this host knows no swarm mode; networks of one host are what it models';
const config = managersVerb('/configs');
const node = managersVerb('/nodes');
const secret = managersVerb('/secrets');
const service = managersVerb('/services');

/** The commands of swarm mode, which this host isn't in. */
export const SWARM_COMMANDS: readonly Command[] = [
  defineGroup({
    use: 'config',
    short: 'Manage Swarm configs',
    swarm: true,
    commands: [
      swarmList('List configs', '/configs'),
      config('create [OPTIONS] CONFIG file|-', 'Create a config'),
      config('inspect [OPTIONS] CONFIG [CONFIG...]', 'Show all that is known of one or more configs'),
      config('rm CONFIG [CONFIG...]', 'Remove one or more configs'),
    ],
  }),
  defineGroup({
    use: 'node',
    short: 'Manage Swarm nodes',
    swarm: true,
    commands: [
      swarmList('List nodes', '/nodes'),
      node('demote NODE [NODE...]', 'Make one or more managers workers'),
      node('inspect [OPTIONS] self|NODE [NODE...]', 'Show all that is known of one or more nodes'),
      node('promote NODE [NODE...]', 'Make one or more nodes managers'),
      node('ps [OPTIONS] [NODE...]', 'List what runs on one or more nodes'),
      node('rm [OPTIONS] NODE [NODE...]', 'Remove one or more nodes'),
      node('update [OPTIONS] NODE', 'Change a node'),
    ],
  }),
  defineGroup({
    use: 'secret',
    short: 'Manage Swarm secrets',
    swarm: true,
    commands: [
      swarmList('List secrets', '/secrets'),
      secret('create [OPTIONS] SECRET [file|-]', 'Create a secret'),
      secret('inspect [OPTIONS] SECRET [SECRET...]', 'Show all that is known of one or more secrets'),
      secret('rm SECRET [SECRET...]', 'Remove one or more secrets'),
    ],
  }),
  defineGroup({
    use: 'service',
    short: 'Manage Swarm services',
    swarm: true,
    commands: [
      swarmList('List services', '/services'),
      service('create [OPTIONS] IMAGE [COMMAND] [ARG...]', 'Create a new service'),
      service('inspect [OPTIONS] SERVICE [SERVICE...]', 'Show all that is known of one or more services'),
      service('logs [OPTIONS] SERVICE|TASK', 'Fetch the logs of a service'),
      service('ps [OPTIONS] SERVICE [SERVICE...]', 'List the tasks of one or more services'),
      service('rm SERVICE [SERVICE...]', 'Remove one or more services'),
      service('rollback [OPTIONS] SERVICE', "Take back a service's last change"),
      service('scale SERVICE=REPLICAS [SERVICE=REPLICAS...]', 'Set how many there are of one or more services'),
      service('update [OPTIONS] SERVICE', 'Change a service'),
    ],
  }),
  defineGroup({
    use: 'stack',
    short: 'Manage Swarm stacks',
    swarm: true,
    commands: [
      swarmList('List stacks', '/services'),
      service('config [OPTIONS]', 'Print the configuration of a stack'),
      service('deploy [OPTIONS] STACK', 'Create or change a stack'),
      service('ps [OPTIONS] STACK', 'List the tasks of a stack'),
      service('rm [OPTIONS] STACK [STACK...]', 'Remove one or more stacks'),
      service('services [OPTIONS] STACK', 'List the services of a stack'),
    ],
  }),
  defineGroup({
    use: 'swarm',
    short: 'Manage Swarm',
    swarm: true,
    commands: [
      notModelled({ use: 'init [OPTIONS]', short: 'Make this host the first of a swarm', instead: INSTEAD }),
      notModelled({ use: 'join [OPTIONS] HOST:PORT', short: 'Join a swarm', instead: INSTEAD }),
      notModelled({ use: 'leave [OPTIONS]', short: 'Leave the swarm', instead: INSTEAD }),
      node('ca [OPTIONS]', "Show the swarm's root certificate"),
      node('join-token [OPTIONS] (worker|manager)', 'Show how others join'),
      notModelled({ use: 'unlock', short: 'Unlock the swarm', instead: INSTEAD }),
      node('unlock-key [OPTIONS]', 'Show the key that unlocks'),
      node('update [OPTIONS]', 'Change the swarm'),
    ],
  }),
];
