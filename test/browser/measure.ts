import type { Browser, CDPSession, Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { type FrameTime, framesDuring, markFrames } from './frame-times.ts';
import { withCard } from './graphics-card.ts';
import { openLab, type } from './lab-page.ts';
import { serveSite } from './site.ts';

/**
 * `npm run measure`: how fast the page is, in a real browser. Wants `npm run build` before, and a machine that does nothing else.
 * `-- --quick` leaves out the ten minutes of traffic.
 */

const MINUTE = 60_000;
const LONG = { timeout: 2 * MINUTE };

/** What tsx marks functions with has to be there in the page, too. */
const NAMED = 'globalThis.__name = (each) => each';

const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);
const quantile = (values: readonly number[], part: number): number =>
  sorted(values)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? Number.NaN;
const ms = (value: number): string => `${value.toFixed(1)} ms`;
const spread = (values: readonly number[]): string =>
  `median ${ms(quantile(values, 0.5))}, 95th percentile ${ms(quantile(values, 0.95))}, longest ${ms(quantile(values, 1))} (${values.length})`;

function reportFrames(what: string, frames: readonly FrameTime[]): void {
  console.log(`script of a frame, ${what}:`);
  console.log(`  on the wall ${spread(frames.map(({ wall }) => wall))}`);
  console.log(`  of the processor ${spread(frames.map(({ processor }) => processor))}`);
}

/** From the request of the page to the first prompt, on a processor a quarter as fast. */
async function firstPrompt(browser: Browser, url: string): Promise<void> {
  const times: number[] = [];
  for (let visit = 0; visit < 5; visit++) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    await page.addInitScript(NAMED);
    const devtools = await context.newCDPSession(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    await page.goto(`${url}?seed=7`, { waitUntil: 'commit' });
    times.push(
      await page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            const look = () => {
              const there = document.querySelector<HTMLElement>('.terminal-screen')?.dataset['phase'] === 'prompt';
              if (there) resolve(performance.now());
              else requestAnimationFrame(look);
            };
            look();
          }),
      ),
    );
    await context.close();
  }
  console.log(`first prompt at 4x: ${spread(times)}`);
}

/** A project of containers that all talk to their neighbours, up and running. */
async function bringUp(page: Page, count: number): Promise<void> {
  const services = Array.from(
    { length: count },
    // Until the neighbour is there, its name isn't known.
    (_, i) => `  s${i}: {image: busybox, command: [sh, -c, until ping s${(i + 1) % count}; do sleep 1; done]}`,
  ).join('\\n');
  await page.locator('.terminal-screen:visible .xterm-helper-textarea').focus();
  await type(page, `mkdir p && cd p && printf 'services:\\n${services}\\n' > docker-compose.yml`);
  await type(page, 'docker-compose up -d && clear && docker ps -q | wc -l | sed s/^/running=/');
  await page.waitForFunction(
    (wanted) => document.querySelector('.xterm-rows')?.textContent?.includes(wanted) ?? false,
    `running=${count}`,
    LONG,
  );
}

/** From a key to the frame in which it stands in the terminal, while 20 containers talk. */
async function keys(browser: Browser, site: Awaited<ReturnType<typeof serveSite>>): Promise<void> {
  const { context, page } = await openLab(browser, site, { route: '#/sandbox', reducedMotion: 'no-preference' });
  await page.evaluate(NAMED);
  await bringUp(page, 20);
  await page.evaluate(() => {
    const rows = document.querySelector('.terminal-screen:not([hidden]) .xterm-rows') as HTMLElement;
    const times: number[] = [];
    let pressed: number | null = null;
    addEventListener('keydown', (event) => (pressed = event.timeStamp), { capture: true });
    new MutationObserver(() => {
      const since = pressed;
      pressed = null;
      // xterm changes its rows in a frame's own callback: that frame has been drawn when the next task begins.
      if (since !== null) setTimeout(() => times.push(performance.now() - since), 0);
    }).observe(rows, { childList: true, subtree: true, characterData: true });
    Object.assign(globalThis, { keyTimes: times });
  });
  for (let line = 0; line < 10; line++) {
    for (const key of 'the quick brown fox jumps') {
      await page.keyboard.press(key === ' ' ? 'Space' : key);
      await page.waitForTimeout(80);
    }
    await page.keyboard.press('Control+u');
    await page.waitForTimeout(100);
  }
  const times = await page.evaluate(() => (globalThis as unknown as { keyTimes: number[] }).keyTimes);
  console.log(`a key until it is seen, 20 containers talking: ${spread(times)}`);
  await context.close();
}

/**
 * What the page's script takes of each frame while 100 containers talk and packets are in flight.
 * @param card paint with WebGL, as where there is a graphics card; else on a plain canvas
 */
async function frames(
  browser: Browser,
  site: Awaited<ReturnType<typeof serveSite>>,
  { card, minutes }: { readonly card: boolean; readonly minutes: number },
): Promise<void> {
  const { context, page } = await openLab(browser, site, {
    route: '#/sandbox',
    reducedMotion: 'no-preference',
    ...(card && { before: withCard }),
  });
  console.log(card ? 'painted with WebGL:' : 'painted on a plain canvas:');
  const devtools = await context.newCDPSession(page);
  await devtools.send('Performance.enable');
  const worker = await workerSession(devtools);
  await page.evaluate(NAMED);
  await bringUp(page, 100);
  await markFrames(page);
  await page.waitForTimeout(500);
  const metrics = async () =>
    new Map((await devtools.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value] as const));
  const before = await metrics();
  const seen = await framesDuring(browser, page, () => page.waitForTimeout(20_000));
  const after = await metrics();
  reportFrames('100 containers', seen);
  const packets = seen.map((frame) => frame.packets);
  console.log(`  packets in flight: median ${quantile(packets, 0.5)}, most ${quantile(packets, 1)}`);
  const scripting = ((after.get('ScriptDuration') ?? 0) - (before.get('ScriptDuration') ?? 0)) * 1000;
  console.log(`  all scripting of the page, a frame on average: ${ms(scripting / Math.max(1, seen.length))}`);
  await crowd(browser, page);
  if (minutes > 0) await memory(page, devtools, worker, minutes);
  await context.close();
}

interface Told {
  readonly time: number;
  readonly moves: readonly { readonly packet: number | null; readonly from: string; readonly to: string }[];
}

/** The same with 500 packets on the way at once: moves that the story has told one after the other are told together, to and fro. */
async function crowd(browser: Browser, page: Page): Promise<void> {
  await page.evaluate((count) => {
    const { stage } = document.querySelector('bw-picture') as unknown as {
      stage: { playback: { story: { beats: Told[] }; playhead: { clear(): void; hurry(): void } } };
    };
    const { story, playhead } = stage.playback;
    const moves = story.beats
      .flatMap((beat) => beat.moves)
      .filter(({ packet, from, to }) => packet !== null && from !== to)
      .slice(-count)
      .map((move, token) => ({ ...move, token, end: null, before: null }));
    const last = story.beats.at(-1) as Told;
    const back = moves.map((move) => ({ ...move, from: move.to, to: move.from }));
    // The story is this, and what comes while it is told.
    story.beats.length = 0;
    playhead.clear();
    for (let i = 0; i < 400; i++) story.beats.push({ ...last, moves: i % 2 ? back : moves });
    playhead.hurry();
  }, 600);
  const seen = await framesDuring(browser, page, () => page.waitForTimeout(10_000));
  reportFrames(
    '100 containers, 500 packets on the way',
    seen.filter(({ packets }) => packets >= 500),
  );
}

type Send = (method: string, params?: object) => Promise<Record<string, number>>;

/** Speaks with the worker in which the machine runs. */
async function workerSession(devtools: CDPSession): Promise<Send> {
  const attached = new Promise<string>((resolve) => {
    devtools.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      if (targetInfo.type === 'worker') resolve(sessionId);
    });
  });
  await devtools.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  const sessionId = await attached;
  const waiting = new Map<number, (result: Record<string, number>) => void>();
  devtools.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id, result } = JSON.parse(message) as { id: number; result: Record<string, number> };
    waiting.get(id)?.(result);
  });
  let number = 0;
  return (method, params = {}) =>
    new Promise((resolve) => {
      const id = ++number;
      waiting.set(id, resolve);
      void devtools.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method, params }) });
    });
}

/** What page and machine keep, after all that nobody holds has been let go, minute by minute. */
async function memory(page: Page, devtools: CDPSession, worker: Send, minutes: number): Promise<void> {
  const used = async (send: Send): Promise<string> => {
    await send('HeapProfiler.collectGarbage');
    const { usedSize = Number.NaN } = await send('Runtime.getHeapUsage');
    return `${(usedSize / 1e6).toFixed(1)} MB`;
  };
  const ofPage: Send = (method, params) =>
    devtools.send(method as 'Runtime.getHeapUsage', params as undefined) as never;
  for (let minute = 0; minute <= minutes; minute++) {
    if (minute > 0) await page.waitForTimeout(MINUTE);
    console.log(`memory after ${minute} min: page ${await used(ofPage)}, machine ${await used(worker)}`);
  }
}

const site = await serveSite();
const browser = await launchBrowser();
try {
  await firstPrompt(browser, site.url);
  await keys(browser, site);
  await frames(browser, site, { card: true, minutes: 0 });
  await frames(browser, site, { card: false, minutes: process.argv.includes('--quick') ? 0 : 10 });
} finally {
  await browser.close();
  await site.close();
}
