import type { ContainerSummary } from '../../../compose/engine/engine.ts';
import { asData, asList, type Data } from '../../../compose/model/normalise.ts';
import { table } from '../../../compose/v1/table.ts';
import type { Sys } from '../../../kernel/syscalls/proc.ts';
import { containersOf } from './containers.ts';
import { type Context, namedServices, type Verb } from './verb.ts';

export const ps: Verb = {
  name: 'ps',
  short: 'List containers',
  args: '[options] [--] [SERVICE...]',
  options: [
    { short: '-q', long: '--quiet', help: 'Only ids.' },
    { long: '--services', help: 'Only the names of services.' },
    {
      long: '--filter',
      value: 'KEY=VAL',
      help: 'Services by property: status=running, status=stopped.',
      limit: 'without effect',
    },
    { short: '-a', long: '--all', help: 'Also containers of "run".' },
  ],
  *run(context) {
    const { console, parsed, proc } = context;
    const services = yield* namedServices(context);
    if (services === null) return 1;
    const containers = yield* containersOf(context, services, {
      oneOff: parsed.flags.has('--all') || !parsed.flags.has('--quiet'),
    });
    if (parsed.flags.has('--services')) {
      for (const name of services) yield* console.out(`${name}\n`);
      return 0;
    }
    if (parsed.flags.has('--quiet')) {
      for (const { id } of containers) yield* console.out(`${id}\n`);
      return 0;
    }
    const rows = [];
    for (const container of containers) rows.push(yield* rowOf(context, container));
    yield* console.out(table(['Name', 'Command', 'State', 'Ports'], rows, proc.windowSize(1)?.columns ?? 80));
    return 0;
  },
};

function* rowOf({ engine }: Context, container: ContainerSummary): Sys<readonly string[]> {
  const inspected = yield* engine.inspectContainer(container.id);
  if (!inspected.ok) return [container.name, '', '', ''];
  return [container.name, commandOf(inspected.value), stateOf(inspected.value), portsOf(inspected.value)];
}

/** Entrypoint and command, cut after 26 characters. */
function commandOf(data: Data): string {
  const config = asData(data['Config']);
  const words = [...asList(config['Entrypoint']), ...asList(config['Cmd'])].map(String).join(' ');
  return words.length > 30 ? `${words.slice(0, 26)} ...` : words;
}

function stateOf(data: Data): string {
  const state = asData(data['State']);
  const health = asData(state['Health'])['Status'];
  if (state['Paused']) return 'Paused';
  if (state['Restarting']) return 'Restarting';
  if (state['Running'])
    return asData(data['HostConfig'])['Health'] === undefined && health === undefined
      ? 'Up'
      : `Up (${healthWords(String(health))})`;
  if (state['StartedAt'] === '0001-01-01T00:00:00Z') return 'Created';
  return `Exit ${String(state['ExitCode'])}`;
}

const healthWords = (status: string) => (status === 'starting' ? 'health: starting' : status);

/** `0.0.0.0:1234->80/tcp,:::1234->80/tcp`: the addresses of one port without a space, ports in the order of their texts with one (compose/container.py, human_readable_ports). */
function portsOf(data: Data): string {
  const ports = Object.entries(asData(asData(data['NetworkSettings'])['Ports']));
  return ports
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([port, bindings]) => {
      const published = asList(bindings).map(
        (each) => `${String(asData(each)['HostIp'])}:${String(asData(each)['HostPort'])}->${port}`,
      );
      return published.length > 0 ? published.join(',') : port;
    })
    .join(', ');
}
