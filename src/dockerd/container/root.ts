import { ok } from '../../base/result.ts';
import type { MountTable } from '../../kernel/fs/mount-table.ts';
import type { Daemon } from '../daemon.ts';
import { type Answer, invalid } from '../fault.ts';
import { copyTree } from '../../kernel/fs/copy-tree.ts';
import type { FileTree } from '../../kernel/fs/file-tree.ts';
import { DirectoryInode, FileInode, FileSystem } from '../../kernel/fs/inode.ts';
import { OverlayDirectory } from '../../kernel/fs/overlay.ts';
import type { Container } from './container.ts';
import { networkFilesFolder } from './network-files.ts';

/** The layer between image and container: what stands there to be mounted over, and is no change of the container's own (daemon/initlayer). */
const INIT_LAYER: FileTree = {
  '/.dockerenv': { content: '', mode: 0o755 },
  '/etc/hosts': { content: '', mode: 0o755 },
  '/etc/hostname': { content: '', mode: 0o755 },
  '/etc/resolv.conf': { content: '', mode: 0o755 },
  '/etc/mtab': { symlink: '/proc/mounts' },
};

/** A container's files without its mounts: image, init layer, and what the container wrote. */
export function createRoot({ kernel }: Daemon, { image, upper, hostConfig }: Container): MountTable {
  return kernel.createRoot([...image.definition.layers, INIT_LAYER], upper, { readOnly: hostConfig.ReadonlyRootfs });
}

/** The root that a container's processes see; of one that doesn't run, the one that they would see. */
export function rootOf(daemon: Daemon, container: Container): Answer<MountTable> {
  if (container.running && container.namespaces) return ok(container.namespaces.mounts);
  const root = createRoot(daemon, container);
  mountNetworkFiles(daemon, container, root);
  const mounted = mountAll(daemon, container, root);
  return mounted.ok ? ok(root) : mounted;
}

/** What the container has written over its image. */
export function overlayOf(daemon: Daemon, container: Container): OverlayDirectory | null {
  const { root } = (container.running && container.namespaces?.mounts.root) || createRoot(daemon, container).root;
  return root instanceof OverlayDirectory ? root : null;
}

/** /etc/hosts and its like are files of the engine, mounted over the image's. */
export function mountNetworkFiles(daemon: Daemon, container: Container, mounts: MountTable): void {
  const { kernel } = daemon;
  const folder = networkFilesFolder(daemon, container);
  for (const name of ['hosts', 'hostname', 'resolv.conf']) {
    const inode = kernel.files.inode(`${folder}/${name}`);
    if (!inode) continue;
    makeMountPoint(mounts, `/etc/${name}`, false);
    mounts.mount({ target: `/etc/${name}`, root: inode, source: '/dev/sda1', type: 'ext4', readOnly: false });
  }
}

/** Puts a container's mounts into its root; mount points that the image lacks are made. */
export function mountAll(daemon: Daemon, container: Container, root: MountTable): Answer<void> {
  for (const mount of container.mounts) {
    const source =
      mount.type === 'tmpfs'
        ? new DirectoryInode(new FileSystem(60, 'tmpfs'), tmpfsMode(mount.mode))
        : daemon.kernel.files.inode(mount.source);
    if (!source) return invalid(`error while creating mount source path '${mount.source}': no such file or directory`);
    makeMountPoint(root, mount.target, source instanceof DirectoryInode);
    if (mount.type === 'volume' && !mount.noCopy) copyUp(root, mount.target, source);
    const mounted = root.mount({
      target: mount.target,
      root: source,
      source: mount.source || 'tmpfs',
      type: mount.type === 'tmpfs' ? 'tmpfs' : 'ext4',
      readOnly: mount.readOnly,
    });
    if (mounted.ok) continue;
    return invalid(
      `failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: error mounting "${mount.source}" to rootfs at "${mount.target}": mount src=${mount.source}, dst=${mount.target}: not a directory: Are you trying to mount a directory onto a file (or vice-versa)? Check if the specified host path exists and is the expected type`,
    );
  }
  return ok();
}

/** `mode=700` among the options of a tmpfs; writable for all where nothing is said. */
function tmpfsMode(options: string): number {
  const mode = /(?:^|,)mode=([0-7]+)/.exec(options)?.[1];
  return mode === undefined ? 0o1777 : Number.parseInt(mode, 8);
}

/** An empty volume starts with what the image has at its place (volume.CopyMode). */
function copyUp(root: MountTable, target: string, source: object): void {
  const at = root.resolve('/', target, true);
  if (
    !at.ok ||
    !(at.value.inode instanceof DirectoryInode) ||
    !(source instanceof DirectoryInode) ||
    source.entries.size > 0
  )
    return;
  for (const [name, inode] of at.value.inode.entries) source.entries.set(name, copyTree(inode, source.fileSystem));
  source.mode = at.value.inode.mode;
  source.uid = at.value.inode.uid;
  source.gid = at.value.inode.gid;
}

export function makeMountPoint(root: MountTable, target: string, isFolder: boolean): void {
  const parts = target.split('/').filter((part) => part !== '');
  let at = root.root.root as DirectoryInode;
  for (const [i, part] of parts.entries()) {
    const found = at.entries.get(part);
    if (found instanceof DirectoryInode) {
      at = found;
      continue;
    }
    if (found) return;
    const last = i === parts.length - 1;
    const made = last && !isFolder ? new FileInode(at.fileSystem, 0o644) : new DirectoryInode(at.fileSystem, 0o755);
    at.entries.set(part, made);
    if (made instanceof DirectoryInode) at = made;
  }
}
