import { concatBytes, decodeUtf8 } from '../../base/bytes.ts';
import type { Proc, Sys } from '../../kernel/syscalls/proc.ts';
import { type Duration, MILLISECOND, SECOND } from '../../sim/clock.ts';
import type { Daemon } from '../daemon.ts';
import type { Attachment, Container, Health, HealthcheckResult } from './container.ts';

/** Health checks (daemon/health.go): a command that runs in the container now and then, and what its ends say. */

const DEFAULT_INTERVAL = 30 * SECOND;
const DEFAULT_TIMEOUT = 30 * SECOND;
const DEFAULT_START_INTERVAL = 5 * SECOND;
const DEFAULT_RETRIES = 3;
const MOST_RESULTS = 5;
const MOST_OUTPUT = 4096;

/** The command of a health check; null where there is none, or where it is `NONE`. */
export function healthCommand({ config }: Pick<Container, 'config'>): readonly string[] | null {
  const [kind, ...words] = config.Healthcheck?.Test ?? [];
  if (kind === 'CMD') return words;
  return kind === 'CMD-SHELL' ? ['/bin/sh', '-c', ...words] : null;
}

/** Starts the thread that checks a container which has just been started. */
export function watchHealth(daemon: Daemon, container: Container): void {
  const command = healthCommand(container);
  if (!command) return;
  const health: Health = { status: 'starting', failingStreak: 0, log: container.health?.log ?? [] };
  container.health = health;
  const task = daemon.kernel.spawn({
    run: { program: (proc) => monitor(daemon, container, health, command, proc) },
    argv: ['dockerd'],
    thread: true,
  });
  container.healthMonitor = task.ok ? task.value : null;
}

function* monitor(
  daemon: Daemon,
  container: Container,
  health: Health,
  command: readonly string[],
  proc: Proc,
): Sys<number> {
  const { Interval, StartInterval, StartPeriod, Retries } = container.config.Healthcheck ?? {};
  const began = proc.now();
  const isStarting = (time: number) => time - began < (StartPeriod || 0);
  for (;;) {
    yield* proc.sleep(
      health.status === 'starting' && isStarting(proc.now())
        ? StartInterval || DEFAULT_START_INTERVAL
        : Interval || DEFAULT_INTERVAL,
    );
    if (container.lifecycle.state !== 'running') continue;
    const inStartPeriod = isStarting(proc.now());
    const result = yield* probe(daemon, container, command, proc);
    const changed = judge(health, result, { retries: Retries || DEFAULT_RETRIES, inStartPeriod });
    container.changed.wake();
    if (changed) daemon.containers.emit(container, `health_status: ${health.status}`);
  }
}

/** Takes one result into account. Failures of the start period don't count. @returns whether the status is another one */
export function judge(
  health: Health,
  result: HealthcheckResult,
  { retries, inStartPeriod }: { readonly retries: number; readonly inStartPeriod: boolean },
): boolean {
  const before = health.status;
  health.log = [...health.log.slice(1 - MOST_RESULTS), result];
  if (result.ExitCode === 0) {
    health.failingStreak = 0;
    health.status = 'healthy';
  } else if (health.status !== 'starting' || !inStartPeriod) {
    health.failingStreak++;
    if (health.failingStreak >= retries) health.status = 'unhealthy';
  }
  return health.status !== before;
}

/** Runs the command once, for as long as it may take. */
function* probe(daemon: Daemon, container: Container, command: readonly string[], proc: Proc): Sys<HealthcheckResult> {
  const Start = daemon.timestamp();
  const result = (ExitCode: number, Output: string): HealthcheckResult => ({
    Start,
    End: daemon.timestamp(),
    ExitCode,
    Output,
  });
  const { User, WorkingDir, Healthcheck } = container.config;
  const created = daemon.execs.create(container, {
    Cmd: command,
    AttachStdout: true,
    AttachStderr: true,
    User,
    WorkingDir,
  });
  if (!created.ok) return result(-1, created.error.message);
  const exec = created.value;
  const output: Uint8Array[] = [];
  let kept = 0;
  const listener: Attachment = {
    output(_, bytes) {
      if (kept < MOST_OUTPUT) output.push(bytes);
      kept += bytes.length;
    },
    congested: null,
    ended() {},
  };
  exec.attachments.add(listener);
  const started = daemon.execs.start(exec);
  if (!started.ok) return result(-1, started.error.message);
  const limit: Duration = Healthcheck?.Timeout || DEFAULT_TIMEOUT;
  const deadline = proc.now() + limit;
  while (exec.running) if ((yield* daemon.kernel.taskOf(proc).waitOn([exec.changed], deadline)) === 'timeout') break;
  const text = () => decodeUtf8(concatBytes(output)).slice(0, MOST_OUTPUT);
  if (!exec.running) {
    // Its last words are still on their way.
    yield* proc.sleep(1_000_000);
    return result(exec.exitCode ?? -1, text());
  }
  exec.task?.signal('SIGKILL', null);
  const said = text();
  return result(-1, `Health check exceeded timeout (${goDuration(limit)})${said === '' ? '' : `: ${said}`}`);
}

/** A span as Go prints it: `1m30s`, `500ms`. */
function goDuration(time: Duration): string {
  if (time < SECOND) return `${time / MILLISECOND}ms`;
  const seconds = time / SECOND;
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return `${hours > 0 ? `${hours}h` : ''}${seconds >= 60 ? `${minutes}m` : ''}${seconds % 60}s`;
}
