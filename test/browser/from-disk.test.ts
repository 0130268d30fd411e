import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { type, waitForText } from './lab-page.ts';

it('the single file works from a disk: terminal, guide, picture and files, and asks nobody for anything', async () => {
  const browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'en-US' });
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().includes('/dist/bridgewalk.html'))
      problems.push(`asked for ${request.url()}`);
  });
  await page.goto(pathToFileURL(path.resolve(import.meta.dirname, '../../dist/bridgewalk.html')).href);
  await waitForText(page, '$');
  await type(page, 'docker run -d --name disk busybox sleep 1000 && echo it"-"runs && echo a > a.txt');
  await waitForText(page, 'it-runs');
  await page.getByRole('treeitem', { name: 'a.txt' }).waitFor();
  await page.locator('.step[data-current]', { hasText: 'Start from a clean slate' }).waitFor();
  await page.locator('bw-picture').waitFor();
  expect(problems).toEqual([]);
  await browser.close();
});
