import type { HopRecord, RowData } from '../../../lab/feed/feed.ts';
import type { LabView } from '../../../lab/view/lab-view.ts';
import type { Language } from '../../words/catalog.ts';
import type { Move } from '../playhead/beat.ts';
import type { Face } from '../playhead/face.ts';
import { PlaceNames } from './place-names.ts';
import { STORY_WORDS, type StoryWords } from './story-words.ts';
import { CANVAS_WORDS } from './words.ts';

/** One step of one packet as a sentence: which packet, what happens to it where, and because of which row. */
export function describeMove(move: Move, view: LabView, language: Language): string {
  const words = STORY_WORDS[language];
  const names = new PlaceNames(view, language);
  const { record } = move;
  if (record.kind === 'neighbor' && record.because?.kind === 'neighbor' && record.detail !== 'waits') {
    const { address, mac } = record.because;
    return `${words.neighbor(names.device(record.place.namespace, record.because.device), address, mac, record.detail)}${words.stop}`;
  }
  const happening = happens(move, words, names, language);
  return `${words.sentence(packetName(move, words), happening, because(move, words))}${words.stop}`;
}

/** A packet by what is written on it: `SYN 172.18.0.3:41234 → 172.18.0.2:80`. */
function packetName({ face, before }: Move, words: StoryWords): string {
  const { kind, title, full, source, destination } = before ?? face;
  if (kind === 'arp') return title === '?' ? words.arpAsks(source, destination) : words.arpTells(source);
  return `${titleInWords(kind, full ?? title, words)} ${source} → ${destination}`;
}

/** What is written on a packet says little in a sentence, if it is but an answer's address or a number of bytes. */
function titleInWords(kind: Face['kind'], title: string, words: StoryWords): string {
  if (kind === 'dns') return title.includes('?') || title === 'DNS' ? title : words.dnsAnswer(title);
  if (kind === 'http' && /^\d/.test(title)) return `HTTP ${title}`;
  if (kind === 'icmp') return words.icmp[title] ?? title;
  return title.endsWith(' B') ? `${kind.toUpperCase()} ${title}` : title;
}

function happens(move: Move, words: StoryWords, names: PlaceNames, language: Language): string {
  const { record, face, before } = move;
  const { place, detail } = record;
  const machine = names.namespace(place.namespace);
  const device = place.kind === 'device' ? names.device(place.namespace, place.device) : machine;
  const [table, chain] = place.kind === 'chain' ? [place.table, place.chain] : ['', ''];
  switch (record.kind) {
    case 'transmit':
      return words.leaves(device);
    case 'receive':
      return words.arrives(device);
    case 'learn':
      return words.learns(device, record.because?.kind === 'fdb' ? record.because.mac : '');
    case 'bridge':
      return detail === 'forwarded'
        ? words.forwards(device)
        : detail === 'to the host'
          ? words.toHost(device)
          : words.floods(device);
    case 'route':
      return detail === 'sent'
        ? words.sets(machine)
        : detail === 'forwarded'
          ? words.routed(machine)
          : words.forThis(machine);
    case 'neighbor':
      return words.waits(device);
    case 'netfilter':
      return detail === 'LOG'
        ? words.logged(table, chain, machine)
        : (detail === 'ACCEPT' ? words.passes : words.stopped)(table, chain, machine);
    case 'nat':
      return before ? words.rewritten(changed(before, face), changed(face, before)) : words.notRewritten;
    case 'deliver':
      return delivered(record, face, words, names);
    case 'drop':
      return words.ends(device, CANVAS_WORDS[language].reason(detail));
    case 'dns':
      return words.looksUp(machine, detail);
    case 'process':
      return '';
  }
}

/** The end of a packet that is different on the other. */
function changed(one: Face, other: Face): string {
  if (one.source === other.source) return one.destination;
  return one.destination === other.destination ? one.source : `${one.source} → ${one.destination}`;
}

function delivered({ place, detail }: HopRecord, face: Face, words: StoryWords, names: PlaceNames): string {
  const machine = names.namespace(place.namespace);
  if (face.destinationAddress === '127.0.0.11') return words.toDesk(machine);
  if (face.destinationPort === null) return words.answered(machine, detail);
  const protocol = face.kind === 'udp' || face.kind === 'dns' ? 'udp' : 'tcp';
  return words.delivered(names.listener(place.namespace, protocol, face.destinationPort), machine, detail);
}

function because({ record }: Move, words: StoryWords): string {
  const row: RowData | null = record.because;
  switch (row?.kind) {
    case 'rule':
      return words.becauseRule(row.number, `${row.table} ${row.chain}`, row.text);
    case 'policy':
      return words.becausePolicy(`${row.table} ${row.chain}`, row.policy);
    case 'route':
      return words.becauseRoute(row.text);
    case 'fdb':
      return record.kind === 'learn' ? '' : words.becauseFdb(row.mac, row.port);
    case 'neighbor':
      if (row.mac === null && record.kind === 'drop') return words.becauseNoAnswer(row.address);
      if (row.mac === null && record.kind === 'deliver') return words.becauseUnknownSoFar(row.address);
      return words.becauseNeighbor(row.address, row.mac);
    case 'conntrack':
      return words.becauseConntrack(row.original, row.reply);
    case 'dns':
      return words.becauseDns(row.name, row.answer);
    case 'other':
      return row.text;
    case undefined:
      return '';
  }
}
