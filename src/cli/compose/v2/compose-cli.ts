import { err, ok } from '../../../base/result.ts';
import { Engine } from '../../../compose/engine/engine.ts';
import { Console } from '../../../compose/v2/console.ts';
import { type LoadOptions, loadProject } from '../../../compose/v2/load/load.ts';
import type { ProgressMode } from '../../../compose/v2/progress/progress.ts';
import { projectFromContainers } from '../../../compose/v2/project-from-containers.ts';
import type { ComposeProject } from '../../../compose/v2/project.ts';
import { withoutUnused, withSelectedServices, withServicesEnabled } from '../../../compose/v2/selection.ts';
import { type Outcome, type Task, withProgress } from '../../../compose/v2/task.ts';
import type { Proc, Sys } from '../../../kernel/syscalls/proc.ts';
import { Cli } from '../../docker/cli.ts';

/** What stands before the verb. */
export interface GlobalOptions extends LoadOptions {
  /** Networks and volumes that no service uses count too. */
  readonly allResources: boolean;
  readonly progress: ProgressMode;
}

export interface NamedProject {
  /** null where only the name is known. */
  readonly project: ComposeProject | null;
  readonly name: string;
}

/** A call of docker compose: its console, its engine, and the project that it is about (cmd/compose/compose.go). */
export class ComposeCli {
  readonly cli: Cli;
  readonly engine: Engine;

  constructor(
    readonly proc: Proc,
    readonly console: Console,
    readonly options: GlobalOptions,
  ) {
    this.cli = new Cli(proc);
    this.engine = new Engine(proc);
  }

  /** The project with the named services and what they need; all of it where none is named. */
  *toProject(services: readonly string[] = [], skip: LoadOptions['skip'] = []): Sys<Outcome<ComposeProject>> {
    const loaded = yield* loadProject(this.proc, { ...this.options, skip });
    const { warnings } = loaded.ok ? loaded.value : loaded.error;
    for (const warning of warnings) yield* this.console.warn(warning);
    if (!loaded.ok) return err(loaded.error.message);
    const enabled = withServicesEnabled(loaded.value.project, services);
    const selected = withSelectedServices(enabled, services);
    if (!selected.ok || this.options.allResources) return selected;
    return ok(withoutUnused(selected.value));
  }

  /** The project, or with `-p` and no file its name alone. */
  *projectOrName(services: readonly string[] = []): Sys<Outcome<NamedProject>> {
    const { files, projectName } = this.options;
    if (files.length === 0 && projectName !== '') return ok({ project: null, name: projectName });
    const project = yield* this.toProject(services, ['environment']);
    if (project.ok) return ok({ project: project.value, name: project.value.name });
    const fromEnvironment = this.proc.env.get('COMPOSE_PROJECT_NAME') ?? '';
    return fromEnvironment === '' ? project : ok({ project: null, name: fromEnvironment });
  }

  /** The project's name: verbs that look at containers need no more. */
  *projectName(): Sys<Outcome<string>> {
    const stated = this.options.projectName || (this.proc.env.get('COMPOSE_PROJECT_NAME') ?? '');
    if (stated !== '') return ok(stated);
    const project = yield* this.toProject();
    return project.ok ? ok(project.value.name) : project;
  }

  /** The project itself, or what its containers tell of it. */
  *resolve({ project, name }: NamedProject): Sys<Outcome<ComposeProject>> {
    return project ? ok(project) : yield* projectFromContainers(this.engine, name);
  }

  /** Runs an operation with its progress; the answer is the exit status. */
  *operate(title: string, act: (task: Task) => Sys<Outcome>): Sys<number> {
    const done = yield* this.progress(title, act);
    return done.ok ? 0 : yield* this.console.fail(done.error);
  }

  *progress<T>(title: string, act: (task: Task) => Sys<Outcome<T>>): Sys<Outcome<T>> {
    const options = { mode: this.options.progress, title, colors: !this.proc.env.get('NO_COLOR') };
    return yield* withProgress(this.console, options, act);
  }
}
