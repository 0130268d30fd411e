import type { HopRecord, Journey, PacketData } from '../../../lab/feed/feed.ts';
import type { NamespaceId } from '../../../lab/view/lab-view.ts';
import type { TraceStore } from '../../session/trace-store.ts';
import type { FieldName, Layer } from '../layers/field.ts';
import { readLayers } from '../layers/read-layers.ts';
import { type Fate, fateOf } from './fate.ts';
import { summaryOf } from './summary.ts';

/** One end of a packet's way, as its headers say where it began. */
export interface End {
  /** As it is written, dotted or with colons; a MAC address where the packet has no other. */
  readonly address: string;
  readonly port: number | null;
}

/** An end as it is written: an IPv6 address with a port in brackets (RFC 3986 section 3.2.2). */
export const endText = ({ address, port }: End): string =>
  port === null ? address : `${address.includes(':') ? `[${address}]` : address}:${port}`;

export type Protocol = Journey['protocol'] | 'http';

/** What a list shows of a journey, and a filter asks. */
export interface JourneyFacts {
  readonly journey: Journey;
  readonly protocol: Protocol;
  readonly from: End;
  readonly to: End;
  /** Addresses and ports that it bore at any time: NAT gives it others. */
  readonly ends: readonly End[];
  /** One short line: `SYN`, `GET / HTTP/1.1`, `A? server`. */
  readonly summary: string;
  /** TCP's flags. */
  readonly flags: readonly string[];
  readonly fate: Fate;
  /** The namespaces that it came through. */
  readonly namespaces: ReadonlySet<NamespaceId>;
}

/** Reads the facts of one journey from the trace. */
export function factsOf(journey: Journey, trace: Pick<TraceStore, 'recordsOf' | 'packet'>): JourneyFacts {
  const records = trace.recordsOf(journey.id);
  const packets = packetsOf(records, trace);
  const layers = packets[0] === undefined ? [] : readLayers(packets[0]);
  const fields = outermost(layers);
  const ends = packets.flatMap((packet) => endsOf(packet === packets[0] ? fields : outermost(readLayers(packet))));
  const nobody: End = { address: '', port: null };
  return {
    journey,
    protocol: layers.some(({ name, quoted }) => name === 'http' && !quoted) ? 'http' : journey.protocol,
    from: ends[0] ?? nobody,
    to: ends[1] ?? nobody,
    ends,
    summary: layers.length === 0 ? journey.summary : summaryOf(layers),
    flags: fields.get('tcp.flags')?.split(', ') ?? [],
    fate: fateOf(records, journey.protocol),
    namespaces: new Set([journey.origin, ...records.map(({ place }) => place.namespace)]),
  };
}

/** The packets of some records, each once, in order. */
function packetsOf(records: readonly HopRecord[], trace: Pick<TraceStore, 'packet'>): readonly PacketData[] {
  const ids = new Set(records.map(({ packet }) => packet));
  return [...ids].flatMap((id) => (id === null ? [] : (trace.packet(id) ?? [])));
}

type Values = ReadonlyMap<FieldName, string>;

/** Values by field, without those of a packet that an ICMP error quotes. */
function outermost(layers: readonly Layer[]): Values {
  const own = layers.filter(({ quoted }) => !quoted).flatMap(({ fields }) => fields);
  return new Map(own.map(({ name, value }) => [name, value]));
}

function endsOf(values: Values): readonly End[] {
  const port = (which: 'source' | 'destination') => {
    const text = values.get(`tcp.${which}`) ?? values.get(`udp.${which}`);
    return text === undefined ? null : Number(text);
  };
  const end = (address: string | undefined, which: 'source' | 'destination'): End[] =>
    address === undefined ? [] : [{ address, port: port(which) }];
  const ip = (which: 'source' | 'destination') => values.get(`ipv4.${which}`) ?? values.get(`ipv6.${which}`);
  const sender = values.get('arp.sender');
  // An ARP request goes to everybody; its reply to the one who asked.
  if (sender !== undefined) {
    const request = values.get('arp.operation')?.startsWith('1') === true;
    const to = request ? values.get('ethernet.destination') : values.get('arp.target');
    return [...end(sender, 'source'), ...end(to, 'destination')];
  }
  return [
    ...end(ip('source') ?? values.get('ethernet.source'), 'source'),
    ...end(ip('destination') ?? values.get('ethernet.destination'), 'destination'),
  ];
}
