import type { ContainerSummary } from '../engine/engine.ts';
import { asData, asList, asText } from '../model/normalise.ts';
import type { Service } from '../model/project.ts';
import { serviceHash } from './hash.ts';
import { imageOf, LABEL, labelOf } from './naming.ts';
import type { ComposeProject } from './project.ts';

export interface Expected {
  /** Ids by name. */
  readonly images: ReadonlyMap<string, string>;
  /** Ids by key. */
  readonly networks: ReadonlyMap<string, string>;
  /** Names by key. */
  readonly volumes: ReadonlyMap<string, string>;
}

/** Whether a container is no longer what its service says (pkg/compose/convergence.go, mustRecreate). */
export function divergence(
  service: Service,
  project: ComposeProject,
  container: ContainerSummary,
  expected: Expected,
): boolean {
  if (labelOf(container, LABEL.hash) !== serviceHash(service)) return true;
  if (labelOf(container, LABEL.image) !== (expected.images.get(imageOf(project, service)) ?? '')) return true;
  const joined = Object.values(asData(asData(container.data['NetworkSettings'])['Networks'])).map(
    (each) => asText(asData(each)['NetworkID']) ?? '',
  );
  if (
    container.state === 'running' &&
    service.networks.some(({ network }) => !joined.includes(expected.networks.get(network) ?? ''))
  )
    return true;
  const mounted = asList(container.data['Mounts']).map((each) => asText(asData(each)['Name']) ?? '');
  return service.volumes.some(
    ({ type, source }) => type === 'volume' && source !== null && !mounted.includes(expected.volumes.get(source) ?? ''),
  );
}
