import type { ContainerSummary } from '../engine/engine.ts';
import { asText } from '../model/normalise.ts';
import type { Project, Service } from '../model/project.ts';

/** Names and labels by which docker compose v2.40.3 knows its own (pkg/api/labels.go). */
export const VERSION = '2.40.3';

export const LABEL = {
  project: 'com.docker.compose.project',
  service: 'com.docker.compose.service',
  hash: 'com.docker.compose.config-hash',
  number: 'com.docker.compose.container-number',
  volume: 'com.docker.compose.volume',
  network: 'com.docker.compose.network',
  workingDirectory: 'com.docker.compose.project.working_dir',
  files: 'com.docker.compose.project.config_files',
  environmentFile: 'com.docker.compose.project.environment_file',
  oneOff: 'com.docker.compose.oneoff',
  slug: 'com.docker.compose.slug',
  image: 'com.docker.compose.image',
  dependencies: 'com.docker.compose.depends_on',
  version: 'com.docker.compose.version',
  replace: 'com.docker.compose.replace',
} as const;

export type Label = (typeof LABEL)[keyof typeof LABEL];

export const labelOf = (container: ContainerSummary, label: Label): string => asText(container.labels[label]) ?? '';
export const serviceOfContainer = (container: ContainerSummary): string => labelOf(container, LABEL.service);
export const numberOfContainer = (container: ContainerSummary): number => Number(labelOf(container, LABEL.number) || 0);
export const isOneOff = (container: ContainerSummary): boolean => labelOf(container, LABEL.oneOff) === 'True';

export const defaultContainerName = (project: string, service: string, number: string): string =>
  `${project}-${service}-${number}`;

export const containerName = (project: Project, service: Service, number: number): string =>
  service.containerName ?? defaultContainerName(project.name, service.name, String(number));

export const imageOf = (project: Project, service: Service): string =>
  service.image || `${project.name}-${service.name}`;

/** `web-1` of `app-web-1`; a name of the user's own stays whole. */
export function nameWithoutProject(container: ContainerSummary): string {
  const project = labelOf(container, LABEL.project);
  const usual = defaultContainerName(project, serviceOfContainer(container), labelOf(container, LABEL.number));
  return container.name === usual ? container.name.slice(project.length + 1) : container.name;
}

/** How progress calls it. */
export const progressName = (container: ContainerSummary): string => `Container ${container.name}`;

export type OneOff = 'include' | 'exclude' | 'only';

/** Labels that a project's containers have. */
export function projectLabels(project: string, oneOff: OneOff = 'exclude', service?: string): readonly string[] {
  return [
    `${LABEL.project}=${project}`,
    ...(service === undefined ? [] : [`${LABEL.service}=${service}`]),
    LABEL.hash,
    ...(oneOff === 'include' ? [] : [`${LABEL.oneOff}=${oneOff === 'only' ? 'True' : 'False'}`]),
  ];
}
