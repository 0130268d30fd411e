import { containerBody } from '../../../compose/v1/container-body.ts';
import { LABEL, projectFilter, serviceOfContainer } from '../../../compose/v1/naming.ts';
import { Progress } from '../../../compose/v1/progress.ts';
import { ensureNetworks, ensureVolumes } from '../../../compose/v1/networks.ts';
import { Up } from '../../../compose/v1/up.ts';
import { asPairs } from '../../../compose/model/normalise.ts';
import type { Service } from '../../../compose/model/project.ts';
import { readPortSpec } from '../../../compose/load/port-spec.ts';
import { needsOf } from '../../../compose/plan/dependency-order.ts';
import { callDocker } from './exec.ts';
import { type Context, namedServices, type Verb } from './verb.ts';
import type { Sys } from '../../../kernel/syscalls/proc.ts';

export const run: Verb = {
  name: 'run',
  short: 'Run a one-off command',
  args: '[options] [-v VOLUME...] [-p PORT...] [-e KEY=VAL...] [-l KEY=VALUE...] [--] SERVICE [COMMAND] [ARGS...]',
  stopAtFirst: true,
  atLeast: 1,
  options: [
    { short: '-d', long: '--detach', help: 'Run it in the background and print its name.' },
    { long: '--name', value: 'NAME', help: "The container's name." },
    { long: '--entrypoint', value: 'CMD', help: "In place of the image's entrypoint." },
    { short: '-e', long: '--env', value: 'KEY=VAL', repeat: true, help: 'An environment variable.' },
    { short: '-l', long: '--label', value: 'KEY=VAL', repeat: true, help: 'A label.' },
    { short: '-u', long: '--user', value: 'USER', help: 'Run it as this user.' },
    { long: '--no-deps', help: "Don't start what the service needs." },
    { long: '--rm', help: 'Remove the container after it has ended.' },
    { short: '-p', long: '--publish', value: 'PORT', repeat: true, help: 'Publish a port.' },
    { long: '--service-ports', help: "Publish the service's own ports." },
    { long: '--use-aliases', help: "Give it the service's names on its networks." },
    { short: '-v', long: '--volume', value: 'VOLUME', repeat: true, help: 'Mount a volume.' },
    { short: '-T', long: '--no-TTY', help: 'Without a pseudo-terminal.' },
    { short: '-w', long: '--workdir', value: 'DIR', help: 'Where to run it.' },
  ],
  *run(context) {
    const { console, engine, parsed, project, proc } = context;
    const [name = '', ...command] = parsed.positional;
    if ((yield* namedServices(context, [name])) === null) return 1;
    const service = project.services.find((each) => each.name === name) as Service;
    if (!(yield* startNeeds(context, service))) return 1;
    const slug = proc.random().toString(16).replace('.', '').padEnd(12, '0').slice(-12);
    const container = parsed.values.get('--name')?.[0] ?? `${project.name}_${name}_run_${slug}`;
    const listed = yield* engine.containers(projectFilter(project));
    const running = listed.ok ? listed.value : [];
    const detached = parsed.flags.has('--detach');
    const tty = !parsed.flags.has('--no-TTY') && !detached;
    const body = containerBody({
      project,
      service: adapted(service, context, command, tty),
      number: 1,
      oneOff: !parsed.flags.has('--use-aliases'),
      env: proc.env,
      containerIdOf: (each) => running.find((one) => serviceOfContainer(one) === each)?.id ?? null,
    });
    const labels = { ...(body['Labels'] as object), [LABEL.oneOff]: 'True', [LABEL.slug]: slug };
    // One line, under the name without its random end, as the original shows it.
    const shown = parsed.values.get('--name')?.[0] ?? `${project.name}_${name}_run`;
    const progress = new Progress(console);
    yield* progress.announce('Creating', [shown]);
    const created = yield* engine.createContainer(container, {
      ...body,
      Labels: labels,
      OpenStdin: !detached,
      AttachStdin: !detached,
      StdinOnce: !detached,
    });
    if (!created.ok) {
      yield* progress.failed('Creating', shown);
      yield* console.error(`Cannot create container for service ${name}: ${created.error.message}`);
      return 1;
    }
    yield* progress.done('Creating', shown);
    if (detached) {
      const started = yield* engine.startContainer(created.value);
      yield* started.ok
        ? console.out(`${container}\n`)
        : console.error(`Cannot start service ${name}: ${started.error.message}`);
      return started.ok ? 0 : 1;
    }
    const exit = yield* callDocker(proc, ['start', '--attach', '--interactive', created.value]);
    if (parsed.flags.has('--rm')) yield* engine.removeContainer(created.value, { force: true, volumes: true });
    return exit;
  },
};

/** Networks, volumes and the services that this one needs. */
function* startNeeds({ console, engine, project, parsed }: Context, service: Service): Sys<boolean> {
  const needs = parsed.flags.has('--no-deps') ? [] : needsOf(service);
  if (needs.length > 0) {
    const up = new Up(engine, console, project, {
      services: needs,
      start: true,
      withDependencies: true,
      recreate: 'never',
      scale: new Map(),
      removeOrphans: false,
      timeout: undefined,
    });
    const started = yield* up.run();
    if (!started.ok) yield* console.error(started.error);
    return started.ok;
  }
  const only = { ...project, services: [service] };
  for (const ensured of [
    yield* ensureNetworks(engine, console, only),
    yield* ensureVolumes(engine, console, project),
  ]) {
    if (ensured.ok) continue;
    yield* console.error(ensured.error);
    return false;
  }
  return true;
}

/** The service with what the command line says instead. */
function adapted(service: Service, { parsed }: Context, command: readonly string[], tty: boolean): Service {
  const value = (option: string) => parsed.values.get(option)?.[0];
  const published = (parsed.values.get('--publish') ?? []).flatMap((text) => {
    const ports = readPortSpec(text);
    return ports.ok ? ports.value : [];
  });
  return {
    ...service,
    tty,
    ...(command.length > 0 && { command }),
    ...(value('--entrypoint') !== undefined && {
      entrypoint: [value('--entrypoint') as string],
      ...(command.length === 0 && { command: [] }),
    }),
    ...(value('--user') !== undefined && { user: value('--user') as string }),
    ...(value('--workdir') !== undefined && { workingDir: value('--workdir') as string }),
    environment: new Map([...service.environment, ...asPairs(parsed.values.get('--env') ?? [])]),
    labels: new Map([
      ...service.labels,
      ...[...asPairs(parsed.values.get('--label') ?? [])].map(([key, text]) => [key, text ?? ''] as const),
    ]),
    ports: parsed.flags.has('--service-ports') ? service.ports : published,
    volumes: [
      ...service.volumes,
      ...(parsed.values.get('--volume') ?? []).map((text) => {
        const [source = '', target = source, mode = ''] = text.split(':');
        return {
          type: source.startsWith('/') ? ('bind' as const) : ('volume' as const),
          source,
          target,
          readOnly: mode === 'ro',
        };
      }),
    ],
    restart: null,
  };
}
