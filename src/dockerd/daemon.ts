import type { Kernel } from '../kernel/kernel.ts';
import { parseIpv4, type Ipv4 } from '../wire/address.ts';
import { Containers } from './container/containers.ts';
import { Execs } from './container/exec.ts';
import { Events } from './events.ts';
import { type ImageDefinition, ImageStore } from './image/image.ts';
import { nameservers } from './libnetwork/container-files.ts';
import { Networks } from './libnetwork/networks.ts';
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

  constructor(
    readonly kernel: Kernel,
    images: readonly ImageDefinition[],
  ) {
    this.events = new Events(() => kernel.date());
    this.images = new ImageStore(images);
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

  /** The name servers in the host's resolv.conf. */
  upstreams(): readonly Ipv4[] {
    const text = this.kernel.files.read('/etc/resolv.conf');
    return nameservers(text.ok ? text.value : '').flatMap((server) => {
      const address = parseIpv4(server);
      return address.ok ? [address.value] : [];
    });
  }
}
