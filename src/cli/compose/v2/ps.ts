import type { ContainerSummary } from '../../../compose/engine/engine.ts';
import { asData, asList, asText, type Data } from '../../../compose/model/normalise.ts';
import { ofServices, projectContainers } from '../../../compose/v2/containers.ts';
import { LABEL, labelOf, serviceOfContainer } from '../../../compose/v2/naming.ts';
import { serviceNames } from '../../../compose/v2/project.ts';
import { bool, list, string } from '../../command/flag.ts';
import { words } from '../../docker/completion.ts';
import { formatList } from '../../format/listing.ts';
import { CONTAINERS, type PsRow } from './container-listing.ts';
import { defineVerb } from './verb.ts';

const STATES = ['paused', 'restarting', 'removing', 'running', 'dead', 'created', 'exited'];

export const ps = defineVerb({
  use: 'ps [OPTIONS] [SERVICE...]',
  short: 'List containers',
  flags: {
    format: string("Print in this form: 'table', 'table TEMPLATE', 'json', or a Go template", { initial: 'table' }),
    filter: string('Filter services by a property (supported filters: status)'),
    status: list(`Filter services by status (${STATES.join(' | ')})`, { type: 'stringArray' }),
    quiet: bool('Only display IDs', { short: 'q' }),
    services: bool('Display services'),
    orphans: bool('Include orphaned services (not declared by project)', { initial: true }),
    all: bool('Show all stopped containers (including those created by the run command)', { short: 'a' }),
    'no-trunc': bool("Don't truncate output"),
  },
  completeFlag: { status: words(...STATES) },
  *run({ compose, args, flags }) {
    const { console, engine, proc } = compose;
    const statuses = [...flags.status];
    if (flags.filter !== '') {
      const [key = '', value] = flags.filter.split(/=(.*)/s);
      if (value === undefined) return yield* console.fail('arguments to --filter should be in form KEY=VAL');
      // Compose's own answer to a filter that it names and doesn't have (ErrNotImplemented in pkg/api/errors.go).
      if (key === 'source') return yield* console.fail('not implemented');
      if (key !== 'status') return yield* console.fail(`unknown filter ${key}`);
      statuses.push(value);
    }
    const named = yield* compose.projectOrName(args);
    if (!named.ok) return yield* console.fail(named.error);
    const { project, name } = named.value;
    const known = project ? serviceNames(project) : null;
    const unknown = known && args.find((each) => !known.includes(each));
    if (unknown) return yield* console.fail(`no such service: ${unknown}`);
    const services = args.length === 0 && known && !flags.orphans ? known : args;
    const all = flags.all || statuses.length > 0;
    const listed = yield* projectContainers({ engine }, name, { oneOff: all ? 'include' : 'exclude', all, services });
    if (!listed.ok) return yield* console.fail(listed.error);
    const fitting = (services.length > 0 ? ofServices(listed.value, services) : listed.value).filter(
      (each) => statuses.length === 0 || statuses.includes(each.state),
    );
    const containers = fitting.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    if (flags.quiet) {
      for (const { id } of containers) yield* console.out(`${id}\n`);
      return 0;
    }
    if (flags.services) {
      yield* console.out(`${[...new Set(containers.map(serviceOfContainer))].join('\n')}\n`);
      return 0;
    }
    const rows: PsRow[] = [];
    for (const container of containers) {
      const inspected = yield* engine.inspectContainer(container.id);
      rows.push(rowOf(container, inspected.ok ? asData(inspected.value['State']) : {}));
    }
    const text = formatList(CONTAINERS, rows, {
      format: flags.format,
      truncate: !flags['no-trunc'],
      now: proc.date(),
    });
    if (!text.ok) return yield* console.fail(text.error);
    yield* console.out(text.value);
    return 0;
  },
});

function rowOf(container: ContainerSummary, state: Data): PsRow {
  const { data } = container;
  const status = state['Status'];
  const mounts = asList(data['Mounts']).map(asData);
  return {
    id: container.id,
    name: container.name,
    names: asList(data['Names']).map((each) => String(each).replace(/^\//, '')),
    image: asText(data['Image']) ?? '',
    command: asText(data['Command']) ?? '',
    project: labelOf(container, LABEL.project),
    service: serviceOfContainer(container),
    created: Number(data['Created']),
    state: container.state,
    status: container.status,
    health: status === 'running' ? (asText(asData(state['Health'])['Status']) ?? '') : '',
    exitCode: status === 'exited' || status === 'dead' ? Number(state['ExitCode']) : 0,
    labels: Object.fromEntries(Object.entries(container.labels).map(([key, value]) => [key, String(value)])),
    publishers: asList(data['Ports'])
      .map(asData)
      .map((port) => ({
        url: asText(port['IP']) ?? '',
        targetPort: Number(port['PrivatePort']),
        publishedPort: Number(port['PublicPort'] ?? 0),
        protocol: asText(port['Type']) ?? '',
      }))
      .toSorted((a, b) => a.targetPort - b.targetPort),
    mounts: mounts.map((mount) => asText(mount['Name']) || (asText(mount['Source']) ?? '')),
    localVolumes: mounts.filter((mount) => mount['Driver'] === 'local').length,
    networks: Object.keys(asData(asData(data['NetworkSettings'])['Networks'])),
  };
}
