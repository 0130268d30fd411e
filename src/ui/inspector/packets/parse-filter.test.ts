import { describe, expect, it } from 'vitest';
import { IpProtocol, TcpFlag } from '../../../wire/packet.ts';
import { TraceStore } from '../../session/trace-store.ts';
import { factsOf, type JourneyFacts } from '../journey/journey-facts.ts';
import { arpRequest, at, dnsQuery, frame, overIpv6, packet, tcp, TraceBuilder, udp } from '../trace.fixture.ts';
import { type FilterNames, parseFilter } from './parse-filter.ts';

const names: FilterNames = {
  find: (text) => (text === 'client' || text === 'server' ? [`id-${text}`] : []),
  addressesOf: (id) => (id === 'id-client' ? ['172.18.0.3'] : ['172.18.0.2']),
};

function listed(): Readonly<Record<'syn' | 'lost' | 'query' | 'who' | 'page' | 'home', JourneyFacts>> {
  const builder = new TraceBuilder();
  builder.journey({ protocol: 'tcp', origin: 'id-client', command: 3 });
  builder.packet(frame(packet('172.18.0.3', '172.18.0.2', tcp(40312, 8888))));
  builder.hop('transmit', at.device('id-client', 'eth0'), 'sent').hop('deliver', at.namespace('id-server'), 'LISTEN');
  builder.journey({ protocol: 'tcp', origin: 'id-client', command: 4 });
  builder.packet(packet('172.18.0.3', '172.19.0.2', tcp(40313, 80)));
  builder.hop('drop', at.device('ubuntu', 'veth1'), 'dropped by netfilter');
  builder.journey({ protocol: 'dns', origin: 'id-client' });
  builder.packet(packet('127.0.0.1', '127.0.0.11', udp(40000, 53, dnsQuery('server'))));
  builder.hop('transmit', at.device('id-client', 'lo'), 'sent');
  builder.journey({ protocol: 'arp', origin: 'id-client' });
  builder.packet(arpRequest('172.18.0.3', '172.18.0.2'));
  builder.hop('transmit', at.device('id-client', 'eth0'), 'sent');
  builder.journey({ protocol: 'tcp', origin: 'lan' });
  builder.packet(
    packet('192.168.0.1', '192.168.0.10', tcp(50000, 1234, TcpFlag.psh | TcpFlag.ack, 'GET / HTTP/1.1\r\n\r\n')),
  );
  builder.hop('receive', at.device('ubuntu', 'eth0'), 'received');
  builder.packet(
    packet('192.168.0.1', '172.17.0.2', tcp(50000, 80, TcpFlag.psh | TcpFlag.ack, 'GET / HTTP/1.1\r\n\r\n')),
  );
  builder.hop('nat', at.chain('ubuntu', 'nat', 'PREROUTING'), 'destination rewritten');
  builder.journey({ protocol: 'tcp', origin: 'ubuntu' });
  builder.packet(overIpv6('::1', '::1', IpProtocol.tcp, tcp(50001, 8080)));
  builder.hop('transmit', at.device('ubuntu', 'lo'), 'sent');
  const trace = new TraceStore();
  trace.add(builder.chunk);
  const [syn, lost, query, who, page, home] = builder.journeys.map((journey) =>
    factsOf(journey, trace),
  ) as JourneyFacts[];
  return { syn, lost, query, who, page, home } as ReturnType<typeof listed>;
}

const all = listed();

/** The names of the journeys that a filter lets through. */
function through(text: string): readonly string[] {
  const filter = parseFilter(text, names);
  if (!filter.ok) throw new Error(filter.error.problem);
  return Object.entries(all)
    .filter(([, facts]) => filter.value(facts))
    .map(([name]) => name);
}

describe('a filter of packets', () => {
  it.each([
    ['', ['syn', 'lost', 'query', 'who', 'page', 'home']],
    ['tcp', ['syn', 'lost', 'page', 'home']],
    ['tcp port 80', ['lost', 'page']],
    ['dns or arp', ['query', 'who']],
    ['dropped', ['lost']],
    ['not dropped tcp', ['syn', 'page', 'home']],
    ['!(tcp or dns)', ['who']],
    ['172.18.0.2', ['syn']],
    ['172.18.0.0/16', ['syn', 'lost', 'who']],
    ['172.18.0.2:8888', ['syn']],
    ['dst 172.18.0.3', []],
    ['src client and syn', ['syn', 'lost']],
    ['server', ['syn']],
    ['"get /"', ['page']],
    ['command 3', ['syn']],
    ['#4', ['lost']],
    ['破棄', ['lost']],
    ['ｔｃｐ　ポート　８８８８', ['syn']],
    ['TCP && PORT 1234 || ARP', ['who', 'page']],
    ['ff:ff:ff:ff:ff:ff', ['who']],
    ['::1', ['home']],
    ['src 0:0::1 and tcp', ['home']],
    ['[::1]:8080', ['home']],
    ['[::1]:80', []],
  ])('%s', (text, expected) => expect(through(text)).toEqual(expected));

  it.each([
    ['foo', { problem: 'unknown word', word: 'foo' }],
    ['port', { problem: 'port expected', after: 'port' }],
    ['port 70000', { problem: 'port expected', after: 'port' }],
    ['host nobody', { problem: 'address expected', after: 'host' }],
    ['tcp or', { problem: 'ends too early', after: 'or' }],
    ['(tcp', { problem: 'unclosed parenthesis' }],
    ['tcp)', { problem: 'unexpected parenthesis' }],
    ['"tcp', { problem: 'unclosed quote' }],
    ['command x', { problem: 'number expected', after: 'command' }],
    ['300.1.2.3', { problem: 'unknown word', word: '300.1.2.3' }],
    ['constructor', { problem: 'unknown word', word: 'constructor' }],
    ['not', { problem: 'ends too early', after: 'not' }],
  ])('%s is answered with what is wrong', (text, problem) => {
    expect(parseFilter(text, names)).toEqual({ ok: false, error: problem });
  });
});
