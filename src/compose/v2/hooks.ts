import { err, ok, type Result } from '../../base/result.ts';
import type { Sys } from '../../kernel/syscalls/proc.ts';
import type { EngineError } from '../engine/engine.ts';
import { asData, asList, asPairs, asStrings, asText } from '../model/normalise.ts';
import type { Service } from '../model/project.ts';
import { splitCommand } from '../model/split-command.ts';
import { engineWords, type Outcome, type Task } from './task.ts';

/** How often a hook is asked whether it has ended, in nanoseconds. */
const TICK = 100e6;

/** Why a hook failed: the engine wouldn't run it, or it ended with another status than 0. */
type HookFailure = EngineError | string;

/** Runs the commands that belong to a container's start or end, one after the other (pkg/compose/hook.go). */
export function* runHooks(
  task: Task,
  service: Service,
  container: string,
  when: 'post_start' | 'pre_stop',
): Sys<Result<void, HookFailure>> {
  for (const raw of asList(service.source[when])) {
    const hook = asData(raw);
    const { command } = hook;
    const exec = yield* task.engine.createExec(container, {
      User: asText(hook['user']) ?? '',
      Privileged: hook['privileged'] === true,
      Env: [...asPairs(hook['environment'])].map(([name, value]) => (value === null ? name : `${name}=${value}`)),
      WorkingDir: asText(hook['working_dir']) ?? '',
      Cmd: typeof command === 'string' ? (splitCommand(command) ?? [command]) : asStrings(command),
      Tty: service.tty,
    });
    if (!exec.ok) return exec;
    const started = yield* task.engine.startExec(exec.value, service.tty);
    // docker compose takes one that can't be started for one that has ended well (runWaitExec).
    if (!started.ok) continue;
    const status = yield* exitStatus(task, exec.value);
    if (status !== 0) return err(`${service.name} hook exited with status ${status}`);
  }
  return ok();
}

export const hookWords = (failure: HookFailure): Outcome<never> =>
  err(typeof failure === 'string' ? failure : engineWords(failure));

function* exitStatus(task: Task, exec: string): Sys<number> {
  for (;;) {
    yield* task.proc.sleep(TICK);
    const inspected = yield* task.engine.inspectExec(exec);
    if (!inspected.ok) return 0;
    if (inspected.value['Running'] !== true) return Number(inspected.value['ExitCode']);
  }
}
