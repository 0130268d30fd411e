import type { HopRecord, Journey } from '../../../lab/feed/feed.ts';

/** What became of a packet. */
export type Fate =
  | { readonly is: 'delivered'; readonly record: HopRecord }
  | {
      readonly is: 'dropped';
      readonly record: HopRecord;
      /** Only by bystanders: it may have been for nobody, as an announcement is. */
      readonly harmless: boolean;
    }
  /** Nothing has ended it yet: it travels, or waits for its neighbour. */
  | { readonly is: 'underway' };

/** Drops that only say that a copy of a flood reached somebody whom it didn't concern. */
const BYSTANDERS: ReadonlySet<string> = new Set(['not for this host', 'ARP for another address', 'no other port']);

const FOR_NOBODY: ReadonlySet<Journey['protocol']> = new Set(['arp', 'other']);

/**
 * The fate of a journey by its records: the last delivery or drop that counts. Copies of a flood that end at bystanders count only if
 * nobody else got one. @param protocol only what ARP and IPv6's discovery tell may be for nobody; a packet for one machine was missed
 */
export function fateOf(records: readonly HopRecord[], protocol: Journey['protocol'] = 'arp'): Fate {
  let bystander: HopRecord | null = null;
  for (let i = records.length - 1; i >= 0; i--) {
    const record = records[i] as HopRecord;
    if (record.kind === 'deliver') return { is: 'delivered', record };
    if (record.kind !== 'drop') continue;
    if (!BYSTANDERS.has(record.detail)) return { is: 'dropped', record, harmless: false };
    bystander ??= record;
  }
  return bystander === null
    ? { is: 'underway' }
    : { is: 'dropped', record: bystander, harmless: FOR_NOBODY.has(protocol) };
}

/** How a fate looks in lists: its class, and a sign that says the same without colour. */
export function fateLook(fate: Fate): {
  readonly look: 'delivered' | 'dropped' | 'harmless' | 'underway';
  readonly sign: string;
} {
  if (fate.is === 'delivered') return { look: 'delivered', sign: '✓' };
  if (fate.is === 'underway') return { look: 'underway', sign: '…' };
  return fate.harmless ? { look: 'harmless', sign: '–' } : { look: 'dropped', sign: '✕' };
}
