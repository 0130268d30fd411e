import { err } from '../../base/result.ts';
import type { NetAdmin } from '../syscalls/net-admin.ts';

const REFUSED = err('EPERM');

/** The tables of a namespace for a process without CAP_NET_ADMIN: it may look at them. */
export class UnprivilegedAdmin implements NetAdmin {
  constructor(private readonly admin: NetAdmin) {}

  links: NetAdmin['links'] = () => this.admin.links();
  addresses: NetAdmin['addresses'] = () => this.admin.addresses();
  routes: NetAdmin['routes'] = (options) => this.admin.routes(options);
  neighbors: NetAdmin['neighbors'] = () => this.admin.neighbors();
  fdb: NetAdmin['fdb'] = () => this.admin.fdb();
  sockets: NetAdmin['sockets'] = () => this.admin.sockets();
  conntrack: NetAdmin['conntrack'] = () => this.admin.conntrack();
  routeTo: NetAdmin['routeTo'] = (address) => this.admin.routeTo(address);

  addLink = () => REFUSED;
  removeLink = () => REFUSED;
  setLink = () => REFUSED;
  addAddress = () => REFUSED;
  removeAddress = () => REFUSED;
  addRoute = () => REFUSED;
  removeRoute = () => REFUSED;
  addNeighbor = () => REFUSED;
  removeNeighbor = () => REFUSED;
  flushNeighbors = () => REFUSED;
  flushConntrack = () => REFUSED;
  forgetConntrack = () => REFUSED;

  iptables: NetAdmin['iptables'] = () => ({
    exit: 4,
    out: '',
    error:
      'iptables v1.8.13 (nf_tables): Could not fetch rule set generation id: Permission denied (you must be root)\n',
  });
  iptablesSave: NetAdmin['iptablesSave'] = () => '';
}
