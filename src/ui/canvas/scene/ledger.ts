import type { ConntrackSideView, ConntrackView, NamespaceView } from '../../../lab/view/lab-view.ts';
import { ledgerId } from './part-id.ts';
import type { Ledger, LedgerEntry } from './scene.ts';

/** What conntrack keeps: the connections of a namespace, those that NAT rewrote first. */
export function buildLedger({ id, conntrack }: NamespaceView): Ledger {
  const entries = conntrack.map((entry) => buildEntry(id, entry));
  return {
    id: ledgerId(id),
    subject: { kind: 'namespace', namespace: id },
    entries: [...entries.filter(({ rewritten }) => rewritten), ...entries.filter(({ rewritten }) => !rewritten)],
  };
}

function buildEntry(namespace: string, { key, protocol, state, original, reply }: ConntrackView): LedgerEntry {
  return {
    id: `ct:${namespace}/${key}`,
    subject: { kind: 'conntrack', namespace, key },
    protocol,
    state,
    original: sideText(original, protocol),
    reply: sideText(reply, protocol),
    rewritten:
      original.source !== reply.destination ||
      original.destination !== reply.source ||
      (protocol !== 'icmp' &&
        (original.sourcePort !== reply.destinationPort || original.destinationPort !== reply.sourcePort)),
  };
}

/** ICMP has no ports: its identifier and type are no address. */
function sideText({ source, destination, sourcePort, destinationPort }: ConntrackSideView, protocol: string): string {
  return protocol === 'icmp'
    ? `${source} → ${destination}`
    : `${source}:${sourcePort} → ${destination}:${destinationPort}`;
}
