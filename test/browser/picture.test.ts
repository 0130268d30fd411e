import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { type LabPage, openLab, type, waitForText } from './lab-page.ts';
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

interface Shown {
  readonly step: string;
  /** The way of the step's packet up to there. */
  readonly way: readonly string[];
}

interface Wanted {
  /** The step at which to stop. */
  readonly step: RegExp;
  /** Where to begin: at the beginning, or where the story stands. */
  readonly from?: 'beginning' | 'here';
}

/** Hops forward until a step reads so, and tells what the picture says there. */
async function hopTo(page: Page, { step, from = 'beginning' }: Wanted): Promise<Shown> {
  await page.locator('bw-picture-words').first().waitFor({ state: 'attached' });
  return await page.evaluate(
    async ([source, start]) => {
      type Words = HTMLElement & { readonly updateComplete: Promise<boolean> };
      const words = document.querySelector('bw-picture')?.shadowRoot?.querySelector('bw-picture-words') as Words;
      const timeline = document.querySelector('bw-timeline') as Words;
      const press = async (index: number): Promise<boolean> => {
        const button = timeline.shadowRoot?.querySelectorAll('button')[index] as HTMLButtonElement;
        const could = !button.disabled;
        button.click();
        await timeline.updateComplete;
        await words.updateComplete;
        return could;
      };
      const texts = (selector: string) =>
        [...(words.shadowRoot?.querySelectorAll(selector) ?? [])].map((each) => each.textContent ?? '');
      if (start === 'beginning') await press(0);
      while (await press(3)) {
        const [now = ''] = texts('.step');
        if (new RegExp(source).test(now)) return { step: now, way: texts('.way li') };
      }
      return { step: 'never', way: [] };
    },
    [step.source, from] as const,
  );
}

/** Everything in the picture, by the tree. */
const everything = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [
      ...(document
        .querySelector('bw-picture')
        ?.shadowRoot?.querySelector('bw-picture-words')
        ?.shadowRoot?.querySelectorAll('[role=treeitem] > span') ?? []),
    ].map((each) => each.textContent ?? ''),
  );

const SERVICES = 'services:\\n  server: { image: busybox, tty: true }\\n  client: { image: busybox, tty: true }\\n';

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
  return lab;
}

const SYN = String.raw`SYN 172\.18\.0\.\d:\d+ → 172\.18\.0\.\d:8888`;
const says = (texts: readonly string[], ...wanted: readonly string[]) =>
  expect(texts).toEqual(wanted.map((each) => expect.stringMatching(new RegExp(each))));

describe('the picture of exercise 1', () => {
  let lab: LabPage;
  let server: string;

  beforeAll(async () => {
    lab = await opened(
      'mkdir 1-default && cd 1-default',
      `printf '${SERVICES}' > docker-compose.yml`,
      'docker-compose up -d',
    );
    const texts = await everything(lab.page);
    server = texts[texts.findIndex((text) => text.includes('server')) + 1] ?? '';
    const address = /172\.18\.0\.\d+/.exec(
      texts.slice(texts.findIndex((text) => text.startsWith('Container') && text.includes('server')))[1] ?? '',
    )?.[0];
    await run(
      lab.page,
      'docker-compose exec -d server nc -lp 8888',
      `echo test | docker-compose exec -T client nc -w 1 ${address} 8888`,
      `docker-compose exec -T client nc -w 1 ${address} 9999`,
    );
  });

  afterAll(async () => {
    expect(lab.problems).toEqual([]);
    await lab.context.close();
  });

  it('has both containers at ports of the new switch', async () => {
    const texts = await everything(lab.page);
    expect(server).not.toBe('');
    expect(texts).toContainEqual(
      expect.stringMatching(/^Network 1-default_default: switch br-\w{12} 172\.18\.0\.1\/16$/),
    );
    for (const name of ['server', 'client'])
      expect(texts).toContainEqual(
        expect.stringMatching(new RegExp(`^Port \\d, veth\\w+: cable to 1-default_${name}_1 eth0$`)),
      );
  });

  it('takes the SYN hop by hop through the cable, the switch and the other cable', async () => {
    const { way } = await hopTo(lab.page, { step: /SYN .*:8888 reaches/ });
    const moves = way.filter((text) => !/passes|knows|waits|know the MAC/.test(text));
    says(
      moves,
      `${SYN} sets out from 1-default_client_1: route 172\\.18\\.0\\.0/16 dev eth0`,
      `${SYN} leaves by eth0 of 1-default_client_1`,
      `${SYN} arrives at port \\d of br-\\w+`,
      `${SYN} is forwarded by br-\\w+ to one port: .* is behind veth`,
      `${SYN} leaves by port \\d of br-\\w+`,
      `${SYN} arrives at eth0 of 1-default_server_1`,
      `${SYN} is for 1-default_server_1 itself`,
      `${SYN} reaches (nc|a socket) in 1-default_server_1 \\(LISTEN\\)`,
    );
  });

  it('floods the first question for a MAC address', async () => {
    const { way } = await hopTo(lab.page, {
      step: /who has 172\.18\.0\.\d\? Tell (?!172\.18\.0\.\d\. It leaves by eth0 of 1-default_server).*every other port/,
    });
    expect(way.at(-1)).toMatch(/is sent by br-\w+ to every other port/);
  });

  it('refuses a SYN where nobody listens', async () => {
    const refused = await hopTo(lab.page, { step: /SYN .*:9999 ends at 1-default_server_1: no listener/ });
    expect(refused.way[0]).toMatch(/sets out from 1-default_client_1/);
    const answer = await hopTo(lab.page, { step: /^RST .* sets out from 1-default_server_1/, from: 'here' });
    expect(answer.step).not.toBe('never');
  });

  it('shows the same when it hops back or is scrubbed as when it was played', async () => {
    const states = await lab.page.evaluate(async () => {
      type Words = HTMLElement & { readonly updateComplete: Promise<boolean> };
      const words = document.querySelector('bw-picture')?.shadowRoot?.querySelector('bw-picture-words') as Words;
      const timeline = document.querySelector('bw-timeline') as Words;
      const buttons = timeline.shadowRoot?.querySelectorAll('button') as NodeListOf<HTMLButtonElement>;
      const range = timeline.shadowRoot?.querySelector('input') as HTMLInputElement;
      const settled = async (): Promise<string> => {
        await timeline.updateComplete;
        await words.updateComplete;
        return [...(words.shadowRoot?.querySelectorAll('.step, .way li') ?? [])]
          .map((each) => each.textContent)
          .join('|');
      };
      const forth: string[] = [];
      buttons[0]?.click();
      for (let i = 0; i < 40; i++) {
        buttons[3]?.click();
        forth.push(await settled());
      }
      const back: string[] = [];
      for (let i = 0; i < 39; i++) {
        buttons[1]?.click();
        back.unshift(await settled());
      }
      const scrubbed: string[] = [];
      for (const position of [17, 40, 3]) {
        range.value = String(position);
        range.dispatchEvent(new Event('input', { bubbles: true }));
        scrubbed.push(await settled());
      }
      return { forth, back, scrubbed };
    });
    expect(states.back).toEqual(states.forth.slice(0, -1));
    expect(states.scrubbed).toEqual([states.forth[16], states.forth[39], states.forth[2]]);
  });
});

describe('the picture of exercise 2', () => {
  it('takes the question for a name to 127.0.0.11 and no further', async () => {
    const { page, context, problems } = await opened(
      'mkdir 2-resolv && cd 2-resolv',
      `printf '${SERVICES}' > docker-compose.yml`,
      'docker-compose up -d',
      'docker-compose exec -T client nslookup server',
    );
    const { way } = await hopTo(page, { step: /^A\? server .* reaches the embedded DNS/ });
    expect(way.at(0)).toMatch(/sets out from 2-resolv_client_1/);
    expect(way.at(-1)).toMatch(/reaches the embedded DNS of 2-resolv_client_1 at 127\.0\.0\.11/);
    for (const text of way) expect(text).not.toMatch(/ubuntu|br-|gateway|server_1/);
    expect(problems).toEqual([]);
    await context.close();
  });
});

describe('the picture of exercises 5 and 6', () => {
  it('writes the new address on the SYN as conntrack keeps it', async () => {
    const { page, context, problems } = await opened(
      'docker run -d --name web -p 1234:80 nginx:alpine',
      'curl -s http://192.168.0.10:1234/ > page',
    );
    const { step } = await hopTo(page, { step: /^SYN .* is rewritten/ });
    const [, before, now] = / is rewritten: (\S+) becomes (\S+):/.exec(step) ?? [];
    expect(before).toBe('192.168.0.10:1234');
    const [, source] = /^SYN (\S+) →/.exec(step) ?? [];
    await page.evaluate(() => {
      const buttons = [...(document.querySelector('bw-timeline')?.shadowRoot?.querySelectorAll('button') ?? [])];
      buttons.at(-1)?.click();
    });
    const entry = (await everything(page)).find(
      (text) => text.startsWith('tcp ') && text.includes(`${source} → ${before}`),
    );
    expect(entry).toContain(`answers ${now} → ${source}`);
    expect(await everything(page)).toContain('Door 1234 → 80/tcp of web');
    expect(problems).toEqual([]);
    await context.close();
  });

  it('stays on the loopback of the host when a container shares its network', async () => {
    const { page, context, problems } = await opened(
      'docker run -d --name web --network host nginx:alpine',
      'curl -s http://localhost/ > page',
    );
    const { way } = await hopTo(page, { step: /^SYN .* reaches nginx in ubuntu/ });
    const moves = way.filter((text) => !/passes|sets out|is for/.test(text));
    says(moves, 'leaves by lo of ubuntu', 'arrives at lo of ubuntu', 'reaches nginx in ubuntu');
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
    const { step, way } = await hopTo(page, { step: /^ping 172\.19\.0\.2 → 172\.18\.0\.2 is dropped at/ });
    expect(step).toMatch(/is dropped at raw PREROUTING of ubuntu: rule \d+ of raw PREROUTING, .*-j DROP/);
    expect(way.some((text) => text.includes('of one'))).toBe(false);
    expect(problems).toEqual([]);
    await context.close();
  });
});
