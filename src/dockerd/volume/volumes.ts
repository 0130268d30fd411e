import { ok } from '../../base/result.ts';
import type { Daemon } from '../daemon.ts';
import { type Answer, conflict, invalid, notFound } from '../fault.ts';

export interface Volume {
  readonly name: string;
  readonly created: string;
  readonly labels: Readonly<Record<string, string>> | null;
  readonly options: Readonly<Record<string, string>> | null;
  readonly anonymous: boolean;
}

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

  create(name: string, labels: Volume['labels'] = null, options: Volume['options'] = null): Answer<Volume> {
    const old = this.all.get(name);
    if (old) return ok(old);
    if (name !== '' && !/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name))
      return invalid(
        `create ${name}: "${name}" includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path`,
      );
    const volume = {
      name: name || this.daemon.newId(),
      created: this.daemon.timestamp(),
      labels,
      options,
      anonymous: name === '',
    };
    this.all.set(volume.name, volume);
    this.daemon.kernel.files.makeFolder(this.mountpoint(volume));
    this.daemon.events.emit('volume', 'create', volume.name, { driver: 'local' });
    return ok(volume);
  }

  remove(volume: Volume): Answer<void> {
    const users = this.daemon.containers
      .list()
      .filter((container) => container.mounts.some((mount) => mount.volume === volume.name));
    if (users.length > 0)
      return conflict(`remove ${volume.name}: volume is in use - [${users.map((each) => each.id).join(', ')}]`);
    this.all.delete(volume.name);
    this.daemon.kernel.files.remove(`/var/lib/docker/volumes/${volume.name}`);
    this.daemon.events.emit('volume', 'destroy', volume.name, { driver: 'local' });
    return ok();
  }

  mountpoint({ name }: Volume): string {
    return `/var/lib/docker/volumes/${name}/_data`;
  }
}
