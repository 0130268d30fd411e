import { err, ok, type Result } from '../../base/result.ts';
import { strerror } from '../../kernel/syscalls/errno.ts';
import type { Sys } from '../../kernel/syscalls/proc.ts';
import { readDotenv } from '../load/dotenv.ts';
import { folderOf, isFile, readText, type Surroundings } from '../load/files.ts';
import { mergeFiles } from '../load/merge.ts';
import { readYaml } from '../load/read-yaml.ts';
import { asData, asList, asText, type Data, networkOf, volumeOf } from '../model/normalise.ts';
import type { Project } from '../model/project.ts';
import { resolvePath, serviceOf } from '../model/service.ts';
import { jsonTypeOf } from '../schema/shape.ts';
import { checkData } from './check-data.ts';
import { resolveExtends } from './extends.ts';
import { deployWarnings, swarmOnlyWarnings } from './ignored.ts';
import { secretWarnings } from './secrets.ts';
import { validateProject } from './validate.ts';
import { pythonType } from './python-type.ts';
import { VERSION_EXPLANATION } from './violation-words.ts';
import { yamlWords } from './yaml-words.ts';

/** Reading a project as docker-compose 1.29.2 does (compose/config/config.py). Failures are the text after `ERROR: `. */
export interface LoadOptions {
  readonly files: readonly string[];
  readonly projectName: string | null;
  readonly projectDirectory: string | null;
  readonly envFile: string | null;
  readonly profiles: readonly string[];
}

export interface Loaded {
  readonly project: Project;
  /** Lines for standard error, without `WARNING: `. */
  readonly warnings: readonly string[];
}

const NAMES = ['docker-compose.yml', 'docker-compose.yaml', 'compose.yml', 'compose.yaml'];
const OVERRIDES = [
  'docker-compose.override.yml',
  'docker-compose.override.yaml',
  'compose.override.yml',
  'compose.override.yaml',
];

const NOTHING_FOUND = `
        Can't find a suitable configuration file in this directory or any
        parent. Are you in the right directory?

        Supported filenames: ${NAMES.join(', ')}
        `;

export function* loadProject(proc: Surroundings, options: LoadOptions): Sys<Result<Loaded, string>> {
  const files = options.files.length > 0 ? options.files : yield* findFiles(proc);
  if (files.length === 0) return err(NOTHING_FOUND);
  const first = resolvePath(proc.cwd(), files[0] as string);
  const workingDirectory = options.projectDirectory
    ? resolvePath(proc.cwd(), options.projectDirectory)
    : folderOf(first);

  const variables = new Map(proc.env);
  const dotenv = yield* readText(proc, resolvePath(workingDirectory, options.envFile ?? '.env'));
  if (dotenv.ok)
    for (const [name, value] of readDotenv(dotenv.value, proc.env))
      if (!variables.has(name)) variables.set(name, value);

  const warnings: string[] = [];
  let merged: Data = {};
  for (const file of files) {
    const one = yield* readFile(proc, file, variables, warnings);
    if (!one.ok) return one;
    merged = mergeFiles(merged, one.value);
  }
  const name = projectNameOf(options.projectName ?? variables.get('COMPOSE_PROJECT_NAME') ?? null, workingDirectory);
  const extended = yield* resolveExtends(proc, merged, first, variables);
  if (!extended.ok) return extended;
  const project = yield* buildProject(
    proc,
    extended.value,
    { name, workingDirectory, files: files.map((file) => resolvePath(proc.cwd(), file)) },
    variables,
  );
  if (!project.ok) return project;
  const problem = validateProject(project.value);
  if (problem !== null) return err(problem);
  warnings.push(...swarmOnlyWarnings(project.value));
  for (const service of project.value.services) {
    const secrets = yield* secretWarnings(proc, project.value, service);
    if (!secrets.ok) return secrets;
    warnings.push(...secrets.value, ...deployWarnings(service));
  }
  return ok({ project: project.value, warnings });
}

/** The first usual name in this folder or the nearest parent, and the override file beside it. */
function* findFiles(proc: Surroundings): Sys<readonly string[]> {
  for (let folder = proc.cwd(); ; folder = folderOf(folder)) {
    for (const name of NAMES) {
      const path = resolvePath(folder, name);
      if (!(yield* isFile(proc, path))) continue;
      const shown = folder === proc.cwd() ? `./${name}` : path;
      for (const override of OVERRIDES) {
        if (yield* isFile(proc, resolvePath(folder, override))) return [shown, shown.replace(/[^/]*$/, override)];
      }
      return [shown];
    }
    if (folder === '/') return [];
  }
}

function* readFile(
  proc: Surroundings,
  file: string,
  variables: ReadonlyMap<string, string>,
  warnings: string[],
): Sys<Result<Data, string>> {
  const shown = file.startsWith('/') || file.startsWith('./') || file.startsWith('../') ? file : `./${file}`;
  const text = yield* readText(proc, resolvePath(proc.cwd(), file));
  if (!text.ok) {
    const kind =
      text.error === 'ENOENT'
        ? 'FileNotFoundError: [Errno 2]'
        : text.error === 'EISDIR'
          ? 'IsADirectoryError: [Errno 21]'
          : 'PermissionError: [Errno 13]';
    return err(`.${kind} ${strerror(text.error, 'glibc')}: '${shown}'`);
  }
  const yaml = readYaml(text.value);
  if (!yaml.ok) return err(yamlWords(yaml.error, shown));
  if (jsonTypeOf(yaml.value) !== 'object') {
    return err(`Top level object in '${shown}' needs to be an object not '${pythonType(yaml.value)}'.`);
  }
  const data = yaml.value as Data;
  const version = checkVersion(data, shown);
  if (version !== null) return err(version);
  return checkData(data, shown, variables, warnings);
}

function checkVersion(data: Data, shown: string): string | null {
  const version = data['version'];
  if (version === undefined) {
    if (['services', 'networks', 'volumes'].some((section) => data[section])) return null;
    return `The Compose file '${shown}' has neither version nor services: that is the old version 1 format, which this simulated host doesn't read. Put the services below "services:".`;
  }
  if (typeof version !== 'string') return `Version in "${shown}" is invalid - it should be a string.`;
  if (!/^[1-3]+(\.\d+)?$/.test(version)) return `Version "${version}" in "${shown}" is invalid.`;
  return version.startsWith('1') ? `Version in "${shown}" is invalid. ${VERSION_EXPLANATION}` : null;
}

function* buildProject(
  proc: Surroundings,
  data: Data,
  about: { readonly name: string; readonly workingDirectory: string; readonly files: readonly string[] },
  variables: ReadonlyMap<string, string>,
): Sys<Result<Project, string>> {
  const services = [];
  for (const [name, raw] of Object.entries(asData(data['services']))) {
    const service = asData(raw);
    const envFile = new Map<string, string>();
    for (const entry of asList(service['env_file'])) {
      const path = typeof entry === 'string' ? entry : (asText(asData(entry)['path']) ?? '');
      const text = yield* readText(proc, resolvePath(about.workingDirectory, path));
      if (!text.ok) return err(`Couldn't find env file: ${resolvePath(about.workingDirectory, path)}`);
      for (const [key, value] of readDotenv(text.value, variables)) envFile.set(key, value);
    }
    services.push(
      serviceOf(name, service, {
        workingDirectory: about.workingDirectory,
        home: proc.env.get('HOME') ?? '/root',
        envFile,
      }),
    );
  }
  const networks = Object.entries(asData(data['networks'])).map(([key, raw]) => networkOf(key, raw, about.name));
  const usesDefault = services.some((service) => service.networks.some((each) => each.network === 'default'));
  if (usesDefault && !networks.some((network) => network.key === 'default'))
    networks.unshift(networkOf('default', null, about.name));
  return ok({
    ...about,
    version: asText(data['version']),
    services,
    networks,
    volumes: Object.entries(asData(data['volumes'])).map(([key, raw]) => volumeOf(key, raw, about.name)),
    source: data,
  });
}

/** Lower case, without what is not a letter, digit, hyphen or underscore. */
export function projectNameOf(given: string | null, workingDirectory: string): string {
  const wanted = given ?? workingDirectory.slice(workingDirectory.lastIndexOf('/') + 1);
  return wanted.toLowerCase().replace(/[^-_a-z0-9]/g, '') || 'default';
}
