import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { openLab, PHONE } from './lab-page.ts';
import { serveSite } from './site.ts';

/** What axe finds on the main screens, in both languages and colour schemes, on a desk and on a phone. */

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

const SCREENS = [
  { name: 'the first visit', route: '', prepare: async () => {} },
  {
    name: 'a card with the subnet calculator',
    route: '#/card/subnet-masks',
    prepare: async (page: Page) => {
      await page.locator('.masks').waitFor({ state: 'attached' });
      await page.locator('.subnets summary').click();
    },
  },
  { name: 'the sandbox', route: '#/sandbox', prepare: async () => {} },
  {
    name: 'the course menu and a dialog',
    route: '#/exercise/1-default',
    prepare: async (page: Page) => {
      await page.locator('.course-button').click();
    },
  },
];

/** Serious and critical ones, with what they are about. */
async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`));
}

describe.each([
  { locale: 'en-US', colorScheme: 'light' },
  { locale: 'ja-JP', colorScheme: 'dark' },
  { locale: 'en-US', colorScheme: 'dark' },
  { locale: 'ja-JP', colorScheme: 'light' },
] as const)('in $locale, $colorScheme', (options) => {
  it.each(SCREENS)('$name has nothing serious', async ({ route, prepare }) => {
    for (const size of [{}, PHONE]) {
      const { context, page } = await openLab(browser, site, { ...options, ...size, route });
      if (size === PHONE) await page.locator('.tab-bar button').first().tap();
      await page.locator('.guide h2').waitFor();
      await prepare(page);
      expect(await findings(page)).toEqual([]);
      await context.close();
    }
  });
});
