import { err, ok, type Result } from '../../../base/result.ts';
import type { Duration } from '../../../sim/clock.ts';
import type { Errno } from '../../syscalls/errno.ts';
import type { Call, Pid, Proc, Program, SpawnOptions, WaitStatus } from '../../syscalls/proc.ts';
import type { Signal } from '../../syscalls/signal.ts';
import type { Namespaces } from '../namespaces.ts';
import { ProcessGroup, Session } from '../process-group.ts';
import { Task } from '../task.ts';
import { type Asker, executable } from './files.ts';

/** The system calls on processes: a new one, its end, its signals. */

/** What making a process and ending it takes of the time of whoever waits for it. */
const PROCESS: Duration = 300_000;

/** What arguments may take of a new program's stack, each with its pointer (fs/exec.c, bprm_stack_limits). */
const ARGUMENTS_MAX = 2 * 2 ** 20;

function tooLong(argv: readonly string[]): boolean {
  let bytes = 0;
  for (const argument of argv) bytes += argument.length + 9;
  return bytes > ARGUMENTS_MAX;
}

/** The program at a path with the arguments that it gets; a script's interpreter comes first (fs/binfmt_script.c). */
export function loadProgram(
  task: Asker,
  path: string,
  argv: readonly string[],
  depth = 0,
): Result<{ readonly program: Program; readonly argv: readonly string[]; readonly uid: number }, Errno> {
  const found = executable(task, path);
  if (!found.ok) return found;
  if ('program' in found.value) {
    const program = task.kernel.programs.get(found.value.program);
    return program ? ok({ program, argv, uid: found.value.uid }) : err('ENOEXEC');
  }
  if (depth > 4) return err('ELOOP');
  const [interpreter = '', ...rest] = found.value.script.split(/\s+/);
  const argument = rest.length > 0 ? [rest.join(' ')] : [];
  return loadProgram(task, interpreter, [interpreter, ...argument, path, ...argv.slice(1)], depth + 1);
}

export function* spawn(task: Task, options: SpawnOptions, env: ReadonlyMap<string, string>): Call<Pid> {
  yield* task.enter();
  const entered = namespacesFor(task, options.enter);
  if (!entered.ok) return entered;
  const { kernel, uid } = task;
  const namespaces = entered.value;
  const cwd = options.cwd ?? task.cwd;
  const loaded =
    'program' in options.run
      ? ok({ program: options.run.program, argv: options.argv, uid })
      : loadProgram({ kernel, namespaces, cwd, uid }, options.run.path, options.argv);
  if (!loaded.ok) return loaded;
  if (options.uid !== undefined && options.uid !== uid && uid !== 0) return err('EPERM');
  if (namespaces.pids.full) return err('EAGAIN');
  if ('path' in options.run && tooLong(options.argv)) return err('E2BIG');
  const inherited = new Map([...task.dispositions].filter(([, disposition]) => disposition === 'ignore'));
  const child = new Task({
    kernel,
    program: loaded.value.program,
    argv: loaded.value.argv,
    env: options.env ?? env,
    cwd,
    uid: options.uid ?? loaded.value.uid,
    namespaces,
    ...(options.thread && { thread: true }),
    parent: task,
    dispositions: new Map([...inherited, ...(options.dispositions ?? [])]),
    group: (ids) => {
      if (options.session === 'new') return new ProcessGroup(new Session(), ids);
      if (options.group === undefined) return task.group;
      return (
        (options.group === 'new' ? undefined : findGroup(task, options.group)) ??
        new ProcessGroup(task.group.session, ids)
      );
    },
  });
  if (options.session === 'new') child.group.session.leader = child;
  child.umask = task.umask;
  const fds = options.fds ?? [0, 1, 2].filter((fd) => task.files.get(fd)).map((fd) => [fd, fd] as const);
  for (const [to, own] of fds) {
    const file = task.files.get(own);
    if (file) child.files.set(to, file);
  }
  if (options.foreground && task.group.session.tty) task.group.session.tty.foreground = child.group;
  return ok(child.pids.get(task.namespaces.pids) as Pid);
}

/** The caller's namespaces, with those of another process that it asks for in their place. */
function namespacesFor(task: Task, enter: SpawnOptions['enter']): Result<Namespaces, Errno> {
  if (!enter) return ok(task.namespaces);
  if (task.uid !== 0) return err('EPERM');
  const other = task.kernel.processes.find(task.namespaces.pids, enter.pid)?.namespaces;
  if (!other) return err('ESRCH');
  if (other.pids.ended && enter.namespaces.includes('pid')) return err('EINVAL');
  const has = (name: 'net' | 'mount' | 'pid' | 'uts') => enter.namespaces.includes(name);
  return ok({
    net: (has('net') ? other : task.namespaces).net,
    mounts: (has('mount') ? other : task.namespaces).mounts,
    library: (has('mount') ? other : task.namespaces).library,
    capabilities: task.namespaces.capabilities,
    pids: (has('pid') ? other : task.namespaces).pids,
    uts: (has('uts') ? other : task.namespaces).uts,
  });
}

/** execve(2): everything of the old program goes but the process itself. */
export function* execute(
  task: Task,
  { path, argv, env, fds }: Parameters<Proc['execute']>[0],
  own: Map<string, string>,
): Call<Program> {
  yield* task.enter();
  const loaded = loadProgram(task, path, argv);
  if (!loaded.ok) return loaded;
  if (tooLong(argv)) return err('E2BIG');
  task.uid = loaded.value.uid;
  task.argv = loaded.value.argv;
  task.commandPath = null;
  task.calls.argv = loaded.value.argv;
  const environment = [...(env ?? own)];
  own.clear();
  for (const [name, value] of environment) own.set(name, value);
  if (fds) {
    const kept = fds.flatMap(([fd, from]) => {
      const file = task.files.get(from);
      file?.retain();
      return file ? [[fd, file] as const] : [];
    });
    task.files.closeAll();
    for (const [fd, file] of kept) {
      task.files.set(fd, file);
      file.release();
    }
  }
  for (const [signal, disposition] of task.dispositions) if (disposition === 'catch') task.dispositions.delete(signal);
  task.caught.length = 0;
  return ok(loaded.value.program);
}

export function findGroup(task: Task, id: Pid): ProcessGroup | undefined {
  for (const other of task.kernel.processes.visibleIn(task.namespaces.pids)) {
    if (other.group.ids.get(task.namespaces.pids) === id) return other.group;
  }
  return undefined;
}

export function* wait(
  task: Task,
  pid: Pid,
  options: { readonly noHang?: boolean; readonly untraced?: boolean },
): Call<WaitStatus | null> {
  yield* task.enter();
  const { pids } = task.namespaces;
  for (;;) {
    const candidates = [...task.children].filter((child) =>
      pid === -1
        ? true
        : pid > 0
          ? child.pids.get(pids) === pid
          : child.group.ids.get(pids) === (pid === 0 ? task.group.ids.get(pids) : -pid),
    );
    if (candidates.length === 0) return err('ECHILD');
    for (const child of candidates) {
      const status = changeOf(task, child, options.untraced ?? false);
      if (!status) continue;
      if (!options.noHang && (status.how === 'exited' || status.how === 'signaled')) yield* task.giveUp(PROCESS);
      return ok(status);
    }
    if (options.noHang) return ok(null);
    if ((yield* task.waitOn([task.childChanged], Number.POSITIVE_INFINITY)) === 'signal') return err('EINTR');
  }
}

function changeOf(task: Task, child: Task, untraced: boolean): WaitStatus | null {
  const pid = child.pids.get(task.namespaces.pids) as Pid;
  if (!child.exitStatus) {
    const { change } = child;
    if (!untraced || !change) return null;
    child.change = null;
    return { pid, ...change };
  }
  const status = { pid, ...child.exitStatus };
  child.reap();
  return status;
}

export function* kill(task: Task, pid: Pid, signal: Signal | 0): Call<void> {
  yield* task.enter();
  const { pids } = task.namespaces;
  const targets =
    pid > 0
      ? [task.kernel.processes.find(pids, pid)].flatMap((each) => each ?? [])
      : pid === -1
        ? [...task.kernel.processes.visibleIn(pids)].filter((each) => each.pid !== 1 && each !== task)
        : [...((pid === 0 ? task.group : findGroup(task, -pid))?.members ?? [])];
  if (targets.length === 0) return err('ESRCH');
  const permitted = targets.filter((each) => task.uid === 0 || each.uid === task.uid);
  if (permitted.length === 0) return err('EPERM');
  if (signal !== 0) for (const target of permitted) target.signal(signal, task);
  // A signal to itself takes effect before the call returns.
  if (permitted.includes(task)) yield* task.giveUp(0);
  return ok();
}
