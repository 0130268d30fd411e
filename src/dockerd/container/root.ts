import { ok } from '../../base/result.ts';
import type { MountTable } from '../../kernel/fs/mount-table.ts';
import type { Daemon } from '../daemon.ts';
import { type Answer, invalid } from '../fault.ts';
import { DirectoryInode, FileInode, FileSystem } from '../../kernel/fs/inode.ts';
import type { Container, ContainerMount } from './container.ts';

/** What is mounted into a container: from `-v`, `--mount`, `--tmpfs` and the image's volumes (daemon/volumes.go). */
export function planMounts(daemon: Daemon, container: Container): Answer<void> {
  const { hostConfig, config } = container;
  const add = (mount: ContainerMount): void => {
    const at = container.mounts.findIndex((each) => each.target === mount.target);
    if (at >= 0) container.mounts.splice(at, 1);
    container.mounts.push(mount);
  };
  for (const target of Object.keys(config.Volumes ?? {})) {
    const volume = daemon.volumes.create('');
    if (!volume.ok) return volume;
    add({
      type: 'volume',
      volume: volume.value.name,
      source: daemon.volumes.mountpoint(volume.value),
      target,
      readOnly: false,
    });
  }
  const requests = [
    ...(hostConfig.Binds ?? []).map((bind) => {
      const [Source = '', Target = '', mode = ''] = bind.split(':');
      return {
        Type: Source.startsWith('/') ? ('bind' as const) : ('volume' as const),
        Source,
        Target: Target || Source,
        ReadOnly: mode.split(',').includes('ro'),
        create: true,
      };
    }),
    ...(hostConfig.Mounts ?? []).map((mount) => ({ ...mount, create: false })),
    ...Object.keys(hostConfig.Tmpfs ?? {}).map((Target) => ({
      Type: 'tmpfs' as const,
      Source: '',
      Target,
      ReadOnly: false,
      create: false,
    })),
  ];
  for (const { Type, Source = '', Target, ReadOnly = false, create } of requests) {
    if (!Target.startsWith('/'))
      return invalid(
        `invalid volume specification: '${Source}:${Target}': invalid mount config for type "${Type}": invalid mount path: '${Target}' mount path must be absolute`,
      );
    if (Type === 'bind') {
      if (!daemon.kernel.files.stat(Source)) {
        if (!create) return invalid(`invalid mount config for type "bind": bind source path does not exist: ${Source}`);
        daemon.kernel.files.makeFolder(Source);
      }
      add({ type: 'bind', volume: null, source: Source, target: Target, readOnly: ReadOnly });
    } else if (Type === 'volume') {
      const volume = daemon.volumes.create(Source);
      if (!volume.ok) return volume;
      add({
        type: 'volume',
        volume: volume.value.name,
        source: daemon.volumes.mountpoint(volume.value),
        target: Target,
        readOnly: ReadOnly,
      });
    } else add({ type: 'tmpfs', volume: null, source: '', target: Target, readOnly: ReadOnly });
  }
  return ok();
}

/** Puts a container's mounts into its root; mount points that the image lacks are made. */
export function mountAll(daemon: Daemon, container: Container, root: MountTable): Answer<void> {
  for (const mount of container.mounts) {
    const source =
      mount.type === 'tmpfs'
        ? new DirectoryInode(new FileSystem(60, 'tmpfs'), 0o1777)
        : daemon.kernel.files.inode(mount.source);
    if (!source) return invalid(`error while creating mount source path '${mount.source}': no such file or directory`);
    makeMountPoint(root, mount.target, source instanceof DirectoryInode);
    if (mount.type === 'volume') copyUp(root, mount.target, source);
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
  for (const [name, inode] of at.value.inode.entries) source.entries.set(name, inode);
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
