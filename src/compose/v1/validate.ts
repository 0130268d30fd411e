import type { Project, Service } from '../model/project.ts';
import { dependencyOrder } from '../plan/dependency-order.ts';

/** What the grammar can't see: names that lead nowhere, things that don't go together. null when all is well. */
export function validateProject(project: Project): string | null {
  const names = new Set(project.services.map((service) => service.name));
  const networks = new Set(project.networks.map((network) => network.key));
  for (const service of project.services) {
    const problem = validateReferences(service, names) ?? validateShape(service);
    if (problem) return problem;
  }
  const undeclared = undeclaredVolume(project);
  if (undeclared) return undeclared;
  const order = dependencyOrder(project.services);
  if (!order.ok) return `Circular dependency between ${order.error.circle.join(' and ')}`;
  for (const service of project.services)
    for (const { network } of service.networks)
      if (network !== 'default' && !networks.has(network))
        return `Service "${service.name}" uses an undefined network "${network}"`;
  return null;
}

/** A named volume has to be in the file's `volumes:` (compose/config/validation.py, match_named_volumes). */
function undeclaredVolume({ services, volumes }: Project): string | null {
  const declared = new Set(volumes.map((volume) => volume.key));
  for (const { name, volumes: mounts } of services)
    for (const { type, source, target, readOnly } of mounts)
      if (type === 'volume' && source !== null && !declared.has(source))
        return `Named volume "${source}:${target}:${readOnly ? 'ro' : 'rw'}" is used in service "${name}" but no declaration was found in the volumes section.`;
  return null;
}

function validateReferences(service: Service, names: ReadonlySet<string>): string | null {
  const { name } = service;
  for (const link of service.links)
    if (!names.has(link.service))
      return `Service '${name}' has a link to service '${link.service}' which is undefined.`;
  for (const [mode, what] of [
    [service.networkMode, 'network stack'],
    [service.pid, 'PID namespace'],
  ] as const) {
    if (mode?.startsWith('service:') && !names.has(mode.slice(8)))
      return `Service '${name}' uses the ${what} of service '${mode.slice(8)}' which is undefined.`;
  }
  for (const { service: needed } of service.dependsOn)
    if (!names.has(needed)) return `Service '${name}' depends on service '${needed}' which is undefined.`;
  return null;
}

function validateShape(service: Service): string | null {
  if (service.networkMode !== null && service.source['networks'] !== undefined)
    return `'network_mode' and 'networks' cannot be combined`;
  if (service.image === null && !service.build)
    return `The Compose file is invalid because:\nService ${service.name} has neither an image nor a build context specified. At least one must be provided.`;
  return null;
}
