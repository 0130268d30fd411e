import type { HopRecord } from '../../../lab/feed/feed.ts';
import type { TraceStore } from '../../session/trace-store.ts';
import type { FieldName } from '../layers/field.ts';
import { readLayers } from '../layers/read-layers.ts';

/** A value that somebody on the way wrote anew. */
export interface Change {
  readonly field: FieldName;
  readonly before: string;
  readonly after: string;
  /** Where the new value was first seen. */
  readonly record: HopRecord;
}

/** What may differ from place to place without anybody having changed the packet: which part of it a fragment is. */
const FRAGMENTATION: ReadonlySet<string> = new Set(['ipv4.length', 'ipv4.flags', 'ipv4.offset', 'ipv4.data']);

/** All changes on the way that some records of one journey tell, in order. Packets that errors quote are left out. */
export function changesOf(records: readonly HopRecord[], trace: Pick<TraceStore, 'packet'>): readonly Change[] {
  const known = new Map<FieldName, string>();
  const changes: Change[] = [];
  let last: number | null = null;
  for (const record of records) {
    if (record.packet === null || record.packet === last) continue;
    last = record.packet;
    const packet = trace.packet(record.packet);
    if (packet === undefined) continue;
    for (const { fields, quoted } of readLayers(packet)) {
      if (quoted) continue;
      for (const { name, value } of fields) {
        if (name === 'http.header' || name === 'dns.answer' || FRAGMENTATION.has(name)) continue;
        const before = known.get(name);
        known.set(name, value);
        if (before !== undefined && before !== value) changes.push({ field: name, before, after: value, record });
      }
    }
  }
  return changes;
}

/** The value that a field had at first, and the change that gave it the present one, for every field that is not as it was. */
export function differencesUpTo(
  changes: readonly Change[],
  record: HopRecord | null,
): ReadonlyMap<FieldName, { readonly first: string; readonly change: Change }> {
  const differences = new Map<FieldName, { first: string; change: Change }>();
  for (const change of changes) {
    if (record !== null && change.record.id > record.id) break;
    const first = differences.get(change.field)?.first ?? change.before;
    if (first === change.after) differences.delete(change.field);
    else differences.set(change.field, { first, change });
  }
  return differences;
}
