import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { type Frame, filmOf } from './film.ts';
import { openLab, type } from './lab-page.ts';
import { serveSite } from './site.ts';

/** `npm run films`: a short film of each exercise, in both schemes, into docs/films: the picture's own SVG, frame by frame. Wants `npm run build` before. */

const FOLDER = path.resolve(import.meta.dirname, '../../docs/films');
/** Milliseconds of the story between two frames. */
const EACH = 100;
const MOST_FRAMES = 260;

interface Film {
  readonly name: string;
  readonly title: string;
  /** What has been done before it begins. */
  readonly before: readonly string[];
  /** What is seen. */
  readonly action: string | ((page: Page) => Promise<void>);
}

const project = (folder: string, services: string): string[] => [
  `mkdir -p ~/4-network/${folder} && cd ~/4-network/${folder}`,
  `printf '${services}' > docker-compose.yml`,
  'docker-compose up -d',
  // Until the addresses have been announced.
  'sleep 4',
];
const TALK = 'services:\\n  server: { image: busybox, tty: true }\\n  client: { image: busybox, tty: true }\\n';
const FIXED =
  'services:\\n  server: { image: busybox, tty: true, networks: { app_net: { ipv4_address: 178.27.0.10 } } }\\n' +
  '  client: { image: busybox, tty: true, networks: { app_net: { ipv4_address: 178.27.0.20 } } }\\n' +
  'networks:\\n  app_net: { ipam: { config: [ { subnet: 178.27.0.0/16 } ] } }\\n';
const BRIDGE =
  'services:\\n  server: { image: busybox, tty: true, network_mode: bridge }\\n  client: { image: busybox, tty: true, network_mode: bridge }\\n';
const WEB = 'services:\\n  web: { image: "nginx:alpine", network_mode: bridge, ports: ["1234:80"] }\\n';
const HOST = 'services:\\n  web: { image: "nginx:alpine", network_mode: host }\\n';

const FILMS: readonly Film[] = [
  {
    name: '1-default',
    title: 'A connection between two containers on the network of their project',
    before: [...project('1-default', TALK), 'docker-compose exec -d server nc -lp 8888'],
    action: 'echo test | docker-compose exec -T client nc -w 1 $(docker-compose exec -T server hostname -i) 8888',
  },
  {
    name: '2-resolv',
    title: 'A name, asked for at 127.0.0.11',
    before: project('2-resolv', TALK),
    action: 'docker-compose exec -T client ping -c 1 server',
  },
  {
    name: '3-ip',
    title: 'A ping between two addresses that were chosen',
    before: project('3-ip', FIXED),
    action: 'docker-compose exec -T client ping -c 1 178.27.0.10',
  },
  {
    name: '4-bridge',
    title: 'A name that the default bridge knows nothing of: the question leaves the host',
    before: project('4-bridge', BRIDGE),
    action: 'docker-compose exec -T client ping -c 1 server',
  },
  {
    name: '5-port',
    title: 'A page through a published port: the destination is rewritten at the gate',
    before: project('5-port', WEB),
    action: async (page) => {
      await page.locator('#tool-tab-browser').click();
      const inPage = page.locator('bw-browser');
      await inPage.locator('select').selectOption('lan');
      await inPage.locator('form input').fill('http://192.168.0.10:1234/');
      await page.keyboard.press('Enter');
      await inPage.locator('iframe').waitFor();
    },
  },
  {
    name: '6-host',
    title: "A page from a container on the host's own network",
    before: project('6-host', HOST),
    action: 'curl -s http://localhost/ > page',
  },
];

async function run(page: Page, line: string): Promise<void> {
  const screen = page.locator('.terminal-screen:visible').first();
  const ended = Number((await screen.getAttribute('data-ended')) ?? 0);
  await screen.locator('.xterm-helper-textarea').focus();
  await type(page, line);
  await page.waitForFunction(
    (before) => Number(document.querySelector<HTMLElement>('.terminal-screen')?.dataset['ended'] ?? 0) > before,
    ended,
  );
}

declare global {
  interface Window {
    /** What the page would have saved last. */
    saved: Blob | null;
  }
}

/** What is saved is kept in the page instead. */
const keepSaved = (): void => {
  window.saved = null;
  const create = URL.createObjectURL.bind(URL);
  URL.createObjectURL = (blob) => {
    if (blob instanceof Blob && blob.type === 'image/svg+xml') window.saved = blob;
    return create(blob);
  };
  const click = Reflect.get(HTMLAnchorElement.prototype, 'click') as () => void;
  HTMLAnchorElement.prototype.click = function () {
    if (!this.download) click.call(this);
  };
};

const frameOf = (page: Page): Promise<Frame & { readonly atEnd: boolean }> =>
  page.evaluate(async () => {
    const picture = document.querySelector('bw-picture')?.shadowRoot as ShadowRoot;
    for (const each of picture.querySelectorAll('button')) if (each.textContent?.trim() === 'SVG') each.click();
    // It waits a little before it says what plays by itself; the film doesn't.
    const said = picture.querySelector('bw-step-line') as HTMLElement & {
      requestUpdate(): void;
      readonly updateComplete: Promise<boolean>;
    };
    said.requestUpdate();
    await said.updateComplete;
    const line = said.shadowRoot?.querySelector('p');
    const count = document.querySelector('bw-timeline')?.shadowRoot?.querySelector('.count')?.textContent ?? '';
    const [hop, length] = count.match(/\d+/g) ?? [];
    return { svg: (await window.saved?.text()) ?? '', caption: line?.title ?? '', atEnd: hop === length };
  });

async function shoot(browser: Browser, site: Awaited<ReturnType<typeof serveSite>>, film: Film): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    if (wanted.length > 0 && !wanted.includes(`${film.name}-${colorScheme}`)) continue;
    const { context, page } = await openLab(browser, site, {
      before: keepSaved,
      colorScheme,
      locale: 'en-US',
      reducedMotion: 'no-preference',
      viewport: { width: 1440, height: 900 },
    });
    for (const line of film.before) await run(page, line);
    const timeline = page.locator('bw-timeline');
    const told = Number((await timeline.locator('input').getAttribute('max')) ?? 0);
    await (typeof film.action === 'string' ? run(page, film.action) : film.action(page));
    await timeline.getByRole('combobox').selectOption('0.5');
    await timeline.locator('input').fill(String(told));
    // From here on the page's time goes on frame by frame.
    await page.clock.install();
    await page.clock.pauseAt(Date.now() + 1000);
    await timeline.locator('.play').click();
    const frames: Frame[] = [];
    for (let atEnd = false; !atEnd && frames.length < MOST_FRAMES; ) {
      await page.clock.runFor(EACH);
      const frame = await frameOf(page);
      frames.push(frame);
      ({ atEnd } = frame);
    }
    const text = filmOf(frames, { title: film.title, each: EACH / 1000, last: 1.5 });
    writeFileSync(path.join(FOLDER, `${film.name}-${colorScheme}.svg`), text);
    console.log(`${film.name}-${colorScheme}.svg: ${frames.length} frames, ${Math.round(text.length / 1024)} kB`);
    await context.close();
  }
}

mkdirSync(FOLDER, { recursive: true });
/** Some of them alone: `npm run films -- 5-port-dark`. */
const wanted = process.argv.slice(2);
const site = await serveSite();
const browser = await launchBrowser();
for (const film of FILMS) await shoot(browser, site, film);
await browser.close();
await site.close();
