import type { PidNamespace } from '../../process/namespaces.ts';
import type { Task } from '../../process/task.ts';
import { DescriptorInode, type FileSystem, type Inode, SymlinkInode } from '../inode.ts';
import { ComputedDirectory, computedFile, LiveDirectory } from './computed-tree.ts';

const STATES: Record<Task['state'], string> = { R: 'running', S: 'sleeping', T: 'stopped', Z: 'zombie' };
/** Clock ticks a second (USER_HZ). */
const TICK = 10_000_000;

/** /proc/PID of one process, as a pid namespace sees it (proc_pid(5)). */
export function taskFolder(task: Task, pids: PidNamespace, fileSystem: FileSystem): Inode {
  const file = (compute: () => string) => computedFile(fileSystem, compute);
  const parent = () => task.parent?.pids.get(pids) ?? 0;
  const pid = () => task.pids.get(pids) ?? 0;
  const group = () => task.group.ids.get(pids) ?? 0;
  const environment = () => [...task.calls.env].map(([name, value]) => `${name}=${value}\0`).join('');
  return new ComputedDirectory(fileSystem, [
    ['cmdline', file(() => (task.exitStatus ? '' : task.argv.map((word) => `${word}\0`).join('')))],
    ['comm', file(() => `${task.command}\n`)],
    ['cwd', new LiveLink(fileSystem, () => task.cwd)],
    ['environ', file(environment)],
    [
      'fd',
      new LiveDirectory(
        fileSystem,
        () => task.files.entries().map(([fd]) => String(fd)),
        (name) => descriptor(task, name, fileSystem),
      ),
    ],
    [
      'stat',
      file(
        () =>
          `${pid()} (${task.command}) ${task.state} ${parent()} ${group()} ${group()} 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 ${Math.floor(task.started / TICK)}\n`,
      ),
    ],
    [
      'status',
      file(() => {
        const ids = `${task.uid}\t${task.uid}\t${task.uid}\t${task.uid}`;
        return `Name:\t${task.command}\nState:\t${task.state} (${STATES[task.state]})\nTgid:\t${pid()}\nPid:\t${pid()}\nPPid:\t${parent()}\nUid:\t${ids}\nGid:\t${ids}\n`;
      }),
    ],
  ]);
}

function descriptor(task: Task, name: string, fileSystem: FileSystem): Inode | undefined {
  const file = /^(0|[1-9]\d*)$/.test(name) ? task.files.get(Number(name)) : undefined;
  if (!file) return undefined;
  const { type, inode } = file.stat();
  return new DescriptorInode(fileSystem, `${type}:[${inode}]`, file);
}

/** A link whose target is known when somebody follows it. */
export class LiveLink extends SymlinkInode {
  constructor(fileSystem: FileSystem, lead: () => string) {
    super(fileSystem, '');
    Object.defineProperty(this, 'target', { get: lead });
  }
}
