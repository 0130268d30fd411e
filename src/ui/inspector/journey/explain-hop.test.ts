import { describe, expect, it } from 'vitest';
import { TraceStore } from '../../session/trace-store.ts';
import { plain } from '../marks.ts';
import { portTrace, VIEW, WEB } from '../view.fixture.ts';
import { changesOf, differencesUpTo } from './changes.ts';
import { explainHop, type HopContext, placeText, verdictBefore } from './explain-hop.ts';
import { fateOf } from './fate.ts';
import { NameBook } from './name-book.ts';

const trace = new TraceStore();
trace.add(portTrace().chunk);
const names = new NameBook();
names.learn(VIEW);

const contextOf = (journey: number, language: 'en' | 'ja' = 'en'): HopContext => ({
  language,
  names,
  view: VIEW,
  trace,
  records: trace.recordsOf(journey),
});

const told = (journey: number, language?: 'en' | 'ja') => {
  const context = contextOf(journey, language);
  return context.records.map((record) => `${placeText(record, names)}: ${plain(explainHop(record, context))}`);
};

describe('a journey in words', () => {
  it('tells of a published port from the LAN to the listener', () => {
    expect(told(1)).toEqual([
      'gateway · eth0: Leaves by eth0, over the cable to eth0 of ubuntu.',
      'ubuntu · eth0: Arrives at eth0.',
      'ubuntu · nat PREROUTING: Rule 2 of DOCKER matches: ! -i docker0 -p tcp -m tcp --dport 1234 -j DNAT --to-destination 172.17.0.2:80. It may go on.',
      'ubuntu · nat PREROUTING: The destination becomes 172.17.0.2:80 (it was 192.168.0.10:1234). Because: Rule 2 of DOCKER matches: ! -i docker0 -p tcp -m tcp --dport 1234 -j DNAT --to-destination 172.17.0.2:80.',
      'ubuntu: Route: for somebody else, so it is passed on. 172.17.0.0/16 dev docker0 proto kernel scope link src 172.17.0.1',
      'ubuntu · filter FORWARD: Rule 1 of DOCKER matches: -d 172.17.0.2/32 ! -i docker0 -o docker0 -p tcp -m tcp --dport 80 -j ACCEPT. It may go on.',
      'ubuntu · docker0: Waits: the hardware address of 172.17.0.2 isn’t known yet. ARP asks for it.',
      'ubuntu · docker0: docker0 finds 02:42:ac:11:00:02 in its table and sends the frame out by port veth9a8b7c6.',
      'ubuntu · veth9a8b7c6: Leaves by veth9a8b7c6, over the cable to eth0 of 5-port_web_1.',
      '5-port_web_1 · eth0: Arrives at eth0.',
      '5-port_web_1: Delivered: a program listens on that port, and a connection begins.',
    ]);
  });

  it('says the same in Japanese', () => {
    expect(told(1, 'ja')[3]).toBe(
      'ubuntu · nat PREROUTING: 宛先が 192.168.0.10:1234 から 172.17.0.2:80 に変わります。理由: DOCKER のルール 2 に一致します: ! -i docker0 -p tcp -m tcp --dport 1234 -j DNAT --to-destination 172.17.0.2:80。',
    );
    expect(told(3, 'ja').at(-1)).toBe('ubuntu · docker0: 破棄: ファイアウォールのルールがパケットを止めました。');
  });

  it('finds the rule behind a drop by netfilter', () => {
    const { records } = contextOf(3);
    const drop = records.at(-1);
    expect(drop && verdictBefore(drop, records)?.because).toMatchObject({ chain: 'PREROUTING', number: 1 });
  });
});

describe('the fate of a packet', () => {
  it('is a delivery or a drop; bystanders of a flood do not count beside the one who took it', () => {
    expect(fateOf(trace.recordsOf(1))).toMatchObject({ is: 'delivered', record: { place: { namespace: WEB } } });
    expect(fateOf(trace.recordsOf(3))).toMatchObject({ is: 'dropped', record: { detail: 'dropped by netfilter' } });
    expect(fateOf([])).toEqual({ is: 'underway' });
    const [delivered] = trace.recordsOf(2).slice(-1);
    if (delivered === undefined) throw new Error('the fixture has no delivery');
    const bystander = { ...delivered, kind: 'drop' as const, detail: 'ARP for another address' };
    expect(fateOf([delivered, bystander])).toMatchObject({ is: 'delivered' });
    expect(fateOf([bystander])).toMatchObject({ is: 'dropped', harmless: true });
    expect(fateOf([bystander], 'icmp')).toMatchObject({ is: 'dropped', harmless: false });
  });
});

describe('what changes on the way', () => {
  const { records } = contextOf(1);
  const changes = changesOf(records, trace);
  const changed = (upTo: number | null) =>
    [...differencesUpTo(changes, upTo === null ? null : (records[upTo] ?? null))].map(
      ([field, { first, change }]) => [field, first, change.after] as const,
    );

  it('is nothing before NAT', () => expect(changed(2)).toEqual([]));

  it('is address and port, and the sums over them, at NAT', () => {
    const fields = changed(3);
    expect(fields).toContainEqual(['ipv4.destination', '192.168.0.10', '172.17.0.2']);
    expect(fields).toContainEqual(['tcp.destination', '1234', '80']);
    expect(fields.map(([field]) => field).sort()).toEqual([
      'ipv4.checksum',
      'ipv4.destination',
      'tcp.checksum',
      'tcp.destination',
    ]);
  });

  it('is TTL and hardware addresses too in the end', () => {
    const fields = changed(null);
    expect(fields).toContainEqual(['ipv4.ttl', '64', '63']);
    expect(fields).toContainEqual(['ethernet.source', '52:54:00:00:00:01', '02:42:5e:11:22:33']);
  });
});
