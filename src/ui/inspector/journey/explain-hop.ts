import type { HopRecord, RowData } from '../../../lab/feed/feed.ts';
import type { LabView } from '../../../lab/view/lab-view.ts';
import type { Language } from '../../words/catalog.ts';
import { readLayers } from '../layers/read-layers.ts';
import { code } from '../marks.ts';
import { type Change, changesOf } from './changes.ts';
import { DROP_WORDS } from './drop-words.ts';
import { HOP_WORDS, type HopWords } from './hop-words.ts';
import type { NameBook } from './name-book.ts';
import type { TraceStore } from '../../session/trace-store.ts';

/** What an explanation looks at. */
export interface HopContext {
  readonly language: Language;
  readonly names: Pick<NameBook, 'nameOf'>;
  readonly view: LabView;
  readonly trace: Pick<TraceStore, 'packet'>;
  /** All records of the journey, in order. */
  readonly records: readonly HopRecord[];
}

/** `ubuntu · docker0`, `ubuntu · nat PREROUTING`: where a step happens. */
export function placeText({ place }: HopRecord, names: Pick<NameBook, 'nameOf'>): string {
  const name = names.nameOf(place.namespace);
  switch (place.kind) {
    case 'device':
      return `${name} · ${place.device}`;
    case 'chain':
      return `${name} · ${place.table} ${place.chain}`;
    case 'process':
      return `${name} · ${place.program}`;
    case 'namespace':
      return name;
  }
}

/** One step of a journey in a sentence or two. */
export function explainHop(record: HopRecord, context: HopContext): string {
  const words = HOP_WORDS[context.language];
  const { detail, because, kind } = record;
  const device = record.place.kind === 'device' ? code(record.place.device) : '';
  switch (kind) {
    case 'transmit':
      return words.transmit(device, otherEnd(record, context, words));
    case 'receive':
      return words.receive(device);
    case 'learn':
      return because?.kind === 'fdb' ? words.learn(device, code(because.mac), code(because.port)) : detail;
    case 'bridge':
      return explainBridge(record, device, words);
    case 'route': {
      const row = because === null ? words.noRow : code(rowText(because));
      if (detail === 'for this host') return words.routeLocal(row);
      return detail === 'forwarded' ? words.routeForward(row) : words.routeSent(row);
    }
    case 'neighbor':
      if (because?.kind !== 'neighbor') return detail;
      return detail === 'waits'
        ? words.waits(code(because.address))
        : words.neighborState(code(because.address), code(detail), because.mac === null ? null : code(because.mac));
    case 'netfilter':
      return explainVerdict(record, words);
    case 'nat':
      return explainNat(record, context, words);
    case 'deliver':
      return words.delivered[detail] ?? words.deliveredTcp(code(detail));
    case 'drop':
      return words.dropped(DROP_WORDS[context.language][detail]?.what ?? detail);
    case 'process':
      return words.process(code(record.place.kind === 'process' ? record.place.program : ''), detail);
    case 'dns':
      return words.dns(code(detail), because?.kind === 'dns' ? code(because.answer) : null);
  }
}

/** The record that explains a drop by netfilter: the verdict before it in the same namespace. */
export function verdictBefore(drop: HopRecord, records: readonly HopRecord[]): HopRecord | null {
  const before = records.filter(
    ({ id, kind, place, detail }) =>
      id < drop.id && kind === 'netfilter' && detail === 'DROP' && place.namespace === drop.place.namespace,
  );
  return before.at(-1) ?? null;
}

/** A row as the tools print it. */
export function rowText(row: RowData): string {
  switch (row.kind) {
    case 'rule':
      return `-A ${row.chain} ${row.text}`;
    case 'policy':
      return `-P ${row.chain} ${row.policy}`;
    case 'route':
    case 'other':
      return row.text;
    case 'neighbor':
      return `${row.address} dev ${row.device}${row.mac === null ? '' : ` lladdr ${row.mac}`} ${row.state}`;
    case 'fdb':
      return `${row.mac} dev ${row.port}${row.local ? ' permanent' : ''}`;
    case 'conntrack':
      return `${row.protocol} ${row.original} ${row.reply}`;
    case 'dns':
      return `${row.name} ${row.answer}`;
  }
}

function otherEnd({ place }: HopRecord, { view, names }: HopContext, words: HopWords): string | null {
  if (place.kind !== 'device') return null;
  const peer = view.namespaces[place.namespace]?.devices[place.device]?.peer ?? null;
  if (peer === null) return null;
  const slash = peer.lastIndexOf('/');
  return words.cable(code(peer.slice(slash + 1)), names.nameOf(peer.slice(0, slash)));
}

function explainBridge({ detail, because }: HopRecord, bridge: string, words: HopWords): string {
  if (detail === 'forwarded' && because?.kind === 'fdb')
    return words.forwarded(bridge, code(because.mac), code(because.port));
  if (detail === 'flooded') return words.flooded;
  if (detail === 'flooded: unknown address') return words.floodedUnknown;
  return detail === 'to the host' ? words.bridgeToHost : detail;
}

function explainVerdict({ detail, because }: HopRecord, words: HopWords): string {
  const reason =
    because?.kind === 'rule'
      ? ruleWords(because, words)
      : because?.kind === 'policy'
        ? words.policy(code(because.chain), code(because.policy))
        : '';
  const verdict = detail === 'DROP' ? words.drops : detail === 'LOG' ? words.logs : words.accepts;
  return reason === '' ? verdict : `${reason}${words.gap}${verdict}`;
}

function ruleWords({ number, chain, text }: Extract<RowData, { kind: 'rule' }>, words: HopWords): string {
  return number === 0 ? words.goneRule(code(text)) : words.rule(number, code(chain), code(text));
}

/** What NAT wrote, and which rule had it do so: the verdict right before in the same chain, or else what conntrack remembers. */
function explainNat(record: HopRecord, { records, trace }: HopContext, words: HopWords): string {
  const changes = changesOf(records, trace).filter((change) => change.record === record);
  const side = record.detail.startsWith('source') ? 'source' : 'destination';
  const [before, after] = [ends(record, changes, side, 'before', trace), ends(record, changes, side, 'after', trace)];
  const rule = ruleBehind(record, records);
  const reason = rule?.kind === 'rule' ? words.because(ruleWords(rule, words)) : words.remembered;
  if (before === after) return reason;
  const becomes =
    side === 'source'
      ? words.sourceBecomes(code(before), code(after))
      : words.destinationBecomes(code(before), code(after));
  return `${becomes}${words.gap}${reason}`;
}

/** The NAT rule that a rewriting follows from, if the packet has just met one. */
export function ruleBehind(record: HopRecord, records: readonly HopRecord[]): RowData | null {
  const verdict = records[records.indexOf(record) - 1];
  const { place } = record;
  if (verdict?.kind !== 'netfilter' || verdict.because?.kind !== 'rule') return null;
  // A rule that has been taken out since has no table any more.
  if (verdict.because.table !== 'nat' && verdict.because.number !== 0) return null;
  return verdict.place.namespace === place.namespace ? verdict.because : null;
}

/** Address and port of one side, before or after a rewriting; what didn't change is as the packet has it. */
function ends(
  record: HopRecord,
  changes: readonly Change[],
  side: 'source' | 'destination',
  when: 'before' | 'after',
  trace: Pick<TraceStore, 'packet'>,
): string {
  const packet = record.packet === null ? undefined : trace.packet(record.packet);
  const fields = packet === undefined ? [] : readLayers(packet).flatMap((layer) => (layer.quoted ? [] : layer.fields));
  const present = new Map<string, string>(fields.map(({ name, value }) => [name, value]));
  const value = (name: string) => changes.find(({ field }) => field === name)?.[when] ?? present.get(name) ?? '';
  const port = value(`tcp.${side}`) || value(`udp.${side}`);
  return `${value(`ipv4.${side}`)}${port === '' ? '' : `:${port}`}`;
}
