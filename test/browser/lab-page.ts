import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import type { serveSite } from './site.ts';

type Site = Awaited<ReturnType<typeof serveSite>>;

export interface LabPage {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What went wrong in the page, or left the site. */
  readonly problems: string[];
}

export interface OpenOptions extends NonNullable<Parameters<Browser['newContext']>[0]> {
  /** Behind `#`. */
  readonly route?: string;
  /** Runs in the page before anything of it does. */
  readonly before?: (() => void) | readonly (() => void)[];
  /** Files that cannot be had. */
  readonly without?: RegExp;
}

/** Opens the lab in an empty profile and waits for the prompt. */
export async function openLab(
  browser: Browser,
  site: Site,
  { route = '', before, without, ...options }: OpenOptions = {},
): Promise<LabPage> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
    ...options,
  });
  for (const each of before === undefined ? [] : [before].flat()) await context.addInitScript(each);
  if (without) await context.route(without, (route) => route.abort());
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('request', (request) => {
    if (!request.url().startsWith(site.url) && !/^(data|blob):/.test(request.url()))
      problems.push(`left the site: ${request.url()}`);
  });
  await page.goto(`${site.url}?seed=7${route}`);
  await waitForText(page, '$');
  return { context, page, problems };
}

/** A phone with a touch screen. */
export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;

/** What the terminal in sight shows. */
export const shown = (page: Page): Promise<string> =>
  page
    .locator('.terminal-screen:visible .xterm-rows')
    .first()
    .innerText()
    .then((text) => text.replaceAll('\u00a0', ' '));

/** Waits until a terminal in sight shows a text; long lines may be broken anywhere. */
export async function waitForText(page: Page, text: string): Promise<void> {
  await page.waitForFunction(
    (wanted) =>
      [...document.querySelectorAll('.terminal-screen:not([hidden]) .xterm-rows')].some((rows) =>
        rows.textContent?.replaceAll('\u00a0', ' ').includes(wanted),
      ),
    text,
    { timeout: 60_000 },
  );
}

export async function type(page: Page, line: string): Promise<void> {
  await page.keyboard.type(line);
  await page.keyboard.press('Enter');
}

/** The step that the learner is at. */
export const currentStep = (page: Page): Locator => page.locator('.step[data-current]');

/** Waits until the current step bears this title. */
export async function atStep(page: Page, title: string): Promise<void> {
  await page.locator('.step[data-current] h3', { hasText: title }).waitFor({ timeout: 60_000 });
}
