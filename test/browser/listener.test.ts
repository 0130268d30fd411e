import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { openLab, type } from './lab-page.ts';
import { serveSite } from './site.ts';

/** What somebody hears who doesn't see the page: what its live regions come to say, in order. */

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

interface Heard {
  readonly text: string;
  /** The language in which it is spoken. */
  readonly lang: string;
}

declare global {
  interface Window {
    heard: Heard[];
  }
}

/** Listens as a screen reader does: whenever what a live region says has changed, in the page or in a shadow tree. */
const listen = (): void => {
  window.heard = [];
  const said = new WeakMap<Element, string>();
  const regionOf = (node: Node): HTMLElement | null =>
    (node instanceof Element ? node : node.parentElement)?.closest<HTMLElement>(
      '[aria-live="polite"], [aria-live="assertive"], [role="status"], [role="alert"], [role="log"]',
    ) ?? null;
  const look = (changes: readonly MutationRecord[]) => {
    for (const region of new Set(changes.map(({ target }) => regionOf(target)))) {
      if (!region || region.getAttribute('aria-live') === 'off') continue;
      const text = (region.textContent ?? '').replace(/\s+/g, ' ').trim();
      if (text === said.get(region)) continue;
      said.set(region, text);
      const spoken = region.querySelector<HTMLElement>('[lang]') ?? region.closest<HTMLElement>('[lang]');
      if (text !== '') window.heard.push({ text, lang: (spoken ?? document.documentElement).lang });
    }
  };
  const observe = (root: Node) =>
    new MutationObserver(look).observe(root, { childList: true, subtree: true, characterData: true });
  observe(document);
  const prototype = Element.prototype as { attachShadow: (this: unknown, init: ShadowRootInit) => ShadowRoot };
  const { attachShadow } = prototype;
  prototype.attachShadow = function (init) {
    const root = attachShadow.call(this, init);
    observe(root);
    return root;
  };
};

const heard = (page: Page) => page.evaluate(() => window.heard);
const texts = async (page: Page) => (await heard(page)).map(({ text }) => text);

/** Waits until something has been heard, and returns it. */
async function hears(page: Page, pattern: RegExp): Promise<Heard> {
  const find = async () => (await heard(page)).find(({ text }) => pattern.test(text));
  await expect.poll(find).toBeDefined();
  return (await find()) as Heard;
}

const COMPOSE =
  "mkdir -p ~/4-network/1-default && cd ~/4-network/1-default && printf 'services:\\n  server: {image: busybox, tty: true}\\n  client: {image: busybox, tty: true}\\n' > docker-compose.yml";

describe('a screen reader', () => {
  it('hears what a command prints, once, and not what was typed', async () => {
    const { context, page, problems } = await openLab(browser, site, { route: '#/sandbox', before: listen });
    await type(page, 'echo one; echo two');
    await hears(page, /^one two$/);
    await type(page, 'seq 100');
    await hears(page, /^\d+ more lines before these: ?\d+ .* 100$/);
    const all = await texts(page);
    expect(all.filter((text) => /\btwo\b/.test(text))).toEqual(['one two']);
    expect(all.join('\n')).not.toMatch(/user@|\u001b|seq 100/);
    expect(problems).toEqual([]);
    await context.close();
  });

  it('hears what programs print as English where the page is Japanese', async () => {
    const { context, page } = await openLab(browser, site, { route: '#/sandbox', before: listen, locale: 'ja-JP' });
    await type(page, 'docker version --format {{.Client.Os}}');
    expect(await hears(page, /^linux$/)).toEqual({ text: 'linux', lang: 'en' });
    await context.close();
  });

  it.each([
    ['en-US', /^Done: docker-compose\.yml describes server and client$/, /^Done: Both containers run/],
    ['ja-JP', /^達成: docker-compose\.yml に server と client/, /^達成: 2 つのコンテナが/],
  ])('hears of a check that is done, in plain words, and not again after a reload: %s', async (locale, file, up) => {
    const { context, page, problems } = await openLab(browser, site, {
      route: '#/exercise/1-default',
      before: listen,
      locale,
    });
    await type(page, COMPOSE);
    await hears(page, file);
    await type(page, 'docker-compose up -d');
    await hears(page, up);
    expect((await texts(page)).filter((text) => file.test(text))).toHaveLength(1);
    await page.reload();
    // A check turns green before the command that did it has ended; what is typed meanwhile isn't at the prompt.
    await page.locator('.terminal-screen[data-phase="prompt"][data-ended="2"]').waitFor();
    await page.locator('.step[data-done]').nth(1).waitFor();
    await type(page, 'echo there');
    await hears(page, /^there$/);
    expect((await texts(page)).filter((text) => file.test(text) || up.test(text))).toEqual([]);
    expect(problems).toEqual([]);
    await context.close();
  });

  it.each([
    ['en-US', /^(\d+) packets\.$/, /^\d+ packets?\. ping 172\.18\.0\.2 → 172\.17\.0\.2 .*netfilter/],
    ['ja-JP', /^パケット (\d+) 個。$/, /^パケット \d+ 個。 ping 172\.18\.0\.2 → 172\.17\.0\.2.*netfilter/],
  ])('hears of packets together, and of a drop with its reason: %s', async (locale, some, drop) => {
    const { context, page, problems } = await openLab(browser, site, { route: '#/sandbox', before: listen, locale });
    await page.locator('bw-picture .surface').locator('canvas, svg').first().waitFor();
    await type(page, 'docker run -d --name web nginx:alpine; ping -c 3 172.17.0.2');
    await hears(page, some);
    await type(page, 'docker network create net; docker run -d --name cli --network net busybox sleep 1000');
    await type(page, 'docker exec cli ping -c 1 -W 1 172.17.0.2');
    await hears(page, drop);
    expect(problems).toEqual([]);
    await context.close();
  });
});
