import { readDotenv } from '../compose/load/dotenv.ts';
import { interpolateTree } from '../compose/load/interpolate.ts';
import { readYaml } from '../compose/load/read-yaml.ts';
import { asData, networkOf } from '../compose/model/normalise.ts';
import type { ProjectNetwork, Service } from '../compose/model/project.ts';
import { serviceOf } from '../compose/model/service.ts';
import { COMPOSE_FILE } from '../compose/schema/compose-file.ts';
import { check } from '../compose/schema/shape.ts';
import { isData } from './course/reading.ts';

/** Names that both faces of compose look for, in the order in which they do. */
export const COMPOSE_NAMES = ['docker-compose.yml', 'docker-compose.yaml', 'compose.yml', 'compose.yaml'];
const HOME = '/home/user';

/** A compose file of the exercise's folder, as the model that compose makes of it. */
export interface ComposeFile {
  readonly services: ReadonlyMap<string, Service>;
  readonly networks: ReadonlyMap<string, ProjectNetwork>;
}

/** Texts of compose files that were read, kept because they are looked at far more often than they change. */
const KEPT = 8;

/** Reads the compose files of one folder. */
export class ComposeFiles {
  private readonly known = new Map<string, ComposeFile | 'broken'>();

  constructor(private readonly folder: string) {}

  /**
   * @param dotenv text of the `.env` beside it
   * @returns `broken` where it is no YAML, or not in the grammar of compose files
   */
  read(text: string, dotenv: string): ComposeFile | 'broken' {
    const key = `${dotenv}\0${text}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const file = this.parse(text, dotenv);
    if (this.known.size >= KEPT) this.known.clear();
    this.known.set(key, file);
    return file;
  }

  private parse(text: string, dotenv: string): ComposeFile | 'broken' {
    const yaml = readYaml(text);
    if (!yaml.ok || !isData(yaml.value) || yaml.value['services'] === undefined) return 'broken';
    const data = interpolateTree(yaml.value, readDotenv(dotenv, new Map()), () => undefined);
    if (!data.ok || check(COMPOSE_FILE, data.value).length > 0) return 'broken';
    const { services, networks } = asData(data.value);
    const context = { workingDirectory: this.folder, home: HOME, envFile: new Map<string, string>() };
    return {
      services: new Map(
        Object.entries(asData(services)).map(([name, each]) => [name, serviceOf(name, asData(each), context)]),
      ),
      networks: new Map(Object.entries(asData(networks)).map(([key, each]) => [key, networkOf(key, each, '')])),
    };
  }
}
