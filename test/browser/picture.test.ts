import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { type LabPage, openLab, shown, type, waitForText } from './lab-page.ts';
import { Button, hopTo, installProbe, openSolved, press, read, readAt, type Shown, walk } from './picture-page.ts';
import { serveSite } from './site.ts';

/** What the picture shows, read from the words beside it. */

let browser: Browser;
let site: Awaited<ReturnType<typeof serveSite>>;

beforeAll(async () => {
  site = await serveSite();
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  await site.close();
});

/** Opens the tables, so that they are read as well. */
async function openTables(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Tables', exact: true }).click();
  await page.locator('bw-tables table').first().waitFor({ state: 'attached' });
}

/** Runs lines one after the other, each when the one before is done. */
async function run(page: Page, ...lines: readonly string[]): Promise<void> {
  for (const [i, line] of lines.entries()) {
    await type(page, `${line}; echo done"-"${i}`);
    await waitForText(page, `done-${i}`);
    await type(page, 'clear');
  }
}

async function opened(...lines: readonly string[]): Promise<LabPage> {
  const lab = await openLab(browser, site);
  await run(lab.page, ...lines);
  await installProbe(lab.page);
  return lab;
}

const says = (texts: readonly string[], ...wanted: readonly string[]) =>
  expect(texts).toEqual(wanted.map((each) => expect.stringMatching(new RegExp(each))));

/** The steps that take a packet somewhere: gates that let it pass and news about neighbours left out. */
const moves = ({ way }: Shown): string[] =>
  way.filter((text) => !/passes|knows|waits|know the MAC|keeps its addresses/.test(text));

const containersOf = (tree: readonly string[]): Map<string, string> =>
  new Map(
    tree.flatMap((text, i) =>
      [...text.matchAll(/^Container (\S+)/g)].map(([, name = '']) => [name, tree[i + 1] ?? '']),
    ),
  );

/** Steps that tell of a container, or of its interface, which the picture doesn't have at that moment. */
function unseen(story: readonly Shown[]): string[] {
  const names = new Set(story.flatMap(({ tree }) => [...containersOf(tree).keys()]));
  return story.flatMap(({ step, tree }) => {
    const there = containersOf(tree);
    const missing = [...names].some(
      (name) =>
        (step.includes(` ${name}`) && !there.has(name)) ||
        (step.includes(`eth0 of ${name}`) && !there.get(name)?.startsWith('eth0 ')),
    );
    const nameless = / [0-9a-f]{12}\b/.test(step);
    return missing || nameless ? [step] : [];
  });
}

/** What each exercise's own solution shows: the way of the first packet of which such a step tells. */
const EXERCISES: readonly { readonly name: string; readonly at: RegExp; readonly way: readonly string[] }[] = [
  {
    name: '1-default',
    at: /^SYN .*:8888 reaches/,
    way: [
      'sets out from 1-default_client_1: route 172.18.0.0/16 dev eth0',
      'leaves by eth0 of 1-default_client_1',
      'arrives at port 2 of br-\\w+',
      'is forwarded by br-\\w+ to one port: .* is behind veth',
      'leaves by port 1 of br-\\w+',
      'arrives at eth0 of 1-default_server_1',
      'is for 1-default_server_1 itself',
      'reaches nc in 1-default_server_1 \\(LISTEN\\)',
    ],
  },
  {
    name: '2-resolv',
    at: /^A\? server .* reaches the embedded DNS/,
    way: [
      'sets out from 2-resolv_client_1',
      'is rewritten: 127.0.0.11:53 becomes 127.0.0.11:\\d+',
      'leaves by lo of 2-resolv_client_1',
      'arrives at lo of 2-resolv_client_1',
      'reaches the embedded DNS of 2-resolv_client_1 at 127.0.0.11',
    ],
  },
  {
    name: '3-ip',
    at: /^SYN .* reaches/,
    way: [
      '178.27.0.20:\\d+ → 178.27.0.10:8888 sets out from 3-ip_client_1: route 178.27.0.0/16 dev eth0',
      'leaves by eth0 of 3-ip_client_1',
      'arrives at port 2 of br-\\w+',
      'is forwarded by br-\\w+ to one port',
      'leaves by port 1 of br-\\w+',
      'arrives at eth0 of 3-ip_server_1',
      'is for 3-ip_server_1 itself',
      'reaches nc in 3-ip_server_1',
    ],
  },
  {
    name: '4-bridge',
    at: /^SYN .* reaches/,
    way: [
      '172.17.0.3:\\d+ → 172.17.0.2:8888 sets out from 4-bridge_client_1',
      'leaves by eth0 of 4-bridge_client_1',
      'arrives at port 2 of docker0',
      'is forwarded by docker0 to one port',
      'leaves by port 1 of docker0',
      'arrives at eth0 of 4-bridge_server_1',
      'is for 4-bridge_server_1 itself',
      'reaches nc in 4-bridge_server_1',
    ],
  },
  {
    name: '5-port',
    at: /^SYN 192\.168\.0\.1:.* reaches/,
    way: [
      '192.168.0.1:\\d+ → 192.168.0.10:1234 sets out from gateway',
      'leaves by eth0 of gateway',
      'arrives at eth0 of ubuntu',
      'is rewritten: 192.168.0.10:1234 becomes 172.17.0.2:80',
      'is forwarded by ubuntu: route 172.17.0.0/16 dev docker0',
      'is forwarded by docker0 to one port',
      'leaves by port 1 of docker0',
      'arrives at eth0 of 5-port_web_1',
      'is for 5-port_web_1 itself',
      'reaches nginx in 5-port_web_1',
    ],
  },
  {
    name: '6-host',
    at: /^SYN \[::1\]:.*:80 reaches/,
    way: [
      '\\[::1\\]:\\d+ → \\[::1\\]:80 sets out from ubuntu: local ::1 dev lo',
      'leaves by lo of ubuntu',
      'arrives at lo of ubuntu',
      'reaches nginx in ubuntu',
    ],
  },
];

describe.each(EXERCISES)("the picture of exercise $name's solution", ({ name, at, way }) => {
  it('tells the way of the packet, never of what it has not, and the same however a moment is reached', async () => {
    const { page, context, problems } = await openSolved(browser, site, name);
    await openTables(page);
    const story = await walk(page);
    const shownAt = story.find(({ step }) => at.test(step));
    expect(shownAt?.step).toBeDefined();
    says(moves(shownAt as Shown), ...way);
    expect(unseen(story)).toEqual([]);

    // Back from where the story ended, hop by hop; then by the slider, here and there. Meanwhile the machine may have gone on.
    const told = ({ hop, step, way: itsWay, tree, tables }: Shown) => ({ hop, step, way: itsWay, tree, tables });
    await readAt(page, [story.length]);
    for (let back = 0; back < 12; back++) {
      await press(page, Button.back);
      const here = await read(page);
      expect(told(here)).toEqual(told(story[here.hop - 1] as Shown));
    }
    const hops = [0.9, 0.2, 0.55, 0.03, 0.7].map((part) => Math.ceil((story.length - 1) * part));
    expect((await readAt(page, hops)).map(told)).toEqual(hops.map((hop) => told(story[hop - 1] as Shown)));
    expect(problems).toEqual([]);
    await context.close();
  });
});

describe('the picture while it plays', () => {
  it('shows what was there, though all of it is gone by now', async () => {
    const { page, context, problems } = await openSolved(browser, site, '1-default', {
      reducedMotion: 'no-preference',
    });
    await page.locator('bw-timeline').getByRole('button', { name: 'To the beginning' }).click();
    await page.locator('bw-timeline').getByRole('combobox', { name: 'Speed' }).selectOption('0.25');
    await page.locator('bw-timeline').getByRole('button', { name: 'Play' }).click();
    const underway = await page.waitForFunction(() => {
      const now = window.probe.read();
      return now.step.includes('eth0 of 1-default_client_1') ? now : null;
    });
    const shownNow = (await underway.jsonValue()) as Shown;
    expect(shownNow.hop).toBeLessThan(shownNow.length);
    await page.locator('bw-timeline').getByRole('button', { name: 'Pause' }).waitFor();
    expect([...containersOf(shownNow.tree).keys()]).toEqual(['1-default_server_1', '1-default_client_1']);
    await page.locator('bw-timeline').getByRole('button', { name: 'Now' }).click();
    await expect.poll(async () => [...containersOf((await read(page)).tree).keys()]).toEqual([]);
    expect(problems).toEqual([]);
    await context.close();
  });
});

describe('the first question for a MAC address, and a SYN that nobody waits for', () => {
  const SERVICES = 'services:\\n  server: { image: busybox, tty: true }\\n  client: { image: busybox, tty: true }\\n';
  let lab: LabPage;

  beforeAll(async () => {
    lab = await opened(
      'mkdir 1-default && cd 1-default',
      `printf '${SERVICES}' > docker-compose.yml`,
      'docker-compose up -d',
      'docker-compose exec -T client nc -w 1 server 9999',
    );
  });

  afterAll(async () => {
    expect(lab.problems).toEqual([]);
    await lab.context.close();
  });

  it('has both containers at ports of the new switch', async () => {
    const { tree } = await read(lab.page);
    expect(tree).toContainEqual(
      expect.stringMatching(/^Network 1-default_default: switch br-\w{12} 172\.18\.0\.1\/16$/),
    );
    for (const name of ['server', 'client'])
      expect(tree).toContainEqual(
        expect.stringMatching(new RegExp(`^Port \\d, veth\\w+: cable to 1-default_${name}_1 eth0$`)),
      );
  });

  it('floods the question to the other container and to the host, which ignores it', async () => {
    const { way } = await hopTo(lab.page, /who has 172\.18\.0\.2\? Tell 172\.18\.0\.3\..* is taken by the kernel/);
    const asked = way.map((text) => text.replace(/^.*172\.18\.0\.3\. /, ''));
    says(
      asked,
      'leaves by eth0 of 1-default_client_1',
      'arrives at port 2 of br-',
      'is sent by br-\\w+ to every other port',
      'leaves by port 1 of br-',
      'is handed by br-\\w+ to the host itself',
      'ends at br-\\w+: ARP for another address',
      'arrives at eth0 of 1-default_server_1',
      'is taken by the kernel of 1-default_server_1 \\(ARP request\\)',
    );
  });

  it('answers the SYN with a RST', async () => {
    const refused = await hopTo(lab.page, /^SYN .*:9999 ends at 1-default_server_1: no listener/);
    expect(refused.way[0]).toMatch(/sets out from 1-default_client_1/);
    const { way } = await hopTo(lab.page, /^RST .* (reaches|is taken by) .*1-default_client_1/, 'here');
    expect(way[0]).toMatch(/^RST .* sets out from 1-default_server_1/);
  });
});

describe('addresses that are rewritten', () => {
  it('are those that conntrack keeps, in the picture and in the tables', async () => {
    const { page, context, problems } = await opened(
      'docker run -d --name web -p 1234:80 nginx:alpine',
      'curl -s http://192.168.0.10:1234/ > page',
    );
    await openTables(page);
    const { step, tables } = await hopTo(page, /^SYN .* is rewritten/);
    const [, before = '', now = ''] = / is rewritten: (\S+) becomes (\S+):/.exec(step) ?? [];
    const [, source = ''] = /^SYN (\S+) →/.exec(step) ?? [];
    expect(before).toBe('192.168.0.10:1234');
    expect(now).toBe('172.17.0.2:80');
    await page.locator('bw-timeline').getByRole('button', { name: 'Now' }).click();
    const end = await read(page);
    expect(end.tree).toContainEqual(expect.stringContaining(`${source} → ${before}, answers ${now} → ${source}`));
    expect(end.tree).toContain('Door 1234 → 80/tcp of web');
    const row = page.locator('bw-tables table[aria-label*="conntrack" i] tbody tr', { hasText: before });
    expect(await row.first().textContent()).toContain(source);
    expect(await row.first().textContent()).toContain(now);
    // A moment before, there was no such connection yet.
    expect(tables).not.toBe(end.tables);
    expect(problems).toEqual([]);
    await context.close();
  });
});

describe('the picture of two networks', () => {
  it('lets a packet for the other network die at its gate', async () => {
    const { page, context, problems } = await opened(
      'docker network create a',
      'docker network create b',
      'docker run -d --name one --network a busybox sleep 1000',
      'docker run -d --name two --network b busybox sleep 1000',
      'docker exec two ping -c 1 -W 1 172.18.0.2',
    );
    const { step, way } = await hopTo(page, /^ping 172\.19\.0\.2 → 172\.18\.0\.2 is dropped at/);
    expect(step).toMatch(/is dropped at raw PREROUTING of ubuntu: rule \d+ of raw PREROUTING, .*-j DROP/);
    expect(way.some((text) => text.includes('of one'))).toBe(false);
    expect(problems).toEqual([]);
    await context.close();
  });
});

describe('hold', () => {
  it('lets the machine go on only as the story does, and what is typed wait with it', async () => {
    const { page, context, problems } = await opened();
    const hold = page.locator('bw-timeline').getByRole('button', { name: 'Hold' });
    await hold.click();
    const terminal = page.locator('.terminal-screen:visible .xterm-helper-textarea').first();
    await terminal.focus();
    await type(page, 'docker run --rm busybox ping -c 1 172.17.0.1; echo held-$((1+1))');
    await frames(page, 30);
    expect(await shown(page)).not.toContain('held-2');
    expect((await read(page)).length).toBe(0);
    // Hop by hop the machine's time goes on: first the packets are seen, then the command ends.
    let seen = 0;
    for (let hops = 0; hops < 2000 && !(await shown(page)).includes('held-2'); hops++) {
      await press(page, Button.forward);
      await frames(page, 1);
      if (seen === 0 && (await read(page)).length > 0) {
        seen = hops;
        expect(await shown(page)).not.toContain('held-2');
      }
    }
    expect(seen).toBeGreaterThan(0);
    expect(await shown(page)).toContain('held-2');
    await hold.click();
    await terminal.focus();
    await type(page, 'echo free-$((1+1))');
    await waitForText(page, 'free-2');
    expect(problems).toEqual([]);
    await context.close();
  });
});

/** Lets the page draw so many frames. */
const frames = (page: Page, count: number): Promise<void> =>
  page.evaluate(async (left) => {
    for (let i = 0; i < left; i++) await new Promise(requestAnimationFrame);
  }, count);
