import type { ContainerSummary } from '../engine/engine.ts';
import type { Project, Service } from '../model/project.ts';

/** Names and labels by which docker-compose 1.29.2 knows its own (compose/const.py). */
export const VERSION = '1.29.2';

export const LABEL = {
  project: 'com.docker.compose.project',
  service: 'com.docker.compose.service',
  number: 'com.docker.compose.container-number',
  oneOff: 'com.docker.compose.oneoff',
  hash: 'com.docker.compose.config-hash',
  version: 'com.docker.compose.version',
  workingDirectory: 'com.docker.compose.project.working_dir',
  files: 'com.docker.compose.project.config_files',
  network: 'com.docker.compose.network',
  volume: 'com.docker.compose.volume',
  slug: 'com.docker.compose.slug',
} as const;

export const containerName = (project: Project, service: Service, number: number): string =>
  service.containerName ?? `${project.name.replace(/^[-_]+/, '')}_${service.name}_${number}`;

export const projectFilter = (project: Project, options: { readonly oneOff?: boolean } = {}): readonly string[] => [
  `${LABEL.project}=${project.name}`,
  `${LABEL.oneOff}=${options.oneOff ? 'True' : 'False'}`,
];

export const serviceOfContainer = (container: ContainerSummary): string =>
  String(container.labels[LABEL.service] ?? '');
export const numberOfContainer = (container: ContainerSummary): number => Number(container.labels[LABEL.number] ?? 1);

/** `web_1` of `app_web_1`: the name without the project's. */
export function nameWithoutProject(container: ContainerSummary): string {
  const project = String(container.labels[LABEL.project] ?? '');
  return container.name.startsWith(`${project}_${serviceOfContainer(container)}`)
    ? `${serviceOfContainer(container)}_${container.labels[LABEL.slug] === undefined ? numberOfContainer(container) : `run_${String(container.labels[LABEL.slug]).slice(0, 12)}`}`
    : container.name;
}
