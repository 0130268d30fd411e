import type { Netns } from '../../kernel/net/netns.ts';
import type { World } from '../../world/world.ts';
import type { NamespaceId } from '../view/lab-view.ts';

/** One namespace with what the views call it. */
export interface NamedNamespace {
  readonly id: NamespaceId;
  readonly name: string;
  readonly kind: 'host' | 'lan' | 'container';
  readonly netns: Netns;
}

/** The namespaces that are there now: the host's, the LAN machine's, and one of each container that has its own. */
export function* namespacesOf(world: World): Generator<NamedNamespace> {
  yield { id: 'ubuntu', name: 'ubuntu', kind: 'host', netns: world.host.netns };
  yield { id: 'lan', name: 'gateway', kind: 'lan', netns: world.lan.netns };
  for (const { id, name, sandbox } of world.docker.containers.list())
    if (sandbox) yield { id, name, kind: 'container', netns: sandbox.netns };
}

/** What namespaces are called, also those that have gone: records outlive them. */
export class NamespaceNames {
  private readonly ids = new WeakMap<Netns, NamespaceId>();
  /** Chains know their namespace by its name alone; the newest of that name is meant. */
  private readonly byName = new Map<string, NamespaceId>();

  constructor(private readonly world: World) {}

  idOf(netns: Netns): NamespaceId {
    let id = this.ids.get(netns);
    if (id === undefined) {
      this.refresh();
      id = this.ids.get(netns) ?? netns.name;
    }
    return id;
  }

  idOfName(name: string): NamespaceId {
    const known = this.byName.get(name);
    if (known !== undefined) return known;
    this.refresh();
    return this.byName.get(name) ?? name;
  }

  /** Looks which are there now. */
  refresh(): void {
    for (const { id, netns } of namespacesOf(this.world)) {
      this.ids.set(netns, id);
      this.byName.set(netns.name, id);
    }
  }
}
