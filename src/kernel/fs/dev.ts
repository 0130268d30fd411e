import type { Kernel } from '../kernel.ts';
import { DeviceInode, DirectoryInode, FileSystem } from './inode.ts';
import type { MountTable } from './mount-table.ts';

/** /dev with the devices that programs here open. */
export function mountDev(kernel: Kernel, mounts: MountTable, rootFileSystem: FileSystem): void {
  const fileSystem = new FileSystem(5, 'tmpfs');
  const dev = new DirectoryInode(fileSystem, 0o755);
  for (const device of ['null', 'zero', 'random', 'tty'] as const)
    dev.entries.set(device, new DeviceInode(fileSystem, 0o666, device));
  dev.entries.set('urandom', new DeviceInode(fileSystem, 0o666, 'random'));
  dev.entries.set('pts', new PtsDirectory(kernel, fileSystem));
  const root = mounts.root.root as DirectoryInode;
  if (!root.entries.has('dev')) root.entries.set('dev', new DirectoryInode(rootFileSystem, 0o755));
  mounts.mount({ target: '/dev', root: dev, source: 'tmpfs', type: 'tmpfs', readOnly: false });
}

/** /dev/pts: the terminals that exist at this moment. */
class PtsDirectory extends DirectoryInode {
  override readonly entries: Map<string, DeviceInode>;

  constructor(kernel: Kernel, fileSystem: FileSystem) {
    super(fileSystem, 0o755);
    this.entries = new LiveMap(
      () => new Map([...kernel.ptys.keys()].map((n) => [String(n), new DeviceInode(fileSystem, 0o620, 'pts', n)])),
    );
  }
}

/** A map whose entries are made when somebody looks. */
export class LiveMap<V> extends Map<string, V> {
  constructor(private readonly make: () => Map<string, V>) {
    super();
  }

  override get(key: string): V | undefined {
    return this.make().get(key);
  }

  override has(key: string): boolean {
    return this.make().has(key);
  }

  override get size(): number {
    return this.make().size;
  }

  override [Symbol.iterator](): MapIterator<[string, V]> {
    return this.make()[Symbol.iterator]();
  }

  override entries(): MapIterator<[string, V]> {
    return this.make().entries();
  }

  override set(): this {
    return this;
  }

  override delete(): boolean {
    return false;
  }
}
