import { ok } from '../../base/result.ts';
import { diskUsage } from '../../kernel/fs/layers.ts';
import type { Container } from '../container/container.ts';
import type { Daemon } from '../daemon.ts';
import { type Answer, conflict, invalid, notFound } from '../fault.ts';

export interface Volume {
  readonly name: string;
  readonly created: string;
  readonly labels: Readonly<Record<string, string>> | null;
  readonly options: Readonly<Record<string, string>> | null;
  readonly anonymous: boolean;
}

/** What tells volumes that nobody named from others. */
const ANONYMOUS = 'com.docker.volume.anonymous';

/** Named and anonymous volumes of the local driver: folders below /var/lib/docker/volumes. */
export class Volumes {
  private readonly all = new Map<string, Volume>();

  constructor(private readonly daemon: Daemon) {}

  list(): readonly Volume[] {
    return [...this.all.values()];
  }

  find(name: string): Answer<Volume> {
    const volume = this.all.get(name);
    return volume ? ok(volume) : notFound(`get ${name}: no such volume`);
  }

  /** The volume of that name, made where there is none. */
  create(
    name: string,
    {
      driver = 'local',
      labels = null,
      options = null,
    }: { readonly driver?: string; readonly labels?: Volume['labels']; readonly options?: Volume['options'] } = {},
  ): Answer<Volume> {
    if (driver !== 'local') return notFound(`error looking up volume plugin ${driver}: plugin "${driver}" not found`);
    const old = this.all.get(name);
    if (old) return ok(old);
    if (name !== '' && !/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name))
      return invalid(
        name.length === 1
          ? `create ${name}: volume name is too short, names should be at least two alphanumeric characters`
          : `create ${name}: "${name}" includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path`,
      );
    const anonymous = name === '';
    const volume = {
      name: name || this.daemon.newId(),
      created: this.daemon.timestamp().replace(/\.\d+Z$/, 'Z'),
      labels: anonymous ? { ...labels, [ANONYMOUS]: '' } : labels,
      options: options && Object.keys(options).length > 0 ? options : null,
      anonymous,
    };
    this.all.set(volume.name, volume);
    this.daemon.kernel.files.makeFolder(this.mountpoint(volume));
    this.emit(volume, 'create');
    return ok(volume);
  }

  remove(volume: Volume): Answer<void> {
    const users = this.users(volume);
    if (users.length > 0)
      return conflict(`remove ${volume.name}: volume is in use - [${users.map((each) => each.id).join(', ')}]`);
    this.all.delete(volume.name);
    this.daemon.kernel.files.remove(`/var/lib/docker/volumes/${volume.name}`);
    this.emit(volume, 'destroy');
    return ok();
  }

  /** Containers that have it mounted, running or not. */
  users({ name }: Volume): readonly Container[] {
    return this.daemon.containers.list().filter(({ mounts }) => mounts.some((mount) => mount.volume === name));
  }

  /** Bytes in it. */
  size(volume: Volume): number {
    const root = this.daemon.kernel.files.inode(this.mountpoint(volume));
    return root ? diskUsage(root) : 0;
  }

  mountpoint({ name }: Volume): string {
    return `/var/lib/docker/volumes/${name}/_data`;
  }

  emit(volume: Volume, action: string, attributes: Readonly<Record<string, string>> = {}): void {
    this.daemon.events.emit('volume', action, volume.name, { ...attributes, driver: 'local' });
  }
}
