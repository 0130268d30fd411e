import type { HopRecord } from '../../../lab/feed/feed.ts';
import { deskId, deviceId, gateId, listenerId, namespaceId, programsId } from '../scene/part-id.ts';
import type { Spot, TokenEnd } from './beat.ts';
import type { Face } from './face.ts';

const DNS_DESK = '127.0.0.11';
/** Drops that are in order: a switch floods, and everybody else looks away. */
const IGNORED = new Set(['ARP for another address', 'not for this host', 'already on that port', 'ignored']);

/** Drops after the last gate, where a socket was looked for. */
const AT_SOCKETS = new Set(['no listener', 'no socket', 'bad segment', 'queue full']);

/** Where a token was before its first record. */
export function originOf({ place, kind }: HopRecord, face: Face): Spot {
  if (place.kind === 'device') return deviceId(`${place.namespace}/${place.device}`);
  if (kind !== 'route') return namespaceId(place.namespace);
  return senderSpot(place.namespace, face);
}

/** Answers of the embedded DNS come from its desk, those of a server from its socket, all else from a program. */
function senderSpot(namespace: string, { kind, source, sourcePort }: Face): Spot {
  if (source.startsWith(`${DNS_DESK}:`)) return deskId(namespace);
  if (kind === 'icmp' || sourcePort === null) return programsId(namespace);
  return listenerId(namespace, kind === 'udp' || kind === 'dns' ? 'udp' : 'tcp', sourcePort);
}

/** Where a record leaves its token. @param bridged it is inside a switch, which calls netfilter without leaving it */
export function spotOf(record: HopRecord, at: Spot, face: Face, bridged: boolean): Spot {
  const { place, kind } = record;
  if (kind === 'deliver') return delivered(record, face);
  if (kind === 'drop' && AT_SOCKETS.has(record.detail)) return delivered(record, face);
  if (kind === 'drop' || kind === 'neighbor') return at;
  if (place.kind === 'chain') return bridged ? at : gateId(place.namespace, place.table, place.chain);
  // A switch learns at the port by which the frame came.
  if (kind === 'learn') return at;
  return place.kind === 'device' ? deviceId(`${place.namespace}/${place.device}`) : namespaceId(place.namespace);
}

function delivered({ place }: HopRecord, face: Face): Spot {
  if (place.kind === 'device') return deviceId(`${place.namespace}/${place.device}`);
  if (face.destinationAddress === DNS_DESK) return deskId(place.namespace);
  if (face.kind === 'icmp' || face.destinationPort === null) return namespaceId(place.namespace);
  return listenerId(place.namespace, face.kind === 'udp' || face.kind === 'dns' ? 'udp' : 'tcp', face.destinationPort);
}

export function endOf({ kind, detail }: HopRecord, face: Face): TokenEnd | null {
  if (kind === 'deliver') return 'delivered';
  if (kind !== 'drop') return null;
  // Each side acknowledges the other's FIN, also when the other has already gone.
  if (detail === 'bad segment' && face.title === 'ACK') return 'ignored';
  // Nobody misses a copy of a question for all; a frame for one machine has nowhere to go.
  if (detail === 'no other port' && face.kind === 'arp') return 'ignored';
  return IGNORED.has(detail) ? 'ignored' : 'dropped';
}
