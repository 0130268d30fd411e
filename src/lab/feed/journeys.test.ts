import { beforeAll, describe, expect, it } from 'vitest';
import { TestPage } from '../host/host.fixture.ts';
import type { Journey } from './feed.ts';

let page: TestPage;

beforeAll(() => {
  page = new TestPage();
  page.terminal(1);
  for (const line of [
    'docker network create net',
    'docker run -d --name web --network net -p 8080:80 nginx:alpine',
    'docker run -d --name cli --network net busybox sleep 1000',
    'docker exec cli wget -qO- http://web/',
    'curl -s http://[::1]:8080/',
    'docker run --rm busybox ping -c 1 172.17.0.1',
  ])
    page.run(1, line);
}, 60_000);

const thatSay = (text: RegExp): Journey[] => page.journeys.filter(({ summary }) => text.test(summary));
const parentOf = ({ parent }: Journey): Journey | undefined => page.journeys.find(({ id }) => id === parent);

describe('what a journey comes of', () => {
  it('is for each answer of the embedded DNS its own question', () => {
    const questions = thatSay(/ > 127\.0\.0\.11\.53: \d+\+ (A|AAAA)\? web\./);
    const answers = thatSay(/^IP 127\.0\.0\.11\.\d+ > /);
    expect(answers).toHaveLength(questions.length);
    expect(new Set(answers.map(parentOf))).toEqual(new Set(questions));
  });

  it('is for the data of a server the request that it read', () => {
    const data = thatSay(/172\.18\.0\.2\.80 > 172\.18\.0\.3\.\d+: Flags \[P\.\], seq 1:/)[0] as Journey;
    expect(parentOf(data)?.summary).toMatch(/172\.18\.0\.3\.\d+ > 172\.18\.0\.2\.80: Flags \[P\.\], seq 1:/);
  });

  it('is nothing for what somebody sets out to do, also right after an address was announced', () => {
    const announcements = thatSay(/who-has (\S+) tell \1,/);
    expect(announcements.length).toBeGreaterThan(6);
    for (const each of [...announcements, ...thatSay(/172\.17\.0\.\d > 172\.17\.0\.1: ICMP echo request/)])
      expect(parentOf(each)).toBeUndefined();
  });

  it('begins with a route, over IPv6 as well', () => {
    const syn = thatSay(/^IP6 ::1\.\d+ > ::1\.8080: Flags \[S\],/)[0] as Journey;
    expect(page.records.find(({ id }) => id === syn.firstRecord)).toMatchObject({
      kind: 'route',
      detail: 'sent',
      because: { kind: 'other', text: 'local ::1 dev lo' },
    });
  });
});
