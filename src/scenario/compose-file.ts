import { readDotenv } from '../compose/load/dotenv.ts';
import { interpolateTree } from '../compose/load/interpolate.ts';
import { readYaml } from '../compose/load/read-yaml.ts';
import { asData, networkOf } from '../compose/model/normalise.ts';
import type { ProjectNetwork, Service } from '../compose/model/project.ts';
import { serviceOf } from '../compose/model/service.ts';
import { COMPOSE_FILE } from '../compose/schema/compose-file.ts';
import { check } from '../compose/schema/shape.ts';
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
 * @returns null where none is, `broken` where it is no YAML, or not in the grammar of compose files
 */
export function readComposeFile(
  view: HostView,
  names: readonly string[] = COMPOSE_NAMES,
): ComposeFile | 'broken' | null {
  const text = names.map((name) => view.read(name)).find((each) => each !== null) ?? null;
  if (text === null || text.trim() === '') return null;
  const yaml = readYaml(text);
  if (!yaml.ok || !isData(yaml.value) || yaml.value['services'] === undefined) return 'broken';
  const variables = readDotenv(view.read('.env') ?? '', new Map());
  const data = interpolateTree(yaml.value, variables, () => undefined);
  if (!data.ok || check(COMPOSE_FILE, data.value).length > 0) return 'broken';
  const { services, networks } = asData(data.value);
  const context = { workingDirectory: view.folder, home: HOME, envFile: new Map<string, string>() };
  return {
    services: new Map(
      Object.entries(asData(services)).map(([name, each]) => [name, serviceOf(name, asData(each), context)]),
    ),
    networks: new Map(Object.entries(asData(networks)).map(([key, each]) => [key, networkOf(key, each, '')])),
  };
}
