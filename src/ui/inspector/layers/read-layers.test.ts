import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../../base/bytes.ts';
import { emitIcmp6Echo, Icmp6Type } from '../../../wire/icmp6.ts';
import { IpProtocol, OtherTransport, TcpFlag } from '../../../wire/packet.ts';
import {
  arpRequest,
  dataOf,
  dnsQuery,
  dnsReply,
  echo,
  frame,
  icmpError,
  MAC,
  overIpv6,
  packet,
  tcp,
  udp,
} from '../trace.fixture.ts';
import { readLayers } from './read-layers.ts';
import { FIELD_WORDS } from './words.ts';

const layersOf = (what: Parameters<typeof dataOf>[1]) => readLayers(dataOf(1, what));
const names = (what: Parameters<typeof dataOf>[1]) => layersOf(what).map(({ name }) => name);
const valueOf = (what: Parameters<typeof dataOf>[1], field: string) =>
  layersOf(what)
    .flatMap(({ fields }) => fields)
    .find(({ name }) => name === field)?.value;

describe('a packet opened into its layers', () => {
  it('shows a SYN with its options', () => {
    const syn = frame(packet('172.18.0.3', '172.18.0.2', tcp(40312, 8888)));
    expect(names(syn)).toEqual(['ethernet', 'ipv4', 'tcp']);
    expect(valueOf(syn, 'ethernet.source')).toBe('02:42:ac:12:00:03');
    expect(valueOf(syn, 'ipv4.destination')).toBe('172.18.0.2');
    expect(valueOf(syn, 'ipv4.flags')).toBe('DF');
    expect(valueOf(syn, 'tcp.source')).toBe('40312');
    expect(valueOf(syn, 'tcp.flags')).toBe('SYN');
    expect(valueOf(syn, 'tcp.scale')).toBe('7 (× 128)');
  });

  it('shows where each field lies: the bytes there are the value', () => {
    const data = dataOf(1, frame(packet('172.18.0.3', '172.18.0.2', tcp(40312, 8888))));
    const fields = readLayers(data).flatMap((layer) => layer.fields);
    const bytesOf = (name: string) => {
      const field = fields.find((each) => each.name === name);
      return [...data.bytes.subarray(field?.offset, (field?.offset ?? 0) + (field?.length ?? 0))];
    };
    expect(bytesOf('ipv4.source')).toEqual([172, 18, 0, 3]);
    expect(bytesOf('tcp.destination')).toEqual([8888 >> 8, 8888 & 255]);
    expect(bytesOf('ethernet.type')).toEqual([8, 0]);
    expect(fields.every(({ offset, length }) => offset + length <= data.bytes.length)).toBe(true);
  });

  it('covers every byte of a frame but padding between options', () => {
    const data = dataOf(1, frame(packet('172.18.0.3', '172.18.0.2', udp(1024, 53, dnsQuery('server')))));
    const covered = new Set(
      readLayers(data).flatMap(({ fields }) =>
        fields.flatMap(({ offset, length }) => Array.from({ length }, (_, i) => offset + i)),
      ),
    );
    expect(covered.size).toBe(data.bytes.length);
  });

  it('reads IPv6, and TCP and ICMPv6 in it', () => {
    const syn = overIpv6('::1', '::1', IpProtocol.tcp, tcp(40312, 8080));
    expect(names(syn)).toEqual(['ethernet', 'ipv6', 'tcp']);
    expect(valueOf(syn, 'ipv6.next')).toBe('6 (TCP)');
    expect(valueOf(syn, 'ipv6.hops')).toBe('64');
    expect(valueOf(syn, 'ipv6.source')).toBe('::1');
    expect(valueOf(syn, 'tcp.destination')).toBe('8080');
    const ping = emitIcmp6Echo({ type: Icmp6Type.echoRequest, identifier: 9, sequence: 3, data: encodeUtf8('abc') });
    const request = overIpv6('fd00::2', 'fd00::1', IpProtocol.icmp6, new OtherTransport(ping));
    expect(names(request)).toEqual(['ethernet', 'ipv6', 'icmp6']);
    expect(valueOf(request, 'icmp.type')).toBe('128 (echo request)');
    expect(valueOf(request, 'icmp.sequence')).toBe('3');
    expect(valueOf(request, 'ipv6.destination')).toBe('fd00::1');
    for (const what of [syn, request]) {
      const data = dataOf(1, what);
      const fields = readLayers(data).flatMap((layer) => layer.fields);
      expect(fields.every(({ offset, length }) => offset + length <= data.bytes.length)).toBe(true);
      expect(readLayers({ ...data, bytes: data.bytes.subarray(0, 40) }).map(({ name }) => name)).toEqual(['ethernet']);
    }
  });

  it('reads ARP', () => {
    const request = arpRequest('172.18.0.3', '172.18.0.2');
    expect(names(request)).toEqual(['ethernet', 'arp']);
    expect(valueOf(request, 'arp.operation')).toBe('1 (request)');
    expect(valueOf(request, 'arp.target')).toBe('172.18.0.2');
  });

  it('reads DNS questions and answers', () => {
    const query = packet('127.0.0.1', '127.0.0.11', udp(40000, 53, dnsQuery('server')));
    expect(names(query)).toEqual(['ipv4', 'udp', 'dns']);
    expect(valueOf(query, 'dns.question')).toBe('server A');
    const reply = packet(
      '127.0.0.11',
      '127.0.0.1',
      udp(53, 40000, dnsReply({ name: 'server', address: '172.18.0.2' })),
    );
    expect(valueOf(reply, 'dns.answer')).toBe('server A 172.18.0.2 (TTL 600)');
    expect(valueOf(reply, 'dns.flags')).toContain('no error');
  });

  it('reads HTTP where a segment begins like it, on any port', () => {
    const get = packet(
      '10.0.0.1',
      '10.0.0.2',
      tcp(40000, 8080, TcpFlag.ack | TcpFlag.psh, 'GET / HTTP/1.1\r\nHost: web\r\n\r\n'),
    );
    expect(names(get)).toEqual(['ipv4', 'tcp', 'http']);
    expect(valueOf(get, 'http.start')).toBe('GET / HTTP/1.1');
    expect(valueOf(get, 'http.header')).toBe('Host: web');
    const talk = packet('10.0.0.1', '10.0.0.2', tcp(40000, 8888, TcpFlag.ack | TcpFlag.psh, 'GET well soon\n'));
    expect(names(talk)).toEqual(['ipv4', 'tcp']);
    expect(valueOf(talk, 'tcp.data')).toBe('GET well soon\n');
  });

  it('opens the packet that an ICMP error quotes', () => {
    const lost = packet('172.18.0.3', '10.9.9.9', udp(1024, 9, encodeUtf8('lost')));
    const error = packet('172.18.0.1', '172.18.0.3', icmpError(3, 1, lost));
    expect(names(error)).toEqual(['ipv4', 'icmp', 'ipv4', 'udp']);
    expect(layersOf(error).map(({ quoted }) => quoted)).toEqual([false, false, true, true]);
    expect(valueOf(error, 'icmp.code')).toBe('1 (host)');
    expect(valueOf(packet('1.2.3.4', '1.2.3.5', echo(8)), 'icmp.type')).toBe('8 (echo request)');
  });

  it('leaves closed what is cut short anywhere, and never throws', () => {
    const { bytes } = dataOf(
      1,
      frame(packet('172.18.0.3', '172.18.0.2', tcp(1, 80, TcpFlag.ack, 'GET / HTTP/1.0\r\n\r\n'))),
    );
    for (let length = 0; length <= bytes.length; length++) {
      const layers = readLayers({ layer: 'frame', bytes: bytes.subarray(0, length) });
      expect(layers.flatMap(({ fields }) => fields).every(({ offset, length: n }) => offset + n <= length)).toBe(true);
    }
  });

  it('has words for every field in both languages', () => {
    expect(Object.keys(FIELD_WORDS.ja).sort()).toEqual(Object.keys(FIELD_WORDS.en).sort());
    expect(MAC.all).toBe(0xffffffffffff);
  });
});
