import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { atStep, currentStep, openLab, PHONE, shown, type, waitForText } from './lab-page.ts';
import { serveSite } from './site.ts';

/** The guide in a real browser: exercise 1 by its buttons, by touch, by keyboard, and what survives a reload. */

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

/** The button of the next thing to do. */
const next = (page: Page) => currentStep(page).locator('.command .button.primary');

async function writeFile(page: Page, words: { readonly show: string; readonly write: string }): Promise<void> {
  await currentStep(page).locator('.to-write summary', { hasText: words.show }).click();
  await currentStep(page).getByRole('button', { name: words.write }).click();
}

describe('the guide', () => {
  it('runs commands in the terminal as if they had been typed, and its checks turn green by themselves', async () => {
    const { context, page, problems } = await openLab(browser, site);
    await atStep(page, 'Start from a clean slate');
    await next(page).click();
    await waitForText(page, "'docker stop' requires at least 1 argument");
    expect(await shown(page)).toContain('user@ubuntu:~$ docker stop $(docker ps -q)');
    await atStep(page, 'Go to the exercise');
    await next(page).click();
    await atStep(page, 'Write docker-compose.yml');
    await writeFile(page, { show: 'Show what to write', write: 'Write it for me' });
    await atStep(page, 'Bring it up');
    await currentStep(page).getByLabel('A new one, made for this project').check();
    await next(page).click();
    await atStep(page, 'Look at the network');
    expect(await page.locator('.question', { hasText: 'As you expected.' }).count()).toBe(1);
    await page.getByRole('button', { name: 'Show the solution' }).click();
    await page.locator('.outcome').waitFor({ timeout: 60_000 });
    expect(await page.locator('.exercise-number').first().getAttribute('data-solved')).toBe('');
    expect(await page.locator('.exercise-number').first().innerText()).toContain('done');
    expect(problems).toEqual([]);
    await context.close();
  });

  it('counts what was typed by hand, another way than the one it shows', async () => {
    const { context, page, problems } = await openLab(browser, site);
    await type(page, 'mkdir -p ~/4-network/1-default && cd ~/4-network/1-default');
    // Who has gone on to the folder has left behind what comes before it.
    await atStep(page, 'Write docker-compose.yml');
    await type(
      page,
      "printf 'services:\\n  server: {image: busybox, tty: true}\\n  client: {image: busybox, tty: true}\\n' > compose.yaml",
    );
    await type(page, 'docker compose up -d && docker compose exec server ip -4 addr show eth0');
    await atStep(page, 'Look at the network');
    expect(problems).toEqual([]);
    await context.close();
  });

  it('answers a typical mistake where it is made', async () => {
    const { context, page } = await openLab(browser, site);
    await type(page, 'mkdir -p ~/4-network/1-default && cd ~/4-network/1-default');
    await type(page, "printf 'services:\\n\\tserver:\\n' > docker-compose.yml");
    const step = page.getByRole('button', { name: /Step 3/ });
    if ((await step.getAttribute('aria-expanded')) === 'false') await step.click();
    await page.locator('.mistake', { hasText: "can't be read as a compose file" }).waitFor();
    await context.close();
  });

  it('gives hints in three grades', async () => {
    const { context, page } = await openLab(browser, site);
    await page.getByRole('button', { name: /Step 3/ }).click();
    for (const [grade, text] of [
      [1, 'Look at three things'],
      [2, 'It lies in'],
      [3, 'version: "3"'],
    ] as const) {
      await page.getByRole('button', { name: `Hint ${grade} of 3` }).click();
      await page.locator('.hint', { hasText: text }).waitFor();
    }
    expect(await page.getByRole('button', { name: /^Hint/ }).count()).toBe(0);
    await context.close();
  });

  it('goes on after a reload where it was: terminal, containers and checks', async () => {
    const { context, page, problems } = await openLab(browser, site);
    await type(page, 'mkdir -p ~/4-network/1-default && cd ~/4-network/1-default');
    await type(
      page,
      "printf 'services:\\n  server: {image: busybox, tty: true}\\n  client: {image: busybox, tty: true}\\n' > docker-compose.yml",
    );
    await type(page, 'docker-compose up -d && echo up"-"done');
    await waitForText(page, 'up-done');
    await atStep(page, 'Look at the network');
    await page.reload();
    await waitForText(page, 'up-done');
    await atStep(page, 'Look at the network');
    await page.locator('.xterm-helper-textarea').first().focus();
    await type(page, 'docker-compose ps -q | wc -l | sed "s/^/count=/"');
    await waitForText(page, 'count=2');
    expect(problems).toEqual([]);
    await context.close();
  });

  it('takes back the last line with Undo, and starts over with the files kept', async () => {
    const { context, page, problems } = await openLab(browser, site);
    await type(page, 'echo hello > kept.txt');
    await type(page, 'docker network create gone');
    await waitForText(page, 'user@ubuntu:~$ docker network create gone');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.locator('.notice', { hasText: 'Undone: docker network create gone' }).waitFor();
    await page.getByRole('button', { name: 'Start over' }).click();
    await page.getByRole('button', { name: 'Keep my files' }).click();
    await page.locator('.notice', { hasText: 'started afresh' }).waitFor();
    await waitForText(page, '$');
    await page.locator('.xterm-helper-textarea').first().focus();
    await type(page, 'cat kept.txt; docker network ls -q | wc -l | sed "s/^/networks=/"');
    await waitForText(page, 'networks=3');
    expect(await shown(page)).toContain('hello');
    expect(problems).toEqual([]);
    await context.close();
  });

  it('speaks the other language at once, and at the next visit', async () => {
    const { context, page } = await openLab(browser, site, { locale: 'ja-JP' });
    await atStep(page, 'まっさらな状態から始める');
    await page.getByRole('button', { name: 'English' }).click();
    await atStep(page, 'Start from a clean slate');
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await page.reload();
    await atStep(page, 'Start from a clean slate');
    await context.close();
  });
});

describe('the guide on a phone', () => {
  it('keeps the current step in sight, with its command to be tapped', async () => {
    const { context, page, problems } = await openLab(browser, site, { ...PHONE, locale: 'ja-JP' });
    const strip = page.locator('.strip');
    await strip.getByText('まっさらな状態から始める').waitFor();
    await strip.getByRole('button', { name: '実行' }).tap();
    await waitForText(page, 'requires at least 1 argument');
    await strip.getByText('演習のフォルダーへ移る').waitFor();
    await strip.getByRole('button', { name: '実行' }).tap();
    await strip.getByText('docker-compose.yml を書く').waitFor();
    await page.getByRole('navigation', { name: '画面の切り替え' }).getByRole('button', { name: 'ガイド' }).tap();
    await writeFile(page, { show: '書く内容を見る', write: '代わりに書いてもらう' });
    await page.getByRole('navigation', { name: '画面の切り替え' }).getByRole('button', { name: 'ガイド' }).tap();
    await atStep(page, '起動する');
    await currentStep(page).getByLabel('このプロジェクトのために新しく作られるネットワーク').tap();
    await next(page).tap();
    await strip.getByText('ネットワークを観察する').waitFor({ timeout: 60_000 });
    await page.getByRole('navigation', { name: '画面の切り替え' }).getByRole('button', { name: 'ガイド' }).tap();
    await page.getByRole('button', { name: '解答を見る' }).tap();
    await strip.getByText('達成しました').waitFor({ timeout: 60_000 });
    expect(problems).toEqual([]);
    await context.close();
  });
});

describe('a card on a phone', () => {
  it('comes into sight when it is chosen, and stands there after a reload', async () => {
    const { context, page, problems } = await openLab(browser, site, { ...PHONE, locale: 'ja-JP' });
    await page.getByRole('button', { name: 'コース' }).tap();
    await page.locator('.course-panel a[href="#/card/subnet-masks"]').tap();
    await page.locator('.guide h2', { hasText: 'サブネットマスク' }).waitFor();
    await page.reload();
    await page.locator('.guide h2', { hasText: 'サブネットマスク' }).waitFor();
    expect(problems).toEqual([]);
    await context.close();
  });
});

describe('the guide by keyboard alone', () => {
  it('can be reached, run and left again', async () => {
    const { context, page } = await openLab(browser, site);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('.terminal-screen') === null)).toBe(true);
    // The first thing in the page is the skip link, which leads to the guide.
    await page.locator('.skip-links a').first().focus();
    await page.keyboard.press('Enter');
    const onRun = () => page.evaluate(() => document.activeElement?.textContent?.trim() === 'Run');
    for (let i = 0; i < 12 && !(await onRun()); i++) await page.keyboard.press('Tab');
    expect(await onRun()).toBe(true);
    await page.keyboard.press('Enter');
    await waitForText(page, 'requires at least 1 argument');
    await page.keyboard.press('Control+`');
    await type(page, 'echo by"-"keyboard');
    await waitForText(page, 'by-keyboard');
    await context.close();
  });
});
