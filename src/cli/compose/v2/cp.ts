import { err, ok } from '../../../base/result.ts';
import { projectContainers, specifiedContainer } from '../../../compose/v2/containers.ts';
import { type Outcome, type Task, parallel, tell } from '../../../compose/v2/task.ts';
import type { ContainerSummary } from '../../../compose/engine/engine.ts';
import type { Sys } from '../../../kernel/syscalls/proc.ts';
import { exactly } from '../../command/argument-rule.ts';
import { bool, int } from '../../command/flag.ts';
import { Cli } from '../../docker/cli.ts';
import { cp as dockerCp } from '../../docker/container/cp.ts';
import { callDocker } from './call-docker.ts';
import { noCompletion } from './completion.ts';
import { defineVerb } from './verb.ts';

export const cp = defineVerb({
  use: 'cp [OPTIONS] SERVICE:SRC_PATH DEST_PATH|-\n\tdocker compose cp [OPTIONS] SRC_PATH|- SERVICE:DEST_PATH',
  short: 'Copy files/folders between a service container and the local filesystem',
  args: exactly(2),
  complete: noCompletion,
  flags: {
    index: int('Index of the container if service has multiple replicas'),
    all: bool('Include containers created by the run command'),
    'follow-link': bool('Always follow symbol link in SRC_PATH', { short: 'L' }),
    archive: bool('Archive mode (copy all uid/gid information)', { short: 'a' }),
  },
  *run({ compose, args: [source = '', destination = ''], flags }) {
    const { console } = compose;
    if (source === '') return yield* console.fail('source can not be empty');
    if (destination === '') return yield* console.fail('destination can not be empty');
    const project = yield* compose.projectName();
    if (!project.ok) return yield* console.fail(project.error);
    const from = splitArgument(source);
    const to = splitArgument(destination);
    return yield* compose.operate('Copying', function* (task) {
      if (from.service !== '' && to.service !== '') return err('copying between services is not supported');
      if (from.service === '' && to.service === '') return err('unknown copy direction');
      const service = from.service || to.service;
      const found = yield* targets(task, project.value, service, flags);
      if (!found.ok) return found;
      // Out of one container, into all of them.
      const chosen = from.service === '' ? found.value : found.value.slice(0, 1);
      return yield* parallel(task, chosen, (own, container) =>
        copy(own, container.name, from, to, { archive: flags.archive, 'follow-link': flags['follow-link'] }),
      );
    });
  },
});

interface CopyArgument {
  readonly service: string;
  readonly path: string;
}

function splitArgument(text: string): CopyArgument {
  const at = text.indexOf(':');
  if (text.startsWith('/') || text.startsWith('.') || at < 0) return { service: '', path: text };
  return { service: text.slice(0, at), path: text.slice(at + 1) };
}

function* targets(
  task: Task,
  project: string,
  service: string,
  flags: { readonly index: number; readonly all: boolean },
): Sys<Outcome<readonly ContainerSummary[]>> {
  if (flags.index > 0) {
    const one = yield* specifiedContainer(task, project, service, flags.index, { all: true });
    return one.ok ? ok([one.value]) : one;
  }
  const oneOff = flags.all ? 'include' : 'exclude';
  const listed = yield* projectContainers(task, project, { oneOff, services: [service] });
  if (!listed.ok || listed.value.length > 0) return listed;
  return err(`no container found for service ${JSON.stringify(service)}`);
}

function* copy(
  task: Task,
  name: string,
  from: CopyArgument,
  to: CopyArgument,
  flags: { readonly archive: boolean; readonly 'follow-link': boolean },
): Sys<Outcome> {
  const out = from.service !== '';
  const text = out ? `copy ${name}:${from.path} to ${to.path}` : `copy ${from.path} to ${name}:${to.path}`;
  yield* tell(task, { id: name, status: 'working', text, statusText: 'Copying' });
  const quiet = new QuietCli(task.proc);
  const args = out ? [`${name}:${from.path}`, to.path] : [from.path, `${name}:${to.path}`];
  const status = yield* callDocker(quiet, dockerCp, args, { ...flags, quiet: true });
  if (status !== 0) return err(quiet.said.trimEnd());
  yield* tell(task, { id: name, status: 'done', text, statusText: 'Copied' });
  return ok();
}

/** Keeps what would go to standard error. */
class QuietCli extends Cli {
  said = '';

  override *error(text: string): Sys<void> {
    this.said += text;
  }
}
