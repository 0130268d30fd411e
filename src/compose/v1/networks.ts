import { err, ok, type Result } from '../../base/result.ts';
import type { Sys } from '../../kernel/syscalls/proc.ts';
import type { Engine } from '../engine/engine.ts';
import type { Data } from '../model/normalise.ts';
import type { Project, ProjectNetwork } from '../model/project.ts';
import type { Console } from './console.ts';
import { LABEL, VERSION } from './naming.ts';

/** Makes sure that every network that a service uses exists (compose/network.py). A failure is the text after `ERROR: `. */
export function* ensureNetworks(engine: Engine, console: Console, project: Project): Sys<Result<void, string>> {
  const used = new Set(project.services.flatMap((service) => service.networks.map((each) => each.network)));
  for (const network of project.networks) {
    if (!used.has(network.key)) {
      if (network.key !== 'default')
        yield* console.warning(`Some networks were defined but are not used by any service: ${network.key}`);
      continue;
    }
    const found = yield* engine.inspectNetwork(network.name);
    if (network.external) {
      if (!found.ok) {
        return err(
          `Network ${network.name} declared as external, but could not be found. Please create the network manually using \`docker network create ${network.name}\` and try again.`,
        );
      }
      continue;
    }
    if (found.ok) continue;
    if (found.error.status !== 404) return err(found.error.message);
    const driver = network.driver === null ? 'the default driver' : `driver "${network.driver}"`;
    yield* console.info(`Creating network "${network.name}" with ${driver}`);
    const created = yield* engine.createNetwork(networkBody(network, project));
    if (!created.ok) return err(created.error.message);
  }
  return ok();
}

function networkBody(network: ProjectNetwork, project: Project): Data {
  return {
    Name: network.name,
    CheckDuplicate: true,
    Driver: network.driver ?? 'bridge',
    Options: Object.fromEntries(network.driverOptions),
    Internal: network.internal,
    Attachable: true,
    EnableIPv6: network.enableIpv6,
    IPAM: {
      Driver: network.ipamDriver ?? 'default',
      Config: network.ipam.map((each) => ({
        ...(each.subnet !== null && { Subnet: each.subnet }),
        ...(each.ipRange !== null && { IPRange: each.ipRange }),
        ...(each.gateway !== null && { Gateway: each.gateway }),
        ...(each.auxAddresses.size > 0 && { AuxiliaryAddresses: Object.fromEntries(each.auxAddresses) }),
      })),
    },
    Labels: {
      ...Object.fromEntries(network.labels),
      [LABEL.network]: network.key,
      [LABEL.project]: project.name,
      [LABEL.version]: VERSION,
    },
  };
}

/** Makes sure that the project's named volumes exist. */
export function* ensureVolumes(engine: Engine, console: Console, project: Project): Sys<Result<void, string>> {
  for (const volume of project.volumes) {
    const found = yield* engine.inspectVolume(volume.name);
    if (found.ok) continue;
    if (volume.external) {
      return err(
        `Volume ${volume.name} declared as external, but could not be found. Please create the volume manually using \`docker volume create --name=${volume.name}\` and try again.`,
      );
    }
    yield* console.info(
      `Creating volume "${volume.name}" with ${volume.driver === null ? 'default driver' : `${volume.driver} driver`}`,
    );
    const labels = {
      ...Object.fromEntries(volume.labels),
      [LABEL.project]: project.name,
      [LABEL.version]: VERSION,
      [LABEL.volume]: volume.key,
    };
    const created = yield* engine.createVolume({
      Name: volume.name,
      ...(volume.driver && { Driver: volume.driver }),
      Labels: labels,
    });
    if (!created.ok) return err(created.error.message);
  }
  return ok();
}

/** Removes the networks that the project made (compose/network.py, ProjectNetworks.remove). */
export function* removeNetworks(engine: Engine, console: Console, project: Project): Sys<boolean> {
  let whole = true;
  for (const network of project.networks) {
    if (network.external) {
      yield* console.info(`Network ${network.name} is external, skipping`);
      continue;
    }
    yield* console.info(`Removing network ${network.name}`);
    const removed = yield* engine.removeNetwork(network.name);
    if (removed.ok) continue;
    if (removed.error.status === 404) yield* console.warning(`Network ${network.name} not found.`);
    else {
      yield* console.error(removed.error.message);
      whole = false;
    }
  }
  return whole;
}
