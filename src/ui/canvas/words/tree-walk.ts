import type { OutlineNode } from './outline.ts';

interface Place {
  readonly node: OutlineNode;
  readonly parent: OutlineNode | null;
}

/** Walks an outline by the keys of a tree (ARIA Authoring Practices): up and down all that is shown, left to what holds it. */
export class TreeWalk {
  nodes: readonly OutlineNode[] = [];

  /** Where a key leads from a node; null: nowhere. */
  step(from: string, key: string): string | null {
    const all = [...places(this.nodes, null)];
    const at = all.findIndex(({ node }) => node.id === from);
    const place = all[at];
    if (!place) return null;
    switch (key) {
      case 'ArrowDown':
        return all[at + 1]?.node.id ?? null;
      case 'ArrowUp':
        return all[at - 1]?.node.id ?? null;
      case 'ArrowRight':
        return place.node.children[0]?.id ?? null;
      case 'ArrowLeft':
        return place.parent?.id ?? null;
      case 'Home':
        return all[0]?.node.id ?? null;
      case 'End':
        return all.at(-1)?.node.id ?? null;
      default:
        return null;
    }
  }

  find(id: string): OutlineNode | null {
    return [...places(this.nodes, null)].find(({ node }) => node.id === id)?.node ?? null;
  }
}

function* places(nodes: readonly OutlineNode[], parent: OutlineNode | null): Generator<Place> {
  for (const node of nodes) {
    yield { node, parent };
    yield* places(node.children, node);
  }
}
