import type { Ipv4, Mac } from '../../../wire/address.ts';
import type { NetDevice } from '../link/device.ts';
import type { Netns } from '../netns.ts';
import { Neighbor } from './neighbor.ts';

/** All neighbours of a namespace (arp_tbl); each device holds its own. */
export class NeighborTable {
  constructor(private readonly netns: Netns) {}

  find(device: NetDevice, address: Ipv4): Neighbor | undefined {
    return device.neighbors.get(address);
  }

  /** The entry for an address, made if there is none (neigh_create). */
  obtain(device: NetDevice, address: Ipv4): Neighbor {
    const known = device.neighbors.get(address);
    if (known !== undefined) return known;
    const neighbor = new Neighbor(device, address);
    device.neighbors.set(address, neighbor);
    return neighbor;
  }

  /** The entries of all devices, by device and address. */
  all(): readonly Neighbor[] {
    return this.netns.devices
      .all()
      .flatMap((device) => [...device.neighbors.values()].sort((a, b) => (a.address >>> 0) - (b.address >>> 0)));
  }

  /** The way to this address works: TCP has got an acknowledgment (dst_confirm). */
  confirm(address: Ipv4): void {
    this.netns.routes.find(address)?.confirm();
  }

  addPermanent(device: NetDevice, address: Ipv4, mac: Mac): void {
    this.obtain(device, address).update(mac, 'permanent', { override: true });
  }

  remove(device: NetDevice, address: Ipv4): boolean {
    const neighbor = device.neighbors.get(address);
    if (neighbor === undefined) return false;
    device.neighbors.delete(address);
    neighbor.remove();
    return true;
  }

  /** Forgets the entries of a device, or of all; those that were set by hand stay unless `permanent`. */
  flush(device: NetDevice | null = null, { permanent = false }: { readonly permanent?: boolean } = {}): void {
    for (const one of device === null ? this.netns.devices.all() : [device])
      for (const neighbor of Array.from(one.neighbors.values()))
        if (permanent || neighbor.row.state !== 'permanent') this.remove(one, neighbor.address);
  }
}
