import type { Kernel } from '../kernel.ts';
import { DeviceInode, DirectoryInode, FileSystem, type Inode, SymlinkInode } from './inode.ts';
import { LiveMap } from './live-map.ts';
import type { MountTable } from './mount-table.ts';

/** /dev with the devices that programs here open. */
export function mountDev(kernel: Kernel, mounts: MountTable): void {
  const fileSystem = new FileSystem(5, 'tmpfs');
  const dev = new DirectoryInode(fileSystem, 0o755);
  for (const device of ['full', 'null', 'random', 'tty', 'zero'] as const)
    dev.entries.set(device, new DeviceInode(fileSystem, 0o666, device));
  dev.entries.set('urandom', new DeviceInode(fileSystem, 0o666, 'random'));
  dev.entries.set('fd', new SymlinkInode(fileSystem, '/proc/self/fd'));
  for (const [fd, name] of ['stdin', 'stdout', 'stderr'].entries())
    dev.entries.set(name, new SymlinkInode(fileSystem, `/proc/self/fd/${fd}`));
  dev.entries.set('shm', new DirectoryInode(fileSystem, 0o1777));
  dev.entries.set('pts', new PtsDirectory(kernel, mounts, fileSystem));
  mounts.mount({ target: '/dev', root: dev, source: 'tmpfs', type: 'tmpfs', readOnly: false });
}

/** /dev/pts: the terminals that exist at this moment. */
class PtsDirectory extends DirectoryInode {
  override readonly entries: Map<string, Inode>;
  override readonly computed = true;
  private readonly devices = new Map<string, Inode>();

  constructor(kernel: Kernel, mounts: MountTable, fileSystem: FileSystem) {
    super(fileSystem, 0o755);
    this.entries = new LiveMap(
      () => [...kernel.ptysOf(mounts).keys()].map(String),
      (name) => {
        if (!kernel.ptysOf(mounts).has(Number(name)) || String(Number(name)) !== name) return undefined;
        const device = this.devices.get(name) ?? new DeviceInode(fileSystem, 0o620, 'pts', Number(name));
        this.devices.set(name, device);
        return device;
      },
    );
  }
}
