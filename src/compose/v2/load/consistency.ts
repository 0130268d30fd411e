import { asData, asList, asText } from '../../model/normalise.ts';
import type { Service } from '../../model/project.ts';
import type { Path } from '../../schema/shape.ts';
import { type Problem, problemAt } from '../problem.ts';
import type { ComposeProject } from '../project.ts';
import { dependencyCycle } from './dependency-cycle.ts';

const INVALID = 'invalid compose project';

/** Names that lead nowhere, things that don't go together (compose-go loader/validate.go). null when all is well. */
export function consistencyProblem(project: ComposeProject): Problem | null {
  for (const service of project.services) {
    const found =
      shapeProblem(service) ??
      networkProblem(project, service) ??
      referenceProblem(project, service) ??
      scaleProblem(service) ??
      mountProblem(service);
    if (found) return found;
  }
  for (const [name, secret] of Object.entries(asData(project.source['secrets']))) {
    const data = asData(secret);
    if (data['external'] !== true && !data['file'] && !data['environment'])
      return at(['secrets', name], `secret "${name}" must declare either \`file\` or \`environment\`: ${INVALID}`);
  }
  const cycle = dependencyCycle(project.services);
  if (!cycle) return null;
  return at(['services', cycle[0] as string, 'depends_on'], `dependency cycle detected: ${cycle.join(' -> ')}`);
}

const at = (path: Path, message: string) => problemAt(path, message);
const of = (service: Service, ...rest: Path): Path => ['services', service.name, ...rest];

function shapeProblem(service: Service): Problem | null {
  const { name, source } = service;
  if (!service.build && !service.image && source['provider'] === undefined)
    return at(of(service), `service "${name}" has neither an image nor a build context specified: ${INVALID}`);
  const build = asData(source['build']);
  if (build['dockerfile_inline'] && build['dockerfile'])
    return at(
      of(service, 'build'),
      `service "${name}" declares mutualy exclusive dockerfile and dockerfile_inline: ${INVALID}`,
    );
  return null;
}

function networkProblem({ networks }: ComposeProject, service: Service): Problem | null {
  const { name, source } = service;
  const joined = Object.keys(asData(source['networks']));
  if (service.networkMode && joined.length > 0)
    return at(
      of(service, 'network_mode'),
      `service ${name} declares mutually exclusive \`network_mode\` and \`networks\`: ${INVALID}`,
    );
  const unknown = joined.find((key) => !networks.some((network) => network.key === key));
  if (unknown === undefined) return null;
  return at(of(service, 'networks', unknown), `service "${name}" refers to undefined network ${unknown}: ${INVALID}`);
}

function referenceProblem(project: ComposeProject, service: Service): Problem | null {
  const { name, source, healthcheck } = service;
  const [kind] = healthcheck?.test ?? [];
  if (kind !== undefined && !['CMD', 'CMD-SHELL', 'NONE'].includes(kind))
    return at(of(service, 'healthcheck', 'test'), 'healthcheck.test must start either by "CMD", "CMD-SHELL" or "NONE"');
  const known = (each: string) => project.services.some((other) => other.name === each);
  const disabled = (each: string) => project.disabled.some((other) => other.name === each);
  for (const { service: needed, required } of service.dependsOn) {
    if (known(needed) || (disabled(needed) && !required)) continue;
    return at(
      of(service, 'depends_on', needed),
      `service "${name}" depends on undefined service "${needed}": ${INVALID}`,
    );
  }
  for (const { type, source: volume } of service.volumes) {
    if (type !== 'volume' || !volume || project.volumes.some((each) => each.key === volume)) continue;
    return at(of(service, 'volumes'), `service "${name}" refers to undefined volume ${volume}: ${INVALID}`);
  }
  for (const [key, singular] of [
    ['configs', 'config'],
    ['secrets', 'secret'],
  ] as const) {
    const missing = asList(source[key])
      .map((each) => asText(asData(each)['source']) ?? '')
      .find((each) => !Object.hasOwn(asData(project.source[key]), each));
    if (missing !== undefined)
      return at(of(service, key), `service "${name}" refers to undefined ${singular} ${missing}: ${INVALID}`);
  }
  return null;
}

function scaleProblem({ name, source, containerName, scale }: Service): Problem | null {
  const { scale: stated } = source;
  const replicas = asData(source['deploy'])['replicas'];
  const path: Path = ['services', name, stated === undefined ? 'deploy' : 'scale'];
  if (typeof stated === 'number' && typeof replicas === 'number' && stated !== replicas)
    return at(path, `services.${name}: can't set distinct values on 'scale' and 'deploy.replicas': ${INVALID}`);
  if (scale < 0) {
    const key = stated === undefined ? 'deploy.replicas' : 'scale';
    return at(path, `services.${name}.${key}: must be greater than or equal to 0`);
  }
  if (scale <= 1 || containerName === null) return null;
  // The original has its words in this order.
  const attribute = stated === undefined ? 'deploy.replicas' : 'scale';
  return at(
    ['services', name, 'container_name'],
    `services.${attribute}: can't set container_name and ${name} as container name must be unique: ${INVALID}`,
  );
}

function mountProblem(service: Service): Problem | null {
  const places = new Map<string, string>();
  const targets = [
    ...service.tmpfs.map((text, i) => ['tmpfs', i, text.split(':')[0] as string] as const),
    ...service.volumes.map(({ target }, i) => ['volumes', i, target] as const),
  ];
  for (const [key, i, target] of targets) {
    const place = `services.${service.name}.${key}[${i}]`;
    const taken = places.get(target);
    if (taken !== undefined) return at(of(service, key, i), `${place}: target ${target} already mounted as ${taken}`);
    places.set(target, place);
  }
  return null;
}
