import { listProjects } from '../../../compose/v2/list-projects.ts';
import { profileNames } from '../../../compose/v2/load/project.ts';
import { loadProject } from '../../../compose/v2/load/load.ts';
import { Engine } from '../../../compose/engine/engine.ts';
import type { Proc, Sys } from '../../../kernel/syscalls/proc.ts';
import { asStrings, asText } from '../../../compose/model/normalise.ts';
import { resolvePath } from '../../../compose/model/service.ts';
import type { Completer } from '../../command/command.ts';

type Given = Parameters<Completer>[3];

/** The project that the flags before the verb tell of, or that of this folder. */
function* projectHere(proc: Proc, given: Given) {
  const loaded = yield* loadProject(proc, {
    files: asStrings(given['file']),
    projectName: asText(given['project-name']) ?? '',
    projectDirectory: asText(given['project-directory']) ?? '',
    envFiles: asStrings(given['env-file']).map((file) => resolvePath(proc.cwd(), file)),
    profiles: asStrings(given['profile']),
    skip: ['environment'],
  });
  return loaded.ok ? loaded.value.project : null;
}

/** Names of services of the project. */
export const serviceCompleter: Completer = function* (cli, args, _word, given) {
  const project = yield* projectHere(cli.proc, given);
  if (!project) return [];
  return [...project.services, ...project.disabled]
    .map((service) => service.name)
    .filter((name) => !args.includes(name))
    .toSorted();
};

/** The first argument is a service; what follows is a command's business. */
export const firstServiceCompleter: Completer = function* (cli, args, word, given) {
  return args.length === 0 ? yield* serviceCompleter(cli, args, word, given) : [];
};

export const profileCompleter: Completer = function* (cli, _args, _word, given): Sys<readonly string[]> {
  const project = yield* projectHere(cli.proc, given);
  return project ? profileNames(project) : [];
};

export const projectNameCompleter: Completer = function* (cli) {
  const projects = yield* listProjects(new Engine(cli.proc), { all: true });
  return projects.ok ? projects.value.map((each) => each.name) : [];
};

export const scaleCompleter: Completer = function* (cli, args, word, given) {
  const names = yield* serviceCompleter(cli, args, word, given);
  return names.map((name) => `${name}=`);
};

export const noCompletion: Completer = function* () {
  return [];
};
