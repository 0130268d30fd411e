import { readYaml } from '../compose/load/read-yaml.ts';
import { asData, networkOf } from '../compose/model/normalise.ts';
import type { ProjectNetwork, Service } from '../compose/model/project.ts';
import { serviceOf } from '../compose/model/service.ts';
import { isData } from './course/reading.ts';
import type { HostView } from './host-view.ts';

/** Names that both faces of compose look for, in the order in which they do. */
export const COMPOSE_NAMES = ['docker-compose.yml', 'docker-compose.yaml', 'compose.yml', 'compose.yaml'];
const HOME = '/home/user';

/** A compose file of the exercise's folder, as the model that compose makes of it. */
export interface ComposeFile {
  readonly services: ReadonlyMap<string, Service>;
  readonly networks: ReadonlyMap<string, ProjectNetwork>;
}

/**
 * Reads the first of these files that is there.
 * @returns null where none is, `broken` where it is no YAML or no compose file
 */
export function readComposeFile(
  view: HostView,
  names: readonly string[] = COMPOSE_NAMES,
): ComposeFile | 'broken' | null {
  const text = names.map((name) => view.read(name)).find((each) => each !== null) ?? null;
  if (text === null || text.trim() === '') return null;
  const yaml = readYaml(text, '1.1');
  if (!yaml.ok || !isData(yaml.value)) return 'broken';
  const { services, networks } = yaml.value;
  if (!isData(services) || !Object.values(services).every(isData)) return 'broken';
  const context = { workingDirectory: view.folder, home: HOME, envFile: new Map<string, string>() };
  return {
    services: new Map(Object.entries(services).map(([name, data]) => [name, serviceOf(name, asData(data), context)])),
    networks: new Map(Object.entries(asData(networks)).map(([key, data]) => [key, networkOf(key, data, '')])),
  };
}
