import { type HopContext, placeText, ruleBehind } from '../journey/explain-hop.ts';
import type { Change } from '../journey/changes.ts';
import { INSPECTOR_WORDS } from '../words.ts';

/** Why a value is not as it was, in a few words. */
export function explainChange({ field, record }: Change, { records, names, language }: HopContext): string {
  const words = INSPECTOR_WORDS[language];
  if (field.endsWith('.checksum')) return words.byRewriting;
  if (field.startsWith('ethernet.')) return words.byLink(placeText(record, names));
  if (field === 'ipv4.ttl') return words.byRouter(names.nameOf(record.place.namespace));
  if (record.kind !== 'nat') return placeText(record, names);
  const rule = ruleBehind(record, records);
  return rule?.kind === 'rule' && rule.number > 0 ? words.byNatRule(rule.number, rule.chain) : words.byNatMemory;
}
