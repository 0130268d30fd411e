import type { Ipv4 } from '../../../wire/address.ts';
import { type Cidr, maskOf } from '../../../wire/cidr.ts';
import type { RouteInfo } from '../../syscalls/net-admin.ts';
import type { NetDevice } from '../link/device.ts';

export interface RouteOptions {
  readonly destination: Cidr;
  readonly type: RouteInfo['type'];
  readonly device: NetDevice | null;
  readonly gateway?: Ipv4;
  readonly metric?: number;
  readonly scope: RouteInfo['scope'];
  readonly source?: Ipv4;
  readonly protocol?: RouteInfo['protocol'];
  readonly table: RouteInfo['table'];
}

/** One row of a routing table (struct fib_alias with its fib_info). Never changed: another row takes its place. */
export class Route {
  readonly destination: Cidr;
  readonly network: number;
  readonly mask: number;
  readonly type: RouteInfo['type'];
  /** null for the types that lead nowhere. */
  readonly device: NetDevice | null;
  readonly gateway: Ipv4 | null;
  readonly metric: number;
  readonly scope: RouteInfo['scope'];
  readonly preferredSource: Ipv4 | null;
  readonly protocol: RouteInfo['protocol'];
  readonly table: RouteInfo['table'];

  constructor(options: RouteOptions) {
    this.destination = options.destination;
    this.mask = maskOf(options.destination.prefix);
    this.network = options.destination.address & this.mask;
    this.type = options.type;
    this.device = options.device;
    this.gateway = options.gateway ?? null;
    this.metric = options.metric ?? 0;
    this.scope = options.scope;
    this.preferredSource = options.source ?? null;
    this.protocol = options.protocol ?? 'kernel';
    this.table = options.table;
  }
}
