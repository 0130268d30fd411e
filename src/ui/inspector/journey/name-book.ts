import type { LabView, NamespaceId, NetworkId } from '../../../lab/view/lab-view.ts';

/** Who bears which name and address, as far as the page has ever seen: a packet of a container that is gone still has a name. */
export class NameBook {
  private readonly namespaces = new Map<NamespaceId, string>();
  private readonly addresses = new Map<string, NamespaceId>();
  private seen: LabView['namespaces'] | null = null;

  /** Takes in what a view tells; the newest owner of an address counts. */
  learn(view: LabView): void {
    if (view.namespaces === this.seen) return;
    this.seen = view.namespaces;
    for (const { id, name, devices } of Object.values(view.namespaces)) {
      this.namespaces.set(id, name);
      for (const device of Object.values(devices)) {
        if (device.kind !== 'loopback') this.addresses.set(device.mac, id);
        for (const address of device.addresses) {
          const [ip = ''] = address.split('/');
          if (!ip.startsWith('127.') && !ip.includes(':')) this.addresses.set(ip, id);
        }
      }
    }
  }

  clear(): void {
    this.namespaces.clear();
    this.addresses.clear();
    this.seen = null;
  }

  nameOf(namespace: NamespaceId): string {
    return this.namespaces.get(namespace) ?? namespace.slice(0, 12);
  }

  /** The name of the namespace that has, or had, an address of either kind. */
  ownerOf(address: string): string | null {
    const id = this.addresses.get(address);
    return id === undefined ? null : this.nameOf(id);
  }

  /** Namespaces whose name is that text, or whose id begins with it (from four digits on). */
  find(text: string): readonly NamespaceId[] {
    const wanted = text.toLowerCase();
    return [...this.namespaces]
      .filter(([id, name]) => name.toLowerCase() === wanted || (wanted.length >= 4 && id.startsWith(wanted)))
      .map(([id]) => id);
  }

  /** Every address that a namespace has, or had. */
  addressesOf(namespace: NamespaceId): readonly string[] {
    return [...this.addresses].filter(([, id]) => id === namespace).map(([address]) => address);
  }

  get names(): readonly string[] {
    return [...new Set(this.namespaces.values())];
  }
}

/** A network's name; its short id where it is gone. */
export const networkName = (view: LabView, id: NetworkId): string => view.networks[id]?.name ?? id.slice(0, 12);
