import { ok } from '../../base/result.ts';
import { DirectoryInode } from '../../kernel/fs/inode.ts';
import { ALL_CAPABILITIES } from '../../kernel/process/capabilities.ts';
import type { Namespaces } from '../../kernel/process/namespaces.ts';
import type { Task } from '../../kernel/process/task.ts';
import { WaitQueue } from '../../kernel/process/wait-queue.ts';
import type { Daemon } from '../daemon.ts';
import { type Answer, conflict, failure, notFound } from '../fault.ts';
import type { Attachment, Container, ProcessStreams } from './container.ts';
import { exitCodeOf, exitCodeOfFailure } from './exit-code.ts';
import { linkEnvironment } from './link-environment.ts';
import { countRuncThreads, processEnvironment, resolveProgram } from './process.ts';
import { makeStreams } from './streams.ts';
import { findUser } from './user.ts';

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

const RUNTIME = 'OCI runtime exec failed: exec failed: unable to start container process: ';

/** Another process in a running container (daemon/exec.go). */
export class Exec {
  readonly changed = new WaitQueue();
  task: Task | null = null;
  streams: ProcessStreams | null = null;
  readonly attachments = new Set<Attachment>();
  exitCode: number | null = null;
  running = false;

  constructor(
    readonly id: string,
    readonly container: Container,
    readonly config: ExecConfig,
    /** What links put into its environment. */
    readonly linked: readonly string[],
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
    if (container.lifecycle.state === 'restarting')
      return conflict(`Container ${container.id} is restarting, wait until the container is running`);
    if (!container.running) return conflict(`container ${container.id} is not running`);
    const linked = linkEnvironment(this.daemon, container);
    if (!linked.ok) return linked;
    const exec = new Exec(this.daemon.newId(), container, config, linked.value);
    this.all.set(exec.id, exec);
    if (this.all.size > 500) this.all.delete([...this.all.keys()][0] as string);
    this.daemon.containers.emit(container, `exec_create: ${wordsOf(config)}`, { execID: exec.id });
    return ok(exec);
  }

  start(exec: Exec): Answer<void> {
    const { container, config } = exec;
    const { namespaces } = container;
    if (!container.running || !namespaces) return conflict(`container ${container.id} is not running`);
    this.daemon.containers.emit(container, `exec_start: ${wordsOf(config)}`, { execID: exec.id });
    const argv = config.Cmd ?? [];
    const user = findUser(namespaces, config.User || container.config.User);
    if (!user.ok) return this.failed(exec, user.error);
    const env = processEnvironment(container, {
      tty: config.Tty ?? false,
      linked: exec.linked,
      extra: config.Env,
      home: user.value.home,
    });
    const cwd = config.WorkingDir || container.config.WorkingDir || '/';
    if (!isFolder(namespaces, cwd))
      return this.failed(
        exec,
        `${RUNTIME}chdir to cwd ("${cwd}") set in config.json failed: no such file or directory`,
      );
    const program = resolveProgram(namespaces, argv[0] ?? '', env, cwd);
    if (!program.ok) return this.failed(exec, RUNTIME + program.error);
    const { kernel } = this.daemon;
    const { streams, stdio } = makeStreams(kernel, {
      mounts: namespaces.mounts,
      tty: config.Tty ?? false,
      openStdin: config.AttachStdin ?? false,
      attachments: exec.attachments,
      log: { write() {}, end() {} },
    });
    exec.streams = streams;
    const task = kernel.spawn({
      run: { path: program.value },
      argv,
      env,
      cwd,
      uid: user.value.uid,
      namespaces: config.Privileged ? { ...namespaces, capabilities: ALL_CAPABILITIES } : namespaces,
      stdio,
      ...(streams.pty && { tty: streams.pty.tty }),
      onExit: (status) => {
        exec.running = false;
        exec.exitCode = exitCodeOf(status);
        container.execIds.delete(exec.id);
        streams.stdin?.release();
        streams.stdin = null;
        this.daemon.containers.emit(container, 'exec_die', { execID: exec.id, exitCode: String(exec.exitCode) });
        exec.changed.wake();
      },
    });
    if (!task.ok) return this.failed(exec, `${RUNTIME}exec: "${argv[0]}": permission denied`);
    countRuncThreads(namespaces.pids);
    exec.task = task.value;
    exec.running = true;
    container.execIds.add(exec.id);
    return ok();
  }

  private failed(exec: Exec, message: string): Answer<never> {
    exec.exitCode = exitCodeOfFailure(message) ?? 126;
    return failure(message);
  }
}

/** The command as events tell it: the program, a space, its arguments (daemon/exec.go). */
function wordsOf({ Cmd = [] }: ExecConfig): string {
  const [program = '', ...args] = Cmd;
  return `${program} ${args.join(' ')}`;
}

function isFolder({ mounts }: Namespaces, path: string): boolean {
  const at = mounts.resolve('/', path, true);
  return at.ok && at.value.inode instanceof DirectoryInode;
}
