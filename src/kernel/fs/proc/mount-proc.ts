import type { Kernel } from '../../kernel.ts';
import type { Namespaces } from '../../process/namespaces.ts';
import type { Task } from '../../process/task.ts';
import { LiveMap } from '../dev.ts';
import { ComputedInode, DirectoryInode, FileSystem, type Inode, SymlinkInode } from '../inode.ts';
import { netFiles } from './net-files.ts';

/** /proc of one set of namespaces: its processes, its network, its settings; texts are made when somebody reads them. */
export function mountProc(kernel: Kernel, namespaces: Namespaces): void {
  const fileSystem = new FileSystem(21, 'proc');
  const file = (compute: () => string, store?: (text: string) => boolean) =>
    new ComputedInode(fileSystem, store ? 0o644 : 0o444, compute, store);
  const folder = (entries: ReadonlyMap<string, Inode>) => {
    const directory = new DirectoryInode(fileSystem, 0o555);
    for (const [name, inode] of entries) directory.entries.set(name, inode);
    return directory;
  };
  const fixed = new Map<string, Inode>([
    ['uptime', file(() => `${(kernel.queue.now / 1e9).toFixed(2)} ${(kernel.queue.now / 1e9).toFixed(2)}\n`)],
    ['loadavg', file(() => `0.00 0.00 0.00 1/${namespaces.pids.tasks.size} 1\n`)],
    ['version', file(() => 'Linux version 6.18.44 (bridgewalk)\n')],
    ['mounts', file(() => mountLines(namespaces))],
    ['net', folder(new Map([...netFiles(namespaces.net.admin)].map(([name, compute]) => [name, file(compute)])))],
    ['sys', sysctlFolder(namespaces, file, folder)],
    ['self', new SelfLink(kernel, namespaces, fileSystem)],
  ]);
  const processes = () =>
    [...namespaces.pids.tasks].map(([pid, task]) => [String(pid), folder(taskFiles(task, pid, file))] as const);
  const root = new ProcDirectory(fileSystem, () => new Map<string, Inode>([...processes(), ...fixed]));
  const at = namespaces.mounts.root.root as DirectoryInode;
  if (!at.entries.has('proc')) at.entries.set('proc', new DirectoryInode(at.fileSystem, 0o555));
  namespaces.mounts.mount({ target: '/proc', root, source: 'proc', type: 'proc', readOnly: false });
}

class ProcDirectory extends DirectoryInode {
  override readonly entries: Map<string, Inode>;

  constructor(fileSystem: FileSystem, make: () => Map<string, Inode>) {
    super(fileSystem, 0o555);
    this.entries = new LiveMap(make);
  }
}

/** /proc/self: whoever asks. */
class SelfLink extends SymlinkInode {
  constructor(
    private readonly kernel: Kernel,
    private readonly namespaces: Namespaces,
    fileSystem: FileSystem,
  ) {
    super(fileSystem, '');
    Object.defineProperty(this, 'target', {
      get: () => String(this.kernel.current?.pids.get(this.namespaces.pids) ?? 1),
    });
  }
}

function mountLines(namespaces: Namespaces): string {
  return namespaces.mounts
    .all()
    .map(({ source, target, type, readOnly }) => `${source} ${target} ${type} ${readOnly ? 'ro' : 'rw'},relatime 0 0\n`)
    .join('');
}

function taskFiles(task: Task, pid: number, file: (compute: () => string) => Inode): ReadonlyMap<string, Inode> {
  const name = (task.argv[0] ?? '').replace(/.*\//, '').slice(0, 15);
  return new Map([
    ['cmdline', file(() => task.argv.map((word) => `${word}\0`).join(''))],
    ['comm', file(() => `${name}\n`)],
    ['stat', file(() => `${pid} (${name}) ${task.state} ${task.parent?.pids.get(task.namespaces.pids) ?? 0}\n`)],
    ['status', file(() => `Name:\t${name}\nState:\t${task.state}\nPid:\t${pid}\nUid:\t${task.uid}\n`)],
  ]);
}

function sysctlFolder(
  { net }: Namespaces,
  file: (compute: () => string, store?: (text: string) => boolean) => Inode,
  folder: (entries: ReadonlyMap<string, Inode>) => DirectoryInode,
): Inode {
  const setting = (name: string) =>
    file(
      () => `${net.sysctlGet(name) ?? ''}\n`,
      (text) => net.sysctlSet(name, text),
    );
  const names = [
    'ip_forward',
    'ip_default_ttl',
    'ip_local_port_range',
    'ip_unprivileged_port_start',
    'icmp_echo_ignore_all',
    'icmp_echo_ignore_broadcasts',
  ];
  const conf = (device: string) =>
    folder(
      new Map(
        ['rp_filter', 'forwarding', 'route_localnet'].map((name) => [name, setting(`net.ipv4.conf.${device}.${name}`)]),
      ),
    );
  const ipv4 = new Map<string, Inode>(names.map((name) => [name, setting(`net.ipv4.${name}`)]));
  ipv4.set('conf', folder(new Map(['all', 'default', 'eth0', 'lo'].map((device) => [device, conf(device)]))));
  const bridge = folder(new Map([['bridge-nf-call-iptables', setting('net.bridge.bridge-nf-call-iptables')]]));
  return folder(
    new Map<string, Inode>([
      [
        'net',
        folder(
          new Map<string, Inode>([
            ['ipv4', folder(ipv4)],
            ['bridge', bridge],
          ]),
        ),
      ],
    ]),
  );
}
