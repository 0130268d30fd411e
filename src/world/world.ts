import type { Route } from '../dockerd/api/router.ts';
import { startDockerd } from '../dockerd/server.ts';
import type { Daemon } from '../dockerd/daemon.ts';
import { formatTime } from '../dockerd/timestamp.ts';
import { Kernel, type ProgramTable } from '../kernel/kernel.ts';
import { setUp } from '../kernel/net/link/lifecycle.ts';
import { setNamespaceId } from '../kernel/net/link/namespace-id.ts';
import { createVethPair } from '../kernel/net/link/veth.ts';
import { EventQueue } from '../sim/event-queue.ts';
import { Random } from '../sim/random.ts';
import { Trace } from '../sim/trace.ts';
import { cidr } from '../wire/cidr.ts';
import { hostFiles } from './host-files.ts';
import { busyboxImage } from './images/busybox.ts';
import { nginxImage } from './images/nginx.ts';
import { createLanMachine, GATEWAY, startLanMachine } from './lan.ts';
import { APPLET_NAMES, HOST_BINARY_NAMES } from './program-names.ts';

export interface WorldOptions {
  readonly seed: number;
  /** Milliseconds since 1970 when the world begins. */
  readonly startDate: number;
  /** What can be executed anywhere in it; the names of what it has are in `program-names.ts`. */
  readonly programs: ProgramTable;
  /** The engine's API. */
  readonly routes: () => readonly Route[];
  readonly trace?: Trace;
}

/** How old the images are when the world begins, in milliseconds. */
const IMAGE_AGE = 65 * 60_000;
const NGINX_AGE = 31 * 60_000;

/** The default world: a Linux host `ubuntu` with Docker on a LAN, and the gateway with the internet beyond. */
export class World {
  readonly queue: EventQueue;
  readonly trace: Trace;
  readonly host: Kernel;
  readonly lan: Kernel;
  readonly docker: Daemon;

  constructor({ seed, startDate, programs, routes, trace = new Trace() }: WorldOptions) {
    this.trace = trace;
    this.queue = new EventQueue(trace);
    const random = new Random(seed);
    const machine = { queue: this.queue, random, startDate, programs };
    this.lan = createLanMachine(machine);
    const files = hostFiles('ubuntu', '192.168.0.1', HOST_BINARY_NAMES);
    // The recorded host's uplink is a veth: eth0 is number 6 there, its other end number 5.
    this.host = new Kernel({
      ...machine,
      name: 'ubuntu',
      hostname: 'ubuntu',
      files,
      indexes: { next: 6 },
    });
    createVethPair({ netns: this.host.netns, name: 'eth0' }, { netns: this.lan.netns, name: 'eth0' });
    // There another namespace had got the number 0 before.
    setNamespaceId(this.host.netns, this.lan.netns, 1);
    startLanMachine(this.lan);
    this.setUpHost();
    this.docker = startDockerd(this.host, {
      routes,
      images: [
        busyboxImage(APPLET_NAMES, formatTime(startDate - IMAGE_AGE, 0)),
        nginxImage(APPLET_NAMES, formatTime(startDate - NGINX_AGE, 0)),
      ],
    });
  }

  private setUpHost(): void {
    const { netns } = this.host;
    setUp(netns.loopback, true);
    netns.admin.addAddress('eth0', cidr('192.168.0.10/24'));
    netns.admin.setLink('eth0', { up: true });
    netns.admin.addRoute({ destination: cidr('0.0.0.0/0'), gateway: GATEWAY, device: 'eth0' });
  }
}
