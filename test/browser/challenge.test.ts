import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { openLab, PHONE, type, waitForText } from './lab-page.ts';
import { serveSite } from './site.ts';

/** A challenge in a real browser, done as a learner would: tried, hinted at, solved in another way than the one it knows. */

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

const ROUTE = '#/challenge/one-door';
const LONG = { timeout: 60_000 };
const check = (page: Page, number: number) => page.locator('.goals .check').nth(number);
const holding = (page: Page, number: number) => check(page, number).and(page.locator('[data-holding]')).waitFor(LONG);

describe('a challenge', () => {
  it('shows what holds as the host changes, says what is wrong, and is solved by any way', async () => {
    const { context, page, problems } = await openLab(browser, site, { route: ROUTE });
    await page.locator('.goals').waitFor(LONG);
    expect(await page.locator('.goals-count').innerText()).toBe('0/3');
    await type(page, 'cd ~/5-challenges/one-door && docker-compose up -d');
    await holding(page, 0);
    await holding(page, 1);
    await page.locator('.mistake', { hasText: 'One network that they share is enough' }).waitFor(LONG);
    expect(await page.locator('.goals-count').innerText()).toBe('2/3');
    await check(page, 2).getByRole('button', { name: 'Hint 1 of 3' }).click();
    await page.locator('.hint', { hasText: 'Containers that share no network' }).waitFor(LONG);
    await page.locator('#terminal-panel-1 .xterm-helper-textarea').focus();
    await type(page, 'docker network create back');
    await type(page, 'docker network connect --alias db back one-door_db_1');
    await type(page, 'docker network disconnect one-door_default one-door_db_1');
    await holding(page, 2);
    expect(await page.locator('.outcome').count()).toBe(0);
    await type(page, 'docker network connect back one-door_web_1');
    await page.locator('.outcome').waitFor(LONG);
    expect(await page.locator('.goals-count').innerText()).toBe('3/3');
    // What was tried out has left nothing on the learner's machine.
    await type(page, 'clear; conntrack -L');
    await waitForText(page, '0 flow entries');
    expect(problems).toEqual([]);
    await context.close();
  });

  it('can be left and come back to: what holds is found out anew', async () => {
    const { context, page, problems } = await openLab(browser, site, { route: ROUTE });
    await page.locator('.goals').waitFor(LONG);
    await type(page, 'cd ~/5-challenges/one-door && docker-compose up -d');
    await holding(page, 1);
    await page.reload();
    await holding(page, 1);
    expect(problems).toEqual([]);
    await context.close();
  });

  it('plays its solution, in Japanese on a phone', async () => {
    const { context, page, problems } = await openLab(browser, site, { route: ROUTE, locale: 'ja', ...PHONE });
    expect(await page.locator('.strip .command').count()).toBe(0);
    await page.locator('.strip-title').tap();
    await page.locator('.solution .button').first().tap();
    await page.locator('.strip-title strong', { hasText: '達成しました' }).waitFor({ state: 'attached', ...LONG });
    await page.locator('.outcome').waitFor({ state: 'attached', ...LONG });
    expect(problems).toEqual([]);
    await context.close();
  });
});
