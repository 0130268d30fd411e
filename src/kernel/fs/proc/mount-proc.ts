import type { Kernel } from '../../kernel.ts';
import type { Namespaces } from '../../process/namespaces.ts';
import type { Task } from '../../process/task.ts';
import { DirectoryInode, FileSystem, type Inode } from '../inode.ts';
import { ComputedDirectory, computedFile, LiveDirectory } from './computed-tree.ts';
import { machineFiles } from './machine-files.ts';
import { mountSys } from './mount-sys.ts';
import { netFiles } from './net-files.ts';
import { sysctlFolder } from './sysctl-folder.ts';
import { LiveLink, taskFolder } from './task-files.ts';

/**
 * /proc and /sys of one set of namespaces: its processes, its network, its settings; texts are made when somebody reads them.
 * @param options.writableSettings whether /proc/sys may be written to: on the host and in privileged containers
 */
export function mountProc(
  kernel: Kernel,
  namespaces: Namespaces,
  {
    writableSettings = namespaces.mounts === kernel.hostNamespaces.mounts,
  }: { readonly writableSettings?: boolean } = {},
): void {
  const { mounts, pids } = namespaces;
  const fileSystem = new FileSystem(21, 'proc');
  const file = (compute: () => string) => computedFile(fileSystem, compute);
  // /proc/net and /proc/sys/net are those of whoever reads them.
  const netns = () => kernel.current?.namespaces.net ?? namespaces.net;
  const net = [...netFiles(() => netns().admin)].map(([name, compute]) => [name, file(compute)] as const);
  const fixed = new Map<string, Inode>([
    ...[...machineFiles(kernel, namespaces)].map(([name, compute]) => [name, file(compute)] as const),
    ['mounts', file(() => mountLines(namespaces))],
    ['net', new ComputedDirectory(fileSystem, net)],
    ['sys', sysctlFolder(fileSystem, netns, namespaces.uts)],
    ['self', new LiveLink(fileSystem, () => String(kernel.current?.pids.get(pids) ?? 1))],
  ]);
  const folders = new WeakMap<Task, Inode>();
  const root = new LiveDirectory(
    fileSystem,
    () => [...[...pids.tasks].filter(([, { thread }]) => !thread).map(([pid]) => String(pid)), ...fixed.keys()],
    (name) => {
      const task = /^[1-9]\d*$/.test(name) ? pids.tasks.get(Number(name)) : undefined;
      if (!task) return fixed.get(name);
      const folder = folders.get(task) ?? taskFolder(task, pids, fileSystem);
      folders.set(task, folder);
      return folder;
    },
  );
  mounts.mount({ target: '/proc', root, source: 'proc', type: 'proc', readOnly: false });
  mountSys(namespaces, { readOnly: !writableSettings });
  if (writableSettings) return;
  // runc: "readonlyPaths".
  const settings = fixed.get('sys') as DirectoryInode;
  mounts.mount({ target: '/proc/sys', root: settings, source: 'proc', type: 'proc', readOnly: true });
}

function mountLines(namespaces: Namespaces): string {
  return namespaces.mounts
    .all()
    .map(({ source, target, type, readOnly }) => `${source} ${target} ${type} ${readOnly ? 'ro' : 'rw'},relatime 0 0\n`)
    .join('');
}
