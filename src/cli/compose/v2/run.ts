import { err, ok } from '../../../base/result.ts';
import { splitCommand } from '../../../compose/model/split-command.ts';
import { asPairs, asStrings } from '../../../compose/model/normalise.ts';
import type { Service } from '../../../compose/model/project.ts';
import { serviceOf } from '../../../compose/model/service.ts';
import { projectContainers } from '../../../compose/v2/containers.ts';
import { create } from '../../../compose/v2/create.ts';
import { makeContainer } from '../../../compose/v2/create-container.ts';
import { writeFileReferences } from '../../../compose/v2/file-references.ts';
import { ensureImages } from '../../../compose/v2/images.ts';
import { readPorts } from '../../../compose/v2/load/port-spec.ts';
import { readVolume } from '../../../compose/v2/load/volume-spec.ts';
import { LABEL, serviceOfContainer } from '../../../compose/v2/naming.ts';
import type { ComposeProject } from '../../../compose/v2/project.ts';
import { disable, noSuchService, withSelectedServices } from '../../../compose/v2/selection.ts';
import { start } from '../../../compose/v2/start.ts';
import { type Outcome, type Task } from '../../../compose/v2/task.ts';
import { waitFor } from '../../../compose/v2/wait.ts';
import { QUIET } from '../../../compose/v2/progress/progress.ts';
import type { Sys } from '../../../kernel/syscalls/proc.ts';
import { atLeast } from '../../command/argument-rule.ts';
import { bool, list, string } from '../../command/flag.ts';
import { start as dockerStart } from '../../docker/container/start.ts';
import { callDocker } from './call-docker.ts';
import { firstServiceCompleter } from './completion.ts';
import { createOptions } from './create-options.ts';
import { type ComposeInvocation, defineVerb } from './verb.ts';

const FLAGS = {
  detach: bool('Run container in background and print container ID', { short: 'd' }),
  env: list('Set environment variables', { short: 'e', type: 'stringArray' }),
  'env-from-file': list('Set environment variables from file', { type: 'stringArray' }),
  label: list('Add or override a label', { short: 'l', type: 'stringArray' }),
  rm: bool('Automatically remove the container when it exits'),
  'no-TTY': bool('Disable pseudo-TTY allocation (default: auto-detected)', { short: 'T' }),
  name: string('Assign a name to the container'),
  user: string('Run as specified username or uid', { short: 'u' }),
  workdir: string('Working directory inside the container', { short: 'w' }),
  entrypoint: string('Override the entrypoint of the image'),
  'cap-add': list('Add Linux capabilities'),
  'cap-drop': list('Drop Linux capabilities'),
  'no-deps': bool("Don't start linked services"),
  volume: list('Bind mount a volume', { short: 'v', type: 'stringArray' }),
  publish: list("Publish a container's port(s) to the host", { short: 'p', type: 'stringArray' }),
  'use-aliases': bool("Use the service's names on its networks"),
  'service-ports': bool("Publish all of the service's ports", { short: 'P' }),
  pull: string('Pull image before running ("always"|"missing"|"never")', { initial: 'policy' }),
  quiet: bool("Don't print anything to STDOUT", { short: 'q' }),
  'quiet-build': bool('Suppress progress output from the build process'),
  'quiet-pull': bool('Pull without printing progress information'),
  build: bool('Build image before starting container'),
  'remove-orphans': bool('Remove containers for services not defined in the Compose file'),
  interactive: bool('Keep STDIN open even if not attached', { short: 'i', initial: true }),
  tty: bool('Allocate a pseudo-TTY', { short: 't', initial: true, hidden: true }),
} as const;

type Run = ComposeInvocation<typeof FLAGS>;

/** One container of a service, for one command (cmd/compose/run.go, pkg/compose/run.go). */
export const run = defineVerb({
  use: 'run [OPTIONS] SERVICE [COMMAND] [ARGS...]',
  short: 'Run a one-off command on a service',
  args: atLeast(1),
  interspersed: false,
  complete: firstServiceCompleter,
  flags: FLAGS,
  *run(invocation) {
    const { compose, args, flags } = invocation;
    const { console, proc } = compose;
    const [name = ''] = args;
    if (flags.publish.length > 0 && flags['service-ports'])
      return yield* console.fail('--service-ports and --publish are incompatible');
    if (invocation.changed('tty') && invocation.changed('no-TTY'))
      return yield* console.fail("--tty and --no-TTY can't be used together");
    const loaded = yield* compose.toProject([name]);
    if (!loaded.ok) return yield* console.fail(loaded.error);
    const selected = flags['no-deps'] ? withSelectedServices(loaded.value, [name], 'alone') : loaded;
    if (!selected.ok) return yield* console.fail(selected.error);
    const target = selected.value.services.find((service) => service.name === name);
    if (!target) return yield* console.fail(noSuchService(selected.value, name));
    const tty = hasTty(invocation);
    const service = adapted(invocation, target, tty);
    if (!service.ok) return yield* console.fail(service.error);
    const ready = yield* startNeeds(invocation, selected.value);
    if (!ready.ok) return yield* console.fail(ready.error);
    if (flags.interactive && tty && !proc.isTty(0)) return yield* console.fail('the input device is not a TTY');
    const task: Task = { proc, engine: compose.engine, console, progress: QUIET };
    const made = yield* makeOneOff(task, invocation, selected.value, service.value);
    if (!made.ok) return yield* console.fail(made.error);
    return yield* callDocker(compose.cli, dockerStart, [made.value], {
      attach: !flags.detach,
      interactive: !flags.detach && flags.interactive,
    });
  },
});

function hasTty({ compose: { proc }, flags, changed }: Run): boolean {
  if (changed('tty')) return flags.tty;
  if (changed('no-TTY')) return !flags['no-TTY'];
  if (!changed('interactive') && !proc.isTty(0)) return false;
  return proc.isTty(1);
}

/** All that the service needs, made and started. */
function* startNeeds({ compose, args, flags }: Run, project: ComposeProject): Sys<Outcome> {
  const rest = disable(project, (service) => service.name === args[0]);
  const nothing = {
    build: false,
    'no-build': false,
    pull: '',
    'force-recreate': false,
    'no-recreate': false,
    scale: [],
  };
  const options = createOptions({ ...nothing, 'remove-orphans': flags['remove-orphans'] }, project, []);
  const created = yield* compose.progress('Creating', (task) => create(task, rest, options));
  if (!created.ok || rest.services.length === 0) return created;
  return yield* compose.progress('Running', (task) => start(task, rest));
}

function* makeOneOff(task: Task, { flags }: Run, project: ComposeProject, service: Service): Sys<Outcome<string>> {
  const images = yield* ensureImages(task, { ...project, services: [service] });
  if (!images.ok) return images;
  const containers = yield* projectContainers(task, project.name, { oneOff: 'include' });
  if (!containers.ok) return containers;
  if (!flags['no-deps']) {
    const waits = service.dependsOn.filter((each) => each.condition !== 'service_started');
    const deadline = Number.POSITIVE_INFINITY;
    const context = { project, dependent: service.name, containers: containers.value, deadline };
    const waited = yield* waitFor(task, context, waits);
    if (!waited.ok) return waited;
  }
  const slug = Array.from({ length: 64 }, () => Math.floor(task.proc.random() * 16).toString(16)).join('');
  const name = flags.name || service.containerName || `${project.name}-${service.name}-run-${slug.slice(0, 12)}`;
  const resolve = (other: string) =>
    containers.value
      .filter((each) => serviceOfContainer(each) === other)
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))[0]?.id ?? null;
  const oneOff: Service = { ...service, containerName: name, restart: null, scale: 1 };
  const made = yield* makeContainer(
    task,
    { project, service: oneOff, images: images.value, resolve },
    {
      name,
      number: -1,
      labels: { ...Object.fromEntries(service.labels), [LABEL.slug]: slug, [LABEL.oneOff]: 'True' },
      autoRemove: flags.rm,
      attachStdin: flags.interactive,
      networkAliases: flags['use-aliases'],
    },
  );
  if (!made.ok) return made;
  const written = yield* writeFileReferences(task, project, oneOff, made.value);
  return written.ok ? made : written;
}

/** The service with what the command line says instead. */
function adapted({ compose, args, flags, changed }: Run, service: Service, tty: boolean): Outcome<Service> {
  const [, ...command] = args;
  const source: Record<string, unknown> = { ...service.source };
  if (!flags['service-ports']) {
    const ports: unknown[] = [];
    for (const text of flags.publish) {
      const read = readPorts(text);
      if (!read.ok) return read;
      ports.push(...read.value);
    }
    source['ports'] = ports;
  }
  for (const text of flags.volume) {
    const read = readVolume(text);
    if (!read.ok) return read;
    source['volumes'] = [...((source['volumes'] as unknown[] | undefined) ?? []), read.value];
  }
  for (const text of flags.label) if (!text.includes('=')) return err('label must be set as KEY=VALUE');
  const words = flags.entrypoint === '' ? [] : splitCommand(flags.entrypoint);
  if (words === null) return err('invalid command line string');
  const rebuilt = serviceOf(service.name, source, {
    workingDirectory: compose.proc.cwd(),
    home: compose.proc.env.get('HOME') ?? '/root',
    envFile: new Map(),
  });
  const outside = asPairs(flags.env.map((each) => withValue(each, compose.proc.env)));
  return ok({
    ...service,
    source,
    ports: rebuilt.ports,
    volumes: rebuilt.volumes,
    tty,
    stdinOpen: flags.interactive,
    // Only what was asked for: a name of the service's own belongs to its regular container.
    containerName: null,
    ...(command.length > 0 && { command }),
    ...(changed('entrypoint') && { entrypoint: words, ...(command.length === 0 && { command: [] }) }),
    ...(flags.user !== '' && { user: flags.user }),
    ...(flags.workdir !== '' && { workingDir: flags.workdir }),
    capAdd: [...service.capAdd, ...asStrings(flags['cap-add'])],
    capDrop: [...service.capDrop, ...asStrings(flags['cap-drop'])],
    environment: new Map([...service.environment, ...outside]),
    labels: new Map([
      ...service.labels,
      ...flags.label.map((text) => {
        const at = text.indexOf('=');
        return [text.slice(0, at), text.slice(at + 1)] as const;
      }),
    ]),
  });
}

function withValue(text: string, env: ReadonlyMap<string, string>): string {
  const value = text.includes('=') ? undefined : env.get(text);
  return value === undefined ? text : `${text}=${value}`;
}
