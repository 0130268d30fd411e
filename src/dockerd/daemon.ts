import type { OpenFile } from '../kernel/fs/open-file.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { Container } from './container/container.ts';
import { Containers } from './container/containers.ts';
import { Execs } from './container/exec.ts';
import { Events } from './events.ts';
import type { ImageDefinition } from './image/image.ts';
import { ImageStore } from './image/image-store.ts';
import { parseResolvConf, type ResolvConf } from './libnetwork/container-files.ts';
import { Networks } from './libnetwork/networks.ts';
import { PortAllocator } from './libnetwork/port-allocator.ts';
import { formatTime } from './timestamp.ts';
import { Volumes } from './volume/volumes.ts';

/** The engine: what dockerd knows of its host. Handlers of the API and the threads of containers work on it. */
export class Daemon {
  readonly events: Events;
  readonly networks: Networks;
  readonly containers: Containers;
  readonly execs: Execs;
  readonly images: ImageStore;
  readonly volumes: Volumes;
  /** Clients that type into a container's process, by the engine's end of their connection. */
  readonly typists = new Map<OpenFile, Container>();
  readonly portAllocator = new PortAllocator();

  constructor(
    readonly kernel: Kernel,
    images: readonly ImageDefinition[],
  ) {
    this.events = new Events(() => kernel.date() + (kernel.queue.now % 1e6) / 1e6);
    this.images = new ImageStore(this, images);
    this.volumes = new Volumes(this);
    this.networks = new Networks(this);
    this.containers = new Containers(this);
    this.execs = new Execs(this);
    this.networks.setUp();
  }

  newId(): string {
    return this.kernel.random.hex(64);
  }

  /** Now, as the API writes times. */
  timestamp(): string {
    return formatTime(this.kernel.date(), Math.floor(this.kernel.queue.now % 1e9));
  }

  /** What the host's resolv.conf says. */
  resolvConf(): ResolvConf {
    const text = this.kernel.files.read('/etc/resolv.conf');
    return parseResolvConf(text.ok ? text.value : '');
  }
}
