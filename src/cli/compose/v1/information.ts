import { asData, asList } from '../../../compose/model/normalise.ts';
import { VERSION } from '../../../compose/v1/naming.ts';
import { table } from '../../../compose/v1/table.ts';
import { containersOf, oneContainer } from './containers.ts';
import { namedServices, type Verb } from './verb.ts';

/** Verbs that only tell: port, top, images, version. */

export const port: Verb = {
  name: 'port',
  short: 'Print the public port for a port binding',
  args: '[options] [--] SERVICE PRIVATE_PORT',
  atLeast: 2,
  options: [
    { long: '--protocol', value: 'proto', help: 'tcp or udp (default: tcp).' },
    { long: '--index', value: 'index', help: 'Which container of the service (default: 1).' },
  ],
  *run(context) {
    const { console, engine, parsed } = context;
    const [service = '', wanted = ''] = parsed.positional;
    if ((yield* namedServices(context, [service])) === null) return 1;
    const container = yield* oneContainer(context, service, Number(parsed.values.get('--index')?.[0] ?? 1));
    if (!container) return 1;
    const inspected = yield* engine.inspectContainer(container.id);
    if (!inspected.ok) return 1;
    const key = `${wanted}/${parsed.values.get('--protocol')?.[0] ?? 'tcp'}`;
    const [binding] = asList(asData(asData(inspected.value['NetworkSettings'])['Ports'])[key]);
    const found = asData(binding);
    yield* console.out(binding === undefined ? '\n' : `${String(found['HostIp'])}:${String(found['HostPort'])}\n`);
    return 0;
  },
};

export const top: Verb = {
  name: 'top',
  short: 'Display the running processes',
  args: '[SERVICE...]',
  options: [],
  *run(context) {
    const { console, engine, proc } = context;
    const services = yield* namedServices(context);
    if (services === null) return 1;
    for (const { id, name } of (yield* containersOf(context, services)).filter((each) => each.state === 'running')) {
      const processes = yield* engine.top(id);
      if (!processes.ok) continue;
      const titles = asList(processes.value['Titles']).map(String);
      const rows = asList(processes.value['Processes']).map((row) => asList(row).map(String));
      yield* console.out(`${name}\n${table(titles, rows, proc.windowSize(1)?.columns ?? 80)}\n`);
    }
    return 0;
  },
};

export const images: Verb = {
  name: 'images',
  short: 'List images',
  args: '[options] [--] [SERVICE...]',
  options: [{ short: '-q', long: '--quiet', help: 'Only ids.' }],
  *run(context) {
    const { console, engine, parsed, proc } = context;
    const services = yield* namedServices(context);
    if (services === null) return 1;
    const rows: string[][] = [];
    for (const container of yield* containersOf(context, services, { oneOff: true })) {
      const image = yield* engine.inspectImage(String(container.data['ImageID'] ?? container.data['Image']));
      if (!image.ok) continue;
      const id = String(image.value['Id']).replace(/^sha256:/, '');
      const [repository = '<none>', tag = '<none>'] = String(asList(image.value['RepoTags'])[0] ?? '').split(':');
      rows.push([container.name, repository, tag, id.slice(0, 12), sizeWords(Number(image.value['Size']))]);
      if (parsed.flags.has('--quiet')) yield* console.out(`${id}\n`);
    }
    if (!parsed.flags.has('--quiet'))
      yield* console.out(
        table(['Container', 'Repository', 'Tag', 'Image Id', 'Size'], rows, proc.windowSize(1)?.columns ?? 80),
      );
    return 0;
  },
};

/** Four digits and a decimal unit: `14.87 MB` (compose/cli/utils.py, human_readable_file_size). */
function sizeWords(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const order = bytes === 0 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${Number((bytes / 1000 ** order).toPrecision(4))} ${units[order] as string}`;
}

export const version: Verb = {
  name: 'version',
  short: 'Show version information and quit',
  args: '[--short]',
  options: [{ long: '--short', help: 'Only the number.' }],
  *run({ console, parsed }) {
    yield* console.out(
      parsed.flags.has('--short') ? `${VERSION}\n` : `docker-compose version ${VERSION}, build unknown\n`,
    );
    return 0;
  },
};
