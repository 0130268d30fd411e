import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { serveSite } from './site.ts';

/** The page in a real browser, typed into as a person does: exercise 1 from an empty folder to the end. */

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

/** Opens the page and waits for the prompt; what went wrong in it, or left the site, is collected. */
async function open(
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<{ context: BrowserContext; page: Page; problems: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('request', (request) => {
    if (!request.url().startsWith(site.url) && !/^(data|blob):/.test(request.url()))
      problems.push(`left the site: ${request.url()}`);
  });
  await page.goto(`${site.url}?seed=7`);
  await waitForText(page, '$');
  return { context, page, problems };
}

const shown = (page: Page) => page.locator('.xterm-rows').innerText();

async function waitForText(page: Page, text: string): Promise<void> {
  await page.waitForFunction(
    (wanted) => document.querySelector('.xterm-rows')?.textContent?.replaceAll('\u00a0', ' ').includes(wanted),
    text,
    { timeout: 60_000 },
  );
}

async function type(page: Page, line: string): Promise<void> {
  await page.keyboard.type(line);
  await page.keyboard.press('Enter');
}

const COMPOSE = [
  'version: "3"',
  'services:',
  '  server: { image: busybox, tty: true }',
  '  client: { image: busybox, tty: true }',
];

describe('exercise 1 in the page', () => {
  it('can be typed from an empty folder to the end', async () => {
    const { context, page, problems } = await open();
    await type(page, 'mkdir 1-default && cd 1-default');
    await type(page, "cat > docker-compose.yml <<'EOF'");
    for (const line of COMPOSE) await type(page, line);
    await type(page, 'EOF');
    await type(page, 'docker-compose up -d && echo up"-"done');
    await waitForText(page, 'up-done');
    await type(page, 'docker-compose exec server hostname -i');
    await waitForText(page, '172.18.0.2');
    await type(page, 'docker-compose exec client ping -c 1 server');
    await waitForText(page, '1 packets received');
    await type(page, 'clear; docker network ls');
    await waitForText(page, '1-default_default');
    await type(page, 'docker-compose down -t 0 && echo down"-"done');
    await waitForText(page, 'down-done');
    expect(problems).toEqual([]);
    await context.close();
  });

  it('stops a busy loop with Ctrl+C, and the page stays alive meanwhile', async () => {
    const { context, page, problems } = await open();
    await type(page, 'while :; do :; done');
    const answered = await page.evaluate(
      () => new Promise<boolean>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(true)))),
    );
    expect(answered).toBe(true);
    await page.keyboard.press('Control+c');
    await type(page, 'echo still"-"here');
    await waitForText(page, 'still-here');
    expect(await shown(page)).toContain('^C');
    expect(problems).toEqual([]);
    await context.close();
  });

  it('greets in Japanese where the browser prefers it', async () => {
    const { context, page } = await open({ locale: 'ja-JP' });
    expect(await page.locator('html').getAttribute('lang')).toBe('ja');
    expect(await page.locator('header').innerText()).toContain('Docker ネットワーク');
    await context.close();
  });
});
