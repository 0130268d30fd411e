import { err, ok, type Result } from '../../../base/result.ts';
import type { Sys } from '../../../kernel/syscalls/proc.ts';
import { folderOf, isFile, readText, type Surroundings } from '../../load/files.ts';
import { resolvePath } from '../../model/service.ts';
import { type Problem, problem } from '../problem.ts';
import { readDotenv } from './dotenv.ts';
import type { LoadOptions } from './load.ts';

export interface FoundProject {
  readonly files: readonly string[];
  readonly workingDirectory: string;
  readonly variables: ReadonlyMap<string, string>;
}

type FindFiles = (world: Surroundings, start: string, warnings: string[]) => Sys<readonly string[]>;

/**
 * Where a project's files are and what its variables are. The two hang together: `.env` may name the files, and the files'
 * folder may have a `.env` (cmd/compose/compose.go, toProjectOptions).
 */
export function* readVariables(
  world: Surroundings,
  options: LoadOptions,
  warnings: string[],
  findFiles: FindFiles,
): Sys<Result<FoundProject, Problem>> {
  const cwd = world.cwd();
  const absolute = (path: string) => (path === '-' ? path : resolvePath(cwd, path));
  let files = options.files.map(absolute);
  const stated = options.projectDirectory === '' ? null : resolvePath(cwd, options.projectDirectory);
  const home = () => {
    const first = files.find((file) => file !== '-');
    return stated ?? (first === undefined ? cwd : folderOf(first));
  };
  const variables = new Map(world.env);
  const first = yield* addEnvFiles(world, options, home(), variables);
  if (!first.ok) return first;
  const fromEnvironment = variables.get('COMPOSE_FILE');
  if (files.length === 0 && fromEnvironment !== undefined) {
    files = fromEnvironment.split(variables.get('COMPOSE_PATH_SEPARATOR') || ':').map(absolute);
    for (const file of files)
      if (file !== '-' && !(yield* isFile(world, file))) return err(problem(`stat ${file}: no such file or directory`));
  }
  if (files.length === 0) files = [...(yield* findFiles(world, home(), warnings))];
  const second = yield* addEnvFiles(world, options, home(), variables);
  return second.ok ? ok({ files, workingDirectory: home(), variables }) : second;
}

/** Variables of `--env-file`, or else of `.env`; what is set already stays. */
function* addEnvFiles(
  world: Surroundings,
  { envFiles }: LoadOptions,
  folder: string,
  variables: Map<string, string>,
): Sys<Result<void, Problem>> {
  const disabled = /^(1|t|true)$/i.test(variables.get('COMPOSE_DISABLE_ENV_FILE') ?? '');
  const usual = resolvePath(folder, '.env');
  const files =
    envFiles.length > 0
      ? envFiles.map((file) => resolvePath(world.cwd(), file))
      : !disabled && (yield* isFile(world, usual))
        ? [usual]
        : [];
  const found = new Map<string, string>();
  for (const file of files) {
    const text = yield* readText(world, file);
    if (!text.ok) {
      const words = text.error === 'EISDIR' ? `${file} is a directory` : `couldn't find env file: ${file}`;
      return err(problem(words));
    }
    const read = readDotenv(text.value, (name) => variables.get(name) ?? found.get(name));
    if (!read.ok) return err(problem(`failed to read ${file}: ${read.error}`));
    for (const [name, value] of read.value) found.set(name, value);
  }
  for (const [name, value] of found) if (!variables.has(name)) variables.set(name, value);
  return ok();
}
