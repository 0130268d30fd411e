import { beforeAll, describe, expect, it } from 'vitest';
import { TestPage } from '../../../lab/host/host.fixture.ts';
import { TraceStore } from '../../session/trace-store.ts';
import { plain } from '../marks.ts';
import { explainHop, placeText } from './explain-hop.ts';
import { factsOf } from './journey-facts.ts';
import { NameBook } from './name-book.ts';

/** Journeys of a real machine: names by DNS, a page through a published port, a way out, and packets that end. */
const trace = new TraceStore();
const names = new NameBook();
let page: TestPage;

beforeAll(() => {
  page = new TestPage();
  page.terminal(1);
  for (const line of [
    'docker network create one; docker network create two',
    'docker run -d --name web --network one -p 1234:80 nginx:alpine',
    'docker run -d --name client --network one busybox sleep 1000',
    'docker run -d --name other --network two busybox sleep 1000',
    'docker exec client ping -c 1 web',
    'docker exec client wget -qO- http://web/',
    'docker exec client wget -qO- http://example.com/',
    'docker exec client nslookup nobody.example',
    'docker exec client nc -w 1 web 81',
    'docker exec other ping -c 1 -W 1 172.18.0.2',
    'docker exec client ping -c 1 -W 4 172.18.0.77',
  ])
    page.run(1, line, 6);
  page.ask({ ask: 'fetch', machine: 'lan', url: 'http://192.168.0.10:1234/' });
  names.learn(page.view);
  for (const message of page.said) if (message.say === 'trace') trace.add(message.chunk);
}, 60_000);

const tell = (journey: number, language: 'en' | 'ja' = 'en') => {
  const records = trace.recordsOf(journey);
  const context = { language, names, view: page.view, trace, records };
  return records.map((record) => `${placeText(record, names)}: ${plain(explainHop(record, context))}`);
};

const find = (fits: (facts: ReturnType<typeof factsOf>) => boolean) => {
  const journey = trace.journeys.find((each) => fits(factsOf(each, trace)));
  if (journey === undefined) throw new Error('no such journey');
  return factsOf(journey, trace);
};

describe('journeys of a real machine', () => {
  it('are told without a word of the trace that has no sentence, in both languages', () => {
    for (const language of ['en', 'ja'] as const)
      for (const journey of trace.journeys) {
        const records = trace.recordsOf(journey.id);
        const context = { language, names, view: page.view, trace, records };
        for (const record of records) expect(explainHop(record, context)).not.toBe(record.detail);
      }
    expect(trace.journeys.length).toBeGreaterThan(60);
  });

  it('end somewhere, all of them', () => {
    const open = trace.journeys.map((journey) => factsOf(journey, trace)).filter(({ fate }) => fate.is === 'underway');
    expect(open.map(({ journey }) => journey.summary)).toEqual([]);
  });

  it('are dropped only where somebody asked for what is not there', () => {
    const reasons = trace.journeys
      .map((journey) => factsOf(journey, trace).fate)
      .flatMap((fate) => (fate.is === 'dropped' ? fate.record.detail : []));
    expect([...new Set(reasons)].sort()).toEqual([
      'ARP for another address',
      'dropped by netfilter',
      'host unreachable',
      'no listener',
    ]);
  });

  it('show the published port from the LAN as one journey through DNAT', () => {
    const syn = find(
      ({ journey, flags, to }) => journey.origin === 'lan' && flags.join() === 'SYN' && to.port === 1234,
    );
    const words = tell(syn.journey.id);
    expect(
      words.some((line) =>
        /nat PREROUTING: The destination becomes 172\.18\.0\.2:80 \(it was 192\.168\.0\.10:1234\)\. Because: Rule \d+ of DOCKER/.test(
          line,
        ),
      ),
    ).toBe(true);
    expect(words.at(-1)).toBe('web: Delivered: a program listens on that port, and a connection begins.');
  });

  it('show the rule that keeps two networks apart', () => {
    const ping = find(
      ({ journey, protocol, fate }) =>
        protocol === 'icmp' && names.nameOf(journey.origin) === 'other' && fate.is === 'dropped',
    );
    expect(ping.fate).toMatchObject({ is: 'dropped', record: { detail: 'dropped by netfilter' } });
  });
});
