import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { openLab, PHONE, type, waitForText } from './lab-page.ts';
import { serveSite } from './site.ts';

/** What axe finds on every screen, in both languages and colour schemes, on a desk and on a phone. */

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

/** A screen: what is done to come to it from the one before, and to leave it. */
interface Screen {
  readonly name: string;
  readonly show: (page: Page) => Promise<unknown>;
  readonly leave?: (page: Page) => Promise<unknown>;
}

const LONG = { timeout: 60_000 };
const escape = (page: Page) => page.keyboard.press('Escape');
const turnTo = async (page: Page, route: string) => {
  await page.evaluate((hash) => (location.hash = hash), route);
};
const guidePage = (name: string, route: string, sign: string): Screen => ({
  name,
  show: async (page) => {
    await turnTo(page, route);
    await page
      .locator(sign)
      .first()
      .waitFor({ state: 'attached', ...LONG });
  },
});
const inTerminal = async (page: Page, line: string, until: string) => {
  await page.locator('.terminal-screen:visible .xterm-helper-textarea').first().focus();
  await type(page, line);
  await waitForText(page, until);
};
const WEB = 'docker run -d --name web -p 1234:80 nginx:alpine; docker exec web ping -c 2 172.17.0.1; echo do""ne';

/** What the guide shows, which all sizes have. */
const GUIDE: readonly Screen[] = [
  { name: 'the first visit', show: (page) => page.locator('.step[data-current]').waitFor(LONG) },
  {
    name: 'hints',
    show: async (page) => {
      await page.locator('.step-title').last().click();
      const hint = page.locator('.check .button.link').last();
      await hint.click();
      await page.locator('.hint').waitFor(LONG);
    },
  },
  guidePage('a card with the subnet calculator', '#/card/subnet-masks', '.masks'),
  guidePage('a belief', '#/card/names-unstated', '.guide h2'),
  guidePage('a challenge', '#/challenge/one-door', '.goals'),
  guidePage('a page that there isn’t', '#/card/nowhere', '.guide a[href^="#/exercise"]'),
  guidePage('the sandbox', '#/sandbox', '.guide h2'),
  {
    name: 'the course menu',
    show: (page) => page.locator('.course-button').click(),
    leave: escape,
  },
  {
    name: 'starting over',
    show: async (page) => {
      await page.locator('.header .button[aria-haspopup="dialog"]').click();
      await page.locator('dialog[open]').waitFor();
    },
    leave: escape,
  },
];

/** What else a desk shows. */
const DESK: readonly Screen[] = [
  {
    name: 'the shortcuts',
    show: async (page) => {
      await page.locator('.keys-button').click();
      await page.locator('dialog[open]').waitFor();
    },
    leave: escape,
  },
  {
    name: 'an exercise that is solved',
    show: async (page) => {
      await turnTo(page, '#/exercise/1-default');
      await page.locator('.solution .button.link').first().click();
      await page.locator('.outcome').waitFor(LONG);
    },
  },
  {
    name: 'two terminals side by side, and the terminal’s menu',
    show: async (page) => {
      await inTerminal(page, WEB, 'done');
      await page.locator('.split-button').click();
      await page.locator('bw-terminal-menu .icon-button').click();
      await page.locator('[role="menu"]').waitFor();
    },
    leave: escape,
  },
  {
    name: 'finding in a terminal',
    show: async (page) => {
      await page.locator('.terminal-screen:visible .xterm-helper-textarea').first().focus();
      await page.keyboard.press('Control+Shift+F');
      await page.locator('bw-find-bar input').waitFor();
    },
    leave: escape,
  },
  {
    name: 'packets, one of them opened',
    show: async (page) => {
      await showTool(page, 'packets');
      await page.locator('bw-packets .row').last().click();
      await page.keyboard.press('Enter');
      await page.locator('bw-packet-details h2').waitFor();
    },
  },
  { name: 'tables', show: (page) => showTool(page, 'tables') },
  {
    name: 'a page of the host',
    show: async (page) => {
      await showTool(page, 'browser');
      await page.locator('bw-browser .address').fill('localhost:1234');
      await page.locator('bw-browser .address').press('Enter');
      await page.locator('bw-browser iframe').waitFor(LONG);
    },
  },
  {
    name: 'a page that doesn’t come',
    show: async (page) => {
      await page.locator('bw-browser .address').fill('localhost:9');
      await page.locator('bw-browser .address').press('Enter');
      await page.locator('bw-browser .failure').waitFor(LONG);
    },
  },
  {
    name: 'a compose file with a mistake in the editor',
    show: async (page) => {
      await inTerminal(
        page,
        'printf "services:\\n  a: {image: busybox, prots: []}\\n" > ~/compose.yaml; echo writ""ten',
        'written',
      );
      await showTool(page, 'files');
      await page.locator('.file-row, [role="treeitem"]').filter({ hasText: 'compose.yaml' }).first().click();
      await page.locator('.monaco-editor .squiggly-error').first().waitFor(LONG);
    },
  },
  {
    name: 'the picture in words, and what its signs mean',
    show: async (page) => {
      if ((await page.locator('.work[data-tools]').count()) > 0) await page.locator('.dock-bar .icon-button').click();
      const tools = page.locator('bw-picture .tools > button');
      await tools.nth(-2).click();
      await tools.nth(-1).click();
      await page.locator('bw-picture bw-legend dl').first().waitFor();
    },
  },
];

/** What a phone shows one at a time, by the bar at its foot. */
const PHONE_PANES: readonly Screen[] = [
  {
    name: 'a terminal below the step',
    show: async (page) => {
      await pane(page, 1);
      await page.locator('.xterm-screen:visible').first().tap();
      await inTerminal(page, WEB, 'done');
    },
  },
  { name: 'the picture', show: (page) => pane(page, 2) },
  {
    name: 'a file',
    show: async (page) => {
      await pane(page, 1);
      await inTerminal(
        page,
        'printf "services:\\n  a: {image: busybox, prots: []}\\n" > ~/compose.yaml; echo writ""ten',
        'written',
      );
      await pane(page, 3);
      await page.locator('.file-row, [role="treeitem"]').filter({ hasText: 'compose.yaml' }).first().tap();
      await page.locator('.plain-editor').waitFor(LONG);
    },
  },
  {
    name: 'a page',
    show: async (page) => {
      await pane(page, 4);
      await page.locator('bw-browser .address').fill('localhost:1234');
      await page.locator('bw-browser .address').press('Enter');
      await page.locator('bw-browser iframe').waitFor(LONG);
    },
  },
  {
    name: 'packets',
    show: async (page) => {
      await pane(page, 5);
      await page.locator('bw-packets .row').last().tap();
    },
  },
];

const pane = (page: Page, number: number) => page.locator('.tab-bar button').nth(number).tap();

/** Opens a tool by its tab, or where the tools slide over the picture by its button. */
async function showTool(page: Page, tool: 'files' | 'browser' | 'packets' | 'tables'): Promise<void> {
  const number = ['files', 'browser', 'packets', 'tables'].indexOf(tool);
  if ((await page.locator('.work[data-tools], .work[data-layout="wide"]').count()) === 0)
    await page.locator('.tool-buttons .tab').nth(number).click();
  else await page.locator('.dock-bar [role="tab"]').nth(number).click();
  await page.locator(`bw-${tool}`).waitFor(LONG);
}

/** Serious and critical ones, with what they are about. Pages of the host's own are in a frame without scripts: they are theirs. */
async function findings(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run(document, {
      iframes: false,
      // Where the system has chosen the colours, axe would judge those of the style sheet.
      rules: { 'color-contrast': { enabled: !matchMedia('(forced-colors: active)').matches } },
    }),
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ''}`),
    );
}

/** Walks from screen to screen. */
async function findingsOn(page: Page, screens: readonly Screen[]): Promise<string[]> {
  const all: string[] = [];
  for (const { name, show, leave } of screens) {
    await show(page);
    all.push(...(await findings(page)).map((finding) => `${name}: ${finding}`));
    await leave?.(page);
  }
  return all;
}

const LOOKS = [
  { locale: 'en-US', colorScheme: 'light' },
  { locale: 'ja-JP', colorScheme: 'dark' },
  { locale: 'en-US', colorScheme: 'dark' },
  { locale: 'ja-JP', colorScheme: 'light' },
] as const;

describe.each(LOOKS)('in $locale, $colorScheme, nothing is serious', (look) => {
  it('on a desk', async () => {
    const { context, page } = await openLab(browser, site, look);
    expect(await findingsOn(page, [...GUIDE, ...DESK])).toEqual([]);
    await context.close();
  });

  it('on a phone', async () => {
    const { context, page } = await openLab(browser, site, { ...look, ...PHONE });
    const toGuide: Screen = { name: 'the guide', show: () => pane(page, 0) };
    expect(await findingsOn(page, [toGuide, ...GUIDE, ...PHONE_PANES])).toEqual([]);
    await context.close();
  });
});

const [ENGLISH, JAPANESE] = LOOKS;

describe.each([
  { what: 'on a small laptop', options: { ...JAPANESE, viewport: { width: 1024, height: 768 } } },
  { what: 'in colours that the system has chosen', options: { ...ENGLISH, forcedColors: 'active' } },
] as const)('$what', ({ options }) => {
  it('nothing is serious', async () => {
    const { context, page } = await openLab(browser, site, options);
    expect(await findingsOn(page, [...GUIDE, ...DESK])).toEqual([]);
    await context.close();
  });
});

describe('on a tablet', () => {
  it('nothing is serious', async () => {
    const { context, page } = await openLab(browser, site, { ...ENGLISH, viewport: { width: 768, height: 1024 } });
    const unfolded: Screen = { name: 'the guide unfolded', show: () => page.locator('.strip-title').click() };
    const folded: Screen = { name: 'the step alone', show: () => page.locator('.strip-title').waitFor(LONG) };
    expect(await findingsOn(page, [folded, unfolded, ...GUIDE])).toEqual([]);
    await context.close();
  });
});

describe('where nothing can be kept', () => {
  it('nothing is serious', async () => {
    const size = { width: 1440, height: 900 };
    const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce', ...JAPANESE });
    await context.addInitScript(() => {
      Object.defineProperty(globalThis, 'indexedDB', { get: () => undefined });
    });
    const page = await context.newPage();
    await page.goto(`${site.url}?seed=7`);
    await waitForText(page, '$');
    await page.locator('.notice.lasting').waitFor(LONG);
    expect(await findings(page)).toEqual([]);
    await context.close();
  });
});
