import { ok } from '../../base/result.ts';
import type { Task } from '../../kernel/process/task.ts';
import { WaitQueue } from '../../kernel/process/wait-queue.ts';
import { SIGNALS } from '../../kernel/syscalls/signal.ts';
import type { Daemon } from '../daemon.ts';
import { type Answer, conflict, failure, notFound } from '../fault.ts';
import type { Container, ProcessStreams } from './container.ts';
import { processEnvironment, resolveProgram } from './process.ts';
import { makeStreams } from './streams.ts';

export interface ExecConfig {
  readonly Cmd?: readonly string[];
  readonly Tty?: boolean;
  readonly AttachStdin?: boolean;
  readonly AttachStdout?: boolean;
  readonly AttachStderr?: boolean;
  readonly Env?: readonly string[];
  readonly WorkingDir?: string;
  readonly User?: string;
  readonly Privileged?: boolean;
  readonly DetachKeys?: string;
}

/** Another process in a running container (daemon/exec.go). */
export class Exec {
  readonly changed = new WaitQueue();
  task: Task | null = null;
  streams: ProcessStreams | null = null;
  exitCode: number | null = null;
  running = false;

  constructor(
    readonly id: string,
    readonly container: Container,
    readonly config: ExecConfig,
  ) {}
}

/** The execs of the engine; those that ended are kept for a while, so that somebody can ask how. */
export class Execs {
  private readonly all = new Map<string, Exec>();

  constructor(private readonly daemon: Daemon) {}

  find(id: string): Answer<Exec> {
    const exec = this.all.get(id);
    return exec ? ok(exec) : notFound(`No such exec instance: ${id}`);
  }

  create(container: Container, config: ExecConfig): Answer<Exec> {
    if (container.lifecycle.state === 'paused')
      return conflict(`Container ${container.name} is paused, unpause the container before exec`);
    if (!container.running) return conflict(`container ${container.id} is not running`);
    const exec = new Exec(this.daemon.newId(), container, config);
    this.all.set(exec.id, exec);
    if (this.all.size > 500) this.all.delete([...this.all.keys()][0] as string);
    this.daemon.containers.emit(container, `exec_create: ${(config.Cmd ?? []).join(' ')}`, { execID: exec.id });
    return ok(exec);
  }

  start(exec: Exec): Answer<void> {
    const { container, config } = exec;
    const { namespaces } = container;
    if (!container.running || !namespaces) return conflict(`container ${container.id} is not running`);
    const argv = config.Cmd ?? [];
    const env = processEnvironment(container, config.Env);
    const cwd = config.WorkingDir || container.config.WorkingDir || '/';
    if (config.Tty) env.set('TERM', 'xterm');
    const program = resolveProgram(namespaces, argv[0] ?? '', env, cwd);
    if (!program.ok) {
      exec.exitCode = /executable file not found|no such file/.test(program.error) ? 127 : 126;
      return failure(`OCI runtime exec failed: exec failed: unable to start container process: ${program.error}`);
    }
    const { kernel } = this.daemon;
    const { streams, stdio } = makeStreams(kernel, {
      tty: config.Tty ?? false,
      openStdin: config.AttachStdin ?? false,
      log: () => {},
    });
    exec.streams = streams;
    const task = kernel.spawn({
      run: { path: program.value },
      argv,
      env,
      cwd,
      namespaces,
      stdio,
      ...(streams.pty && { tty: streams.pty.tty }),
      onExit: (status) => {
        exec.running = false;
        exec.exitCode =
          status.how === 'exited' ? status.status : status.how === 'signaled' ? 128 + SIGNALS[status.signal] : 0;
        streams.stdin?.release();
        streams.stdin = null;
        this.daemon.containers.emit(container, 'exec_die', { execID: exec.id, exitCode: String(exec.exitCode) });
        exec.changed.wake();
      },
    });
    if (!task.ok)
      return failure(
        `OCI runtime exec failed: exec failed: unable to start container process: exec: "${argv[0]}": permission denied`,
      );
    exec.task = task.value;
    exec.running = true;
    this.daemon.containers.emit(container, `exec_start: ${argv.join(' ')}`, { execID: exec.id });
    return ok();
  }
}
