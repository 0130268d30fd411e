import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { openLab, PHONE, type, waitForText } from './lab-page.ts';
import { serveSite } from './site.ts';

/** `npm run screenshots`: the main screens, in both schemes, on a desk and on a phone, into docs/screenshots. Wants `npm run build` before. */

const FOLDER = path.resolve(import.meta.dirname, '../../docs/screenshots');

interface Screen {
  readonly name: string;
  readonly route: string;
  readonly locale: string;
  /** Brings the page to the moment that is shown. */
  readonly prepare: (page: Page) => Promise<void>;
  readonly phone?: boolean;
}

const WEB = [
  'mkdir -p ~/4-network/5-port && cd ~/4-network/5-port && echo "Hello, nginx!" > index.html',
  `printf 'services:\\n  web:\\n    image: nginx:alpine\\n    network_mode: bridge\\n    ports:\\n      - "1234:80"\\n    volumes:\\n      - ./index.html:/usr/share/nginx/html/index.html\\n' > docker-compose.yml`,
  'docker-compose up -d && clear',
];
const TALK = [
  'mkdir -p ~/4-network/2-resolv && cd ~/4-network/2-resolv',
  "printf 'services:\\n  server:\\n    image: busybox\\n    tty: true\\n  client:\\n    image: busybox\\n    tty: true\\n' > docker-compose.yml",
  'docker-compose up -d && clear',
  'docker-compose exec client ping -c 1 server',
];

const run = async (page: Page, lines: readonly string[]) => {
  for (const line of lines) {
    const screen = page.locator('.terminal-screen:visible').first();
    const ended = Number((await screen.getAttribute('data-ended')) ?? 0);
    await screen.locator('.xterm-helper-textarea').focus();
    await type(page, line);
    await page.waitForFunction(
      (before) => Number(document.querySelector<HTMLElement>('.terminal-screen')?.dataset['ended'] ?? 0) > before,
      ended,
    );
  }
};

/** Looks back to the first step that is told in such words. */
async function stepUntil(page: Page, words: string): Promise<void> {
  const picture = page.locator('bw-picture');
  await page.locator('bw-timeline input').fill('0');
  for (let step = 0; step < 200; step++) {
    const said = picture.locator('bw-step-line p');
    if ((await said.getAttribute('title'))?.includes(words)) return;
    await picture.locator('.surface').press('.');
    await said.evaluate(() => new Promise(requestAnimationFrame));
  }
  throw new Error(`no step says "${words}"`);
}

const SCREENS: readonly Screen[] = [
  { name: 'first', route: '#/exercise/1-default', locale: 'en-US', prepare: () => Promise.resolve() },
  {
    name: 'names',
    route: '#/exercise/2-resolv',
    locale: 'ja-JP',
    prepare: (page) => run(page, TALK),
  },
  {
    name: 'port',
    route: '#/exercise/5-port',
    locale: 'en-US',
    prepare: async (page) => {
      await run(page, WEB);
      await page.locator('#tool-tab-browser').click();
      const browser = page.locator('bw-browser');
      await browser.locator('select').selectOption('lan');
      await browser.locator('form input').fill('http://192.168.0.10:1234/');
      await page.keyboard.press('Enter');
      await browser.locator('iframe').waitFor();
      await page.locator('#tool-tab-packets').click();
      await page.locator('bw-packets [role="row"]', { hasText: 'SYN' }).first().click();
      await stepUntil(page, 'becomes');
    },
  },
  {
    name: 'phone',
    route: '#/exercise/2-resolv',
    locale: 'ja-JP',
    phone: true,
    prepare: (page) => run(page, TALK),
  },
];

async function shoot(browser: Browser, site: Awaited<ReturnType<typeof serveSite>>, screen: Screen): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    const { context, page } = await openLab(browser, site, {
      route: screen.route,
      locale: screen.locale,
      colorScheme,
      ...(screen.phone && PHONE),
    });
    await waitForText(page, '$');
    await screen.prepare(page);
    await page.locator('bw-picture').locator('canvas, svg').first().waitFor();
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: path.join(FOLDER, `${screen.name}-${colorScheme}.png`) });
    await context.close();
  }
}

mkdirSync(FOLDER, { recursive: true });
const site = await serveSite();
const browser = await launchBrowser();
for (const screen of SCREENS) await shoot(browser, site, screen);
await browser.close();
await site.close();
