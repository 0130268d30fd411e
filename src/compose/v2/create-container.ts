import { err, ok } from '../../base/result.ts';
import type { Sys } from '../../kernel/syscalls/proc.ts';
import { asStrings } from '../model/normalise.ts';
import type { Service } from '../model/project.ts';
import { containerBody, type Namespaces } from './container-body.ts';
import { projectContainers } from './containers.ts';
import { fileReferences, isMounted } from './file-references.ts';
import { serviceHash } from './hash.ts';
import { defaultContainerName, imageOf, LABEL, VERSION } from './naming.ts';
import { done, failed, working } from './progress/event.ts';
import type { ComposeProject } from './project.ts';
import { engineWords, type Outcome, type Task, tell } from './task.ts';

/** What a container is made from. */
export interface Recipe {
  readonly project: ComposeProject;
  readonly service: Service;
  /** Ids by name. */
  readonly images: ReadonlyMap<string, string>;
  /** The container that a service stands for. */
  readonly resolve: (service: string) => string | null;
}

export interface NewContainer {
  readonly name: string;
  /** Less than 1: a container of `run`, which has none. */
  readonly number: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly autoRemove?: boolean;
  readonly attachStdin?: boolean;
  readonly networkAliases?: boolean;
}

/** Makes a container and shows how that goes; the answer is nothing but success. */
export function* createContainer(task: Task, recipe: Recipe, wanted: NewContainer): Sys<Outcome> {
  const id = `Container ${wanted.name}`;
  yield* tell(task, working(id, 'Creating'));
  const created = yield* makeContainer(task, recipe, wanted);
  yield* tell(task, created.ok ? done(id, 'Created') : failed(id, created.error));
  return created.ok ? ok() : created;
}

/** The same without a word; the answer is its id. */
export function* makeContainer(task: Task, recipe: Recipe, wanted: NewContainer): Sys<Outcome<string>> {
  const { project, service } = recipe;
  const namespaces = namespacesOf(recipe);
  if (!namespaces.ok) return namespaces;
  const volumesFrom = volumesFromOf(recipe);
  if (!volumesFrom.ok) return volumesFrom;
  const links = yield* linksOf(task, recipe, wanted.number);
  if (!links.ok) return links;
  const body = containerBody({
    project,
    service,
    number: wanted.number,
    labels: { ...labelsOf(recipe, wanted.number), ...wanted.labels },
    autoRemove: wanted.autoRemove ?? false,
    attachStdin: wanted.attachStdin ?? false,
    networkAliases: wanted.networkAliases ?? true,
    links: links.value,
    namespaces: namespaces.value,
    volumesFrom: volumesFrom.value,
  });
  yield* warnOfOwnership(task, project, service);
  const created = yield* task.engine.createContainerWithWarnings(wanted.name, body);
  if (!created.ok) return err(engineWords(created.error));
  for (const warning of created.value.warnings)
    yield* tell(task, { id: service.name, status: 'warning', text: warning, statusText: '' });
  return ok(created.value.id);
}

/** A file that is mounted keeps its owner and its mode. */
function* warnOfOwnership(task: Task, project: ComposeProject, service: Service): Sys<void> {
  for (const [section, word] of [
    ['configs', 'config'],
    ['secrets', 'secrets'],
  ] as const)
    for (const reference of fileReferences(project, service, section))
      if (isMounted(reference) && ['uid', 'gid', 'mode'].some((key) => reference.use[key] !== undefined))
        yield* task.console.warn(`${word} \`uid\`, \`gid\` and \`mode\` are not supported, they will be ignored`);
}

function labelsOf({ project, service, images }: Recipe, number: number): Readonly<Record<string, string>> {
  const image = images.get(imageOf(project, service));
  return {
    [LABEL.project]: project.name,
    [LABEL.service]: service.name,
    [LABEL.version]: VERSION,
    [LABEL.workingDirectory]: project.workingDirectory,
    [LABEL.files]: project.files.join(','),
    [LABEL.oneOff]: 'False',
    ...(project.envFiles.length > 0 && { [LABEL.environmentFile]: project.envFiles.join(',') }),
    ...(image !== undefined && { [LABEL.image]: image }),
    [LABEL.hash]: serviceHash(service),
    ...(number > 0 && { [LABEL.number]: String(number) }),
    [LABEL.dependencies]: service.dependsOn
      .map((each) => `${each.service}:${each.condition}:${each.restart}`)
      .join(','),
  };
}

function namespacesOf({ service, resolve }: Recipe): Outcome<Namespaces> {
  const one = (mode: string | null, what: string): Outcome<string | null> => {
    if (!mode?.startsWith('service:')) return ok(mode);
    const name = mode.slice('service:'.length);
    const id = resolve(name);
    return id === null
      ? err(`cannot share ${what} namespace with service ${name}: container missing`)
      : ok(`container:${id}`);
  };
  const network = one(service.networkMode, 'network');
  if (!network.ok) return network;
  const ipc = one(service.ipc, 'IPC');
  if (!ipc.ok) return ipc;
  const pid = one(service.pid, 'PID');
  return pid.ok ? ok({ network: network.value, ipc: ipc.value, pid: pid.value }) : pid;
}

function volumesFromOf({ service, resolve }: Recipe): Outcome<readonly string[]> {
  const from: string[] = [];
  for (const text of asStrings(service.source['volumes_from'])) {
    const [name = '', container = ''] = text.split(':');
    const id = name === 'container' ? container : resolve(name);
    if (id === null) return err(`cannot share volume with service ${name}: container missing`);
    from.push(id);
  }
  return ok(from);
}

/** `container:alias` for each container behind a link, under three names (pkg/compose/convergence.go, getLinks). */
function* linksOf(task: Task, { project, service }: Recipe, number: number): Sys<Outcome<readonly string[]>> {
  const links: string[] = [];
  for (const { service: target, alias } of service.links) {
    const containers = yield* projectContainers(task, project.name, { services: [target] });
    if (!containers.ok) return containers;
    for (const { name } of containers.value)
      links.push(
        `${name}:${alias}`,
        `${name}:${target}-${number}`,
        `${name}:${defaultContainerName(project.name, target, String(number))}`,
      );
  }
  for (const text of service.externalLinks) links.push(text.includes(':') ? text : `${text}:${text}`);
  return ok(links);
}
