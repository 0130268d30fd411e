import { listProjects } from '../../../compose/v2/list-projects.ts';
import { profileNames } from '../../../compose/v2/load/project.ts';
import { loadProject } from '../../../compose/v2/load/load.ts';
import { Engine } from '../../../compose/engine/engine.ts';
import type { Proc, Sys } from '../../../kernel/syscalls/proc.ts';
import type { Completer } from '../../command/command.ts';

function* projectHere(proc: Proc) {
  const loaded = yield* loadProject(proc, {
    files: [],
    projectName: '',
    projectDirectory: '',
    envFiles: [],
    profiles: [],
    skip: ['environment'],
  });
  return loaded.ok ? loaded.value.project : null;
}

/** Names of services of the project in this folder. */
export const serviceCompleter: Completer = function* (cli, args) {
  const project = yield* projectHere(cli.proc);
  if (!project) return [];
  return [...project.services, ...project.disabled]
    .map((service) => service.name)
    .filter((name) => !args.includes(name))
    .toSorted();
};

/** The first argument is a service; what follows is a command's business. */
export const firstServiceCompleter: Completer = function* (cli, args, word) {
  return args.length === 0 ? yield* serviceCompleter(cli, args, word) : [];
};

export const profileCompleter: Completer = function* (cli): Sys<readonly string[]> {
  const project = yield* projectHere(cli.proc);
  return project ? profileNames(project) : [];
};

export const projectNameCompleter: Completer = function* (cli) {
  const projects = yield* listProjects(new Engine(cli.proc), { all: true });
  return projects.ok ? projects.value.map((each) => each.name) : [];
};

export const scaleCompleter: Completer = function* (cli, args, word) {
  const names = yield* serviceCompleter(cli, args, word);
  return names.map((name) => `${name}=`);
};

export const noCompletion: Completer = function* () {
  return [];
};
