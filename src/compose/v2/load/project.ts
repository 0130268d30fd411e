import { err, ok, type Result } from '../../../base/result.ts';
import type { Sys } from '../../../kernel/syscalls/proc.ts';
import { readText } from '../../load/files.ts';
import { asData, asList, asStrings, asText, networkOf, volumeOf } from '../../model/normalise.ts';
import { serviceOf } from '../../model/service.ts';
import type { Service } from '../../model/project.ts';
import { type Problem, problemAt } from '../problem.ts';
import type { ComposeProject } from '../project.ts';
import type { LoadContext } from './context.ts';
import { readDotenv } from './dotenv.ts';
import type { Tree } from './tree.ts';

export interface ProjectFacts {
  readonly name: string;
  readonly workingDirectory: string;
  readonly files: readonly string[];
  readonly envFiles: readonly string[];
  readonly profiles: readonly string[];
}

/** The project of a normalised tree; env_files are read by `withEnvironment`. */
export function projectOf(tree: Tree, facts: ProjectFacts, { variables, world }: LoadContext): ComposeProject {
  const services = Object.entries(asData(tree['services'])).map(([name, data]) =>
    serviceOf(name, asData(data), {
      workingDirectory: facts.workingDirectory,
      home: world.env.get('HOME') ?? '/root',
      envFile: new Map(),
    }),
  );
  const enabled = (service: Service) => isActive(service, facts.profiles);
  return {
    ...facts,
    version: null,
    services: services.filter(enabled),
    disabled: services.filter((service) => !enabled(service)),
    networks: Object.entries(asData(tree['networks'])).map(([key, data]) => networkOf(key, data, facts.name)),
    volumes: Object.entries(asData(tree['volumes'])).map(([key, data]) => volumeOf(key, data, facts.name)),
    variables,
    source: tree,
  };
}

export function isActive({ profiles }: Service, active: readonly string[]): boolean {
  return profiles.length === 0 || active.includes('*') || profiles.some((each) => active.includes(each));
}

/** The services with the variables of their `env_file`s, below those of `environment` (types/project.go). */
export function* withEnvironment(
  { world }: LoadContext,
  project: ComposeProject,
): Sys<Result<ComposeProject, Problem>> {
  const services: Service[] = [];
  for (const service of project.services) {
    const variables = new Map<string, string>();
    for (const [i, entry] of asList(service.source['env_file']).entries()) {
      const read = yield* readEnvFile(service, i, asData(entry));
      if (!read.ok) return read;
      for (const [name, value] of read.value) variables.set(name, value);
    }
    services.push({ ...service, environment: new Map([...variables, ...service.environment]) });
  }
  return ok({ ...project, services });

  function* readEnvFile(
    service: Service,
    index: number,
    entry: Tree,
  ): Sys<Result<ReadonlyMap<string, string>, Problem>> {
    const file = asText(entry['path']) ?? '';
    const place = ['services', service.name, 'env_file', index];
    const text = yield* readText(world, file);
    if (!text.ok && entry['required'] === false) return ok(new Map());
    if (!text.ok) return err(problemAt(place, `env file ${file} not found: stat ${file}: no such file or directory`));
    const read = readDotenv(
      text.value,
      (name) => project.variables.get(name) ?? service.environment.get(name) ?? undefined,
    );
    return read.ok ? read : err(problemAt(place, `failed to read ${file}: ${read.error}`));
  }
}

/** Names of the profiles that services belong to. */
export function profileNames(project: ComposeProject): readonly string[] {
  const all = [...project.services, ...project.disabled].flatMap((service) => asStrings(service.profiles));
  return [...new Set(all)].toSorted();
}
