import { err, ok } from '../../base/result.ts';
import type { Sys } from '../../kernel/syscalls/proc.ts';
import { asData, asText, type Data } from '../model/normalise.ts';
import type { ProjectNetwork } from '../model/project.ts';
import { projectContainers } from './containers.ts';
import { hashOf } from './hash.ts';
import { LABEL, VERSION } from './naming.ts';
import { done, failed, warned, working } from './progress/event.ts';
import type { ComposeProject } from './project.ts';
import { stopServices } from './stop.ts';
import { engineWords, isNotFound, type Outcome, type Task, tell } from './task.ts';

/** Makes sure that the project's networks are there; the answer is their ids by key (pkg/compose/create.go). */
export function* ensureNetworks(task: Task, project: ComposeProject): Sys<Outcome<ReadonlyMap<string, string>>> {
  const ids = new Map<string, string>();
  for (const network of project.networks) {
    const id = network.external
      ? yield* externalNetwork(task, network)
      : yield* resolveOrCreate(task, project, network);
    if (!id.ok) return id;
    ids.set(network.key, id.value);
  }
  return ok(ids);
}

function* externalNetwork({ engine }: Task, { name }: ProjectNetwork): Sys<Outcome<string>> {
  const found = yield* engine.inspectNetwork(name);
  if (!found.ok && !isNotFound(found.error)) return err(engineWords(found.error));
  if (found.ok && (found.value['Name'] === name || found.value['Id'] === name)) return ok(String(found.value['Id']));
  return err(`network ${name} declared as external, but could not be found`);
}

function* resolveOrCreate(task: Task, project: ComposeProject, network: ProjectNetwork): Sys<Outcome<string>> {
  const { engine, console } = task;
  const { name, key } = network;
  const expected = networkHash(project, network);
  const found = yield* engine.inspectNetwork(name);
  let detached: readonly string[] = [];
  if (found.ok && found.value['Name'] === name) {
    const labels = asData(found.value['Labels']);
    const owner = asText(labels[LABEL.project]);
    if (owner === null)
      yield* console.warn(
        `a network with name ${name} exists but was not created by compose.\nSet \`external: true\` to use an existing network`,
      );
    else if (owner !== project.name)
      yield* console.warn(
        `a network with name ${name} exists but was not created for project ${JSON.stringify(project.name)}.\nSet \`external: true\` to use an existing network`,
      );
    const label = asText(labels[LABEL.network]) ?? '';
    if (label !== key)
      return err(
        `network ${name} was found but has incorrect label ${LABEL.network} set to ${JSON.stringify(label)} (expected: ${JSON.stringify(key)})`,
      );
    const hash = asText(labels[LABEL.hash]) ?? '';
    if (hash === '' || hash === expected) return ok(String(found.value['Id']));
    const removed = yield* removeDiverged(task, project, network);
    if (!removed.ok) return removed;
    detached = removed.value;
  }
  const id = `Network ${name}`;
  yield* tell(task, working(id, 'Creating'));
  const created = yield* engine.createNetwork(networkBody(project, network, expected));
  if (!created.ok) {
    yield* tell(task, failed(id));
    return err(`failed to create network ${name}: ${engineWords(created.error)}`);
  }
  yield* tell(task, done(id, 'Created'));
  for (const container of detached) yield* engine.connect(name, container, {});
  return ok(created.value);
}

/** A network that the file now says otherwise goes; who was on it is stopped, and joined to the new one. */
function* removeDiverged(
  task: Task,
  project: ComposeProject,
  { name, key }: ProjectNetwork,
): Sys<Outcome<readonly string[]>> {
  const services = project.services
    .filter((service) => service.networks.some((each) => each.network === key))
    .map((service) => service.name);
  const stopped = yield* stopServices(task, project, { services });
  if (!stopped.ok) return stopped;
  const containers = yield* projectContainers(task, project.name, { services });
  if (!containers.ok) return containers;
  for (const { id } of containers.value) {
    const left = yield* task.engine.disconnect(name, id);
    if (!left.ok) return err(engineWords(left.error));
  }
  const removed = yield* task.engine.removeNetwork(name);
  yield* tell(task, done(`Network ${name}`, 'Removed'));
  return removed.ok ? ok(containers.value.map(({ id }) => id)) : err(engineWords(removed.error));
}

const networkHash = ({ source }: ComposeProject, { key }: ProjectNetwork) => hashOf(asData(source['networks'])[key]);

function networkBody(project: ComposeProject, network: ProjectNetwork, hash: string): Data {
  const { ipam, ipamDriver, labels, key } = network;
  const source = asData(asData(project.source['networks'])[key]);
  return {
    Name: network.name,
    Driver: network.driver ?? '',
    Options: network.driverOptions.size > 0 ? Object.fromEntries(network.driverOptions) : null,
    Internal: network.internal,
    Attachable: network.attachable,
    ...(source['enable_ipv6'] !== undefined && { EnableIPv6: network.enableIpv6 }),
    ...(source['enable_ipv4'] !== undefined && { EnableIPv4: source['enable_ipv4'] }),
    ...((ipamDriver !== null || ipam.length > 0) && {
      IPAM: {
        Driver: ipamDriver ?? '',
        Config: ipam.map((each) => ({
          ...(each.subnet !== null && { Subnet: each.subnet }),
          ...(each.ipRange !== null && { IPRange: each.ipRange }),
          ...(each.gateway !== null && { Gateway: each.gateway }),
          ...(each.auxAddresses.size > 0 && { AuxiliaryAddresses: Object.fromEntries(each.auxAddresses) }),
        })),
      },
    }),
    Labels: {
      ...Object.fromEntries(labels),
      [LABEL.hash]: hash,
      [LABEL.network]: key,
      [LABEL.project]: project.name,
      [LABEL.version]: VERSION,
    },
  };
}

/** Removes one of the project's networks (pkg/compose/down.go, removeNetwork). */
export function* removeNetwork(task: Task, project: string, { key, name }: ProjectNetwork): Sys<Outcome> {
  const { engine } = task;
  const listed = yield* engine.networks([`${LABEL.project}=${project}`, `${LABEL.network}=${key}`]);
  if (!listed.ok) return err(`failed to list networks: ${engineWords(listed.error)}`);
  if (listed.value.length === 0) return ok();
  const id = `Network ${name}`;
  yield* tell(task, working(id, 'Removing'));
  for (const network of listed.value.filter((each) => each['Name'] === name)) {
    const inspected = yield* engine.inspectNetwork(String(network['Id']));
    if (!inspected.ok && isNotFound(inspected.error)) break;
    if (!inspected.ok) return err(engineWords(inspected.error));
    if (Object.keys(asData(inspected.value['Containers'])).length > 0) {
      yield* tell(task, warned(id, 'Resource is still in use'));
      return ok();
    }
    const removed = yield* engine.removeNetwork(String(network['Id']));
    if (!removed.ok && isNotFound(removed.error)) break;
    if (!removed.ok) {
      yield* tell(task, failed(id));
      return err(`failed to remove network ${name}: ${engineWords(removed.error)}`);
    }
    yield* tell(task, done(id, 'Removed'));
    return ok();
  }
  yield* tell(task, warned(id, 'No resource found to remove'));
  return ok();
}
