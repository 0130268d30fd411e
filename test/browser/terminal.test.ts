import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { openLab, shown, type, waitForText } from './lab-page.ts';
import { serveSite } from './site.ts';

/** The terminal's habits in a real browser: an input method, full-width letters, the clipboard, tabs and a split, search. */

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

const prompts = async (page: Page) => (await shown(page)).split('\n').filter((line) => line.startsWith('user@')).length;

/** A point on the first letters of the line that begins with a text; the mouse meets xterm's screen there, not the line. */
async function placeOfLine(page: Page, text: string): Promise<{ x: number; y: number }> {
  const box = await page
    .locator('.xterm-rows > div', { hasText: new RegExp(`^${text}`) })
    .first()
    .boundingBox();
  if (!box) throw new Error(`no line begins with ${text}`);
  return { x: box.x + 15, y: box.y + box.height / 2 };
}

describe('an input method', () => {
  it('may confirm its composition with Enter without submitting the line', async () => {
    const { context, page, problems } = await openLab(browser, site);
    await page.keyboard.type('echo ');
    const cdp = await context.newCDPSession(page);
    await cdp.send('Input.imeSetComposition', { text: 'こんにちは', selectionStart: 5, selectionEnd: 5 });
    await cdp.send('Input.dispatchKeyEvent', {
      type: 'keyDown',
      key: 'Enter',
      code: 'Enter',
      windowsVirtualKeyCode: 229,
    });
    await cdp.send('Input.insertText', { text: 'こんにちは' });
    await cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13 });
    await waitForText(page, 'echo こんにちは');
    expect(await prompts(page)).toBe(1);
    await page.keyboard.press('Enter');
    await waitForText(page, 'user@ubuntu:~$ echo こんにちは');
    await page.waitForFunction(
      () => (document.querySelector('.xterm-rows')?.textContent?.split('user@ubuntu').length ?? 0) === 3,
    );
    expect(problems).toEqual([]);
    await context.close();
  });

  it('that was left on is noticed, and its letters are converted only when asked', async () => {
    const { context, page } = await openLab(browser, site);
    await page.keyboard.insertText('ｅｃｈｏ　ｗｉｄｅ');
    const hint = page.locator('.wide-hint');
    await hint.getByText('is full-width').waitFor();
    expect(await shown(page)).toContain('ｅｃｈｏ');
    await hint.getByRole('button', { name: 'Make it half-width' }).click();
    await waitForText(page, '$ echo wide');
    await hint.getByText('is full-width').waitFor({ state: 'detached' });
    await page.keyboard.insertText('　１');
    await hint.getByRole('button', { name: 'Leave it' }).click();
    await hint.getByText('is full-width').waitFor({ state: 'detached' });
    expect(await shown(page)).toContain('wide　１');
    await context.close();
  });
});

describe('the clipboard', () => {
  it('gets what is selected by Ctrl+C, which interrupts when nothing is', async () => {
    const { context, page } = await openLab(browser, site, { permissions: ['clipboard-read', 'clipboard-write'] });
    await type(page, 'echo copy"-"me');
    await waitForText(page, 'copy-me');
    const place = await placeOfLine(page, 'copy-me');
    await page.mouse.dblclick(place.x, place.y);
    await page.keyboard.press('Control+c');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('copy');
    await type(page, 'sleep 1000');
    await page.keyboard.press('Control+c');
    await waitForText(page, '^C');
    await context.close();
  });

  it('pastes several lines at once without running them one by one', async () => {
    const { context, page } = await openLab(browser, site, { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.evaluate(() => navigator.clipboard.writeText('echo one\necho two'));
    await page.getByRole('button', { name: 'Terminal menu' }).click();
    await page.getByRole('menuitem', { name: 'Paste' }).click();
    await waitForText(page, 'echo two');
    expect((await shown(page)).split('\n').some((line) => line.startsWith('one'))).toBe(false);
    await page.locator('.xterm-helper-textarea').first().focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() =>
      [...document.querySelectorAll('.xterm-rows > div')].some((row) => row.textContent?.trim() === 'two'),
    );
    await context.close();
  });
});

describe('terminals', () => {
  it('stand in tabs and side by side, each with a shell of its own', async () => {
    const { context, page, problems } = await openLab(browser, site);
    await type(page, 'cd /tmp && export WHERE=first');
    await page.getByRole('button', { name: 'New terminal' }).click();
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label')?.startsWith('Terminal 2'));
    await waitForText(page, '$');
    await type(page, 'echo "<$WHERE>"');
    await waitForText(page, '<>');
    await page.getByRole('button', { name: 'Show two terminals side by side' }).click();
    expect(await page.locator('.terminal-screen:visible').count()).toBe(2);
    await page.getByRole('tab', { name: 'Terminal 1' }).click();
    await type(page, 'echo "<$WHERE>"');
    await waitForText(page, '<first>');
    await page.getByRole('button', { name: 'Close terminal 1' }).click();
    expect(await page.getByRole('tab', { name: /^Terminal/ }).count()).toBe(1);
    expect(problems).toEqual([]);
    await context.close();
  });

  it('say what runs in them, and in which container', async () => {
    const { context, page } = await openLab(browser, site);
    await type(page, 'docker run -it --name box busybox');
    await page.getByRole('tab', { name: /Terminal 1.*inside box/ }).waitFor();
    await type(page, 'exit');
    await page.getByRole('tab', { name: 'Terminal 1', exact: true }).waitFor();
    await context.close();
  });

  it('are searched with Ctrl+Shift+F', async () => {
    const { context, page } = await openLab(browser, site);
    await type(page, 'seq 1000 1300');
    await waitForText(page, '1300');
    await page.keyboard.press('Control+Shift+F');
    await page.getByRole('searchbox').fill('1007');
    await page.keyboard.press('Enter');
    await waitForText(page, '1007');
    await page.getByRole('searchbox').fill('nowhere');
    await page.keyboard.press('Enter');
    await page.getByText('Not found').waitFor();
    await page.keyboard.press('Escape');
    expect(await page.getByRole('searchbox').count()).toBe(0);
    await context.close();
  });

  it('make a container that they name selectable everywhere', async () => {
    const { context, page } = await openLab(browser, site);
    await type(page, 'docker run -d --name findme busybox sleep 1000; clear; docker ps --format "{{.Names}}"');
    await page.waitForFunction(() => document.querySelector('.xterm-rows > div')?.textContent?.trim() === 'findme');
    const { x, y } = await placeOfLine(page, 'findme');
    // A link is looked for when the pointer moves onto it.
    await page.mouse.move(x + 200, y);
    await page.mouse.move(x, y);
    await page.waitForFunction(() => document.querySelector('.xterm-cursor-pointer') !== null);
    await page.mouse.click(x, y);
    await page.locator('#details', { hasText: 'findme' }).waitFor();
    await context.close();
  });
});
