import { containersOf } from './containers.ts';
import { followLogs } from './follow-logs.ts';
import { namedServices, type Verb } from './verb.ts';

export const logs: Verb = {
  name: 'logs',
  short: 'View output from containers',
  args: '[options] [--] [SERVICE...]',
  options: [
    { long: '--no-color', help: 'No colours.' },
    { short: '-f', long: '--follow', help: 'Go on with what comes.' },
    { short: '-t', long: '--timestamps', help: 'Show when each line was written.' },
    { long: '--tail', value: 'TAIL', help: 'How many lines from the end of each log ("all" by default).' },
    { long: '--no-log-prefix', help: 'No names in front of lines.' },
  ],
  *run(context) {
    const { parsed, console, proc } = context;
    const [tail = 'all'] = parsed.values.get('--tail') ?? [];
    if (tail !== 'all' && !/^\d+$/.test(tail)) {
      yield* console.error('tail flag must be all or a number');
      return 1;
    }
    const services = yield* namedServices(context);
    if (services === null) return 1;
    const containers = yield* containersOf(context, services);
    const follow = parsed.flags.has('--follow');
    if (follow) proc.disposition('SIGINT', 'catch');
    yield* console.out(`Attaching to ${containers.map((each) => each.name).join(', ')}\n`);
    const ended = yield* followLogs(context, containers, {
      follow,
      tail,
      prefix: !parsed.flags.has('--no-log-prefix'),
      timestamps: parsed.flags.has('--timestamps'),
      abortOnExit: false,
    });
    if (ended !== 'interrupted') return 0;
    yield* console.error('Aborting.');
    return 1;
  },
};
