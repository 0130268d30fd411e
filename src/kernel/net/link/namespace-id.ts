import type { Netns } from '../netns.ts';

/** The numbers that a namespace has for others (netns_ids in net/core/net_namespace.c). */
const ids = new WeakMap<Netns, Map<number, Netns>>();

/** The number of another namespace here; it gets the lowest free one when it is first asked for. */
export function namespaceId(here: Netns, other: Netns): number {
  const known = ids.get(here) ?? new Map<number, Netns>();
  ids.set(here, known);
  for (const [id, netns] of known) {
    if (netns === other) return id;
    if (netns.destroyed) known.delete(id);
  }
  let id = 0;
  while (known.has(id)) id++;
  known.set(id, other);
  return id;
}

/** Gives another namespace a number of one's choice (`ip netns set`). */
export function setNamespaceId(here: Netns, other: Netns, id: number): void {
  const known = ids.get(here) ?? new Map<number, Netns>();
  known.set(id, other);
  ids.set(here, known);
}
