import { NO_BYTES, Utf8Stream } from '../../base/bytes.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { open } from '../../dockerd/api/client.ts';
import type { Proc, Sys } from '../../kernel/syscalls/proc.ts';
import type { ContainerSummary, EngineError } from '../engine/engine.ts';
import { asData, asList, asPairs, asStrings, asText } from '../model/normalise.ts';
import type { Service } from '../model/project.ts';
import { splitCommand } from '../model/split-command.ts';
import { nameWithoutProject } from './naming.ts';
import { engineWords, type Outcome, type Task } from './task.ts';

/** How often a hook is asked whether it has ended, in nanoseconds. */
const TICK = 100e6;

/** Why a hook failed: the engine wouldn't run it, or it ended with another status than 0. */
type HookFailure = EngineError | string;

/** Runs the commands that belong to a container's start or end, one after the other (pkg/compose/hook.go). */
export function* runHooks(
  task: Task,
  service: Service,
  container: ContainerSummary,
  when: 'post_start' | 'pre_stop',
): Sys<Result<void, HookFailure>> {
  for (const raw of asList(service.source[when])) {
    const hook = asData(raw);
    const { command } = hook;
    const { hear } = task;
    const exec = yield* task.engine.createExec(container.id, {
      User: asText(hook['user']) ?? '',
      Privileged: hook['privileged'] === true,
      Env: [...asPairs(hook['environment'])].map(([name, value]) => (value === null ? name : `${name}=${value}`)),
      WorkingDir: asText(hook['working_dir']) ?? '',
      Cmd: typeof command === 'string' ? (splitCommand(command) ?? [command]) : asStrings(command),
      AttachStdout: hear !== undefined,
      AttachStderr: hear !== undefined,
      Tty: service.tty,
    });
    if (!exec.ok) return exec;
    if (hear) {
      const tell = (line: string) => hear(task.proc, `${nameWithoutProject(container)} ->`, line);
      yield* listenTo(task.proc, exec.value, service.tty, tell);
    } else {
      const started = yield* task.engine.startExec(exec.value, service.tty);
      // docker compose takes one that can't be started for one that has ended well (runWaitExec).
      if (!started.ok) continue;
    }
    const status = yield* exitStatus(task, exec.value);
    if (status !== 0) return err(`${service.name} hook exited with status ${status}`);
  }
  return ok();
}

export const hookWords = (failure: HookFailure): Outcome<never> =>
  err(typeof failure === 'string' ? failure : engineWords(failure));

/** Starts it and tells its lines, to the end of its output. */
function* listenTo(proc: Proc, exec: string, tty: boolean, tell: (line: string) => Sys<void>): Sys<void> {
  const body = { Detach: false, Tty: tty };
  const opened = yield* open(proc, { method: 'POST', path: `/v1.51/exec/${exec}/start`, body });
  if (!opened.ok) return;
  const stream = new Utf8Stream();
  let rest = '';
  for (;;) {
    const message = yield* opened.value.receive();
    if (message === undefined) break;
    const lines = (rest + stream.write(message.stdout ?? message.stderr ?? NO_BYTES)).split('\n');
    rest = lines.pop() as string;
    for (const line of lines) yield* tell(line);
  }
  yield* opened.value.close();
  if (rest !== '') yield* tell(rest);
}

function* exitStatus(task: Task, exec: string): Sys<number> {
  for (;;) {
    const inspected = yield* task.engine.inspectExec(exec);
    if (!inspected.ok) return 0;
    if (inspected.value['Running'] !== true) return Number(inspected.value['ExitCode']);
    yield* task.proc.sleep(TICK);
  }
}
