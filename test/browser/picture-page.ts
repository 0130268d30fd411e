import type { Browser, Page } from 'playwright-core';
import { type LabPage, openLab, type OpenOptions } from './lab-page.ts';
import type { serveSite } from './site.ts';

/** What the picture shows at one step, as the words beside it say it. */
export interface Shown {
  readonly hop: number;
  readonly length: number;
  readonly step: string;
  /** The way of the step's packet up to there. */
  readonly way: readonly string[];
  /** Everything in the picture, by the tree. */
  readonly tree: readonly string[];
  /** The tables of the host, where they are open. */
  readonly tables: string;
}

/** The buttons of the timeline, in their order. */
export const Button = { first: 0, back: 1, play: 2, forward: 3, packet: 4, command: 5 } as const;

/** Installed in the page, so that a story of hundreds of steps is walked in one go. */
interface Probe {
  press(button: number): Promise<boolean>;
  seek(hop: number): Promise<void>;
  read(): Shown;
}

declare global {
  interface Window {
    probe: Probe;
  }
}

/** Has to be called once, before anything else here. */
export async function installProbe(page: Page): Promise<void> {
  await page.locator('bw-picture-words').first().waitFor({ state: 'attached' });
  await page.evaluate(() => {
    type Part = HTMLElement & { readonly updateComplete: Promise<boolean>; readonly shadowRoot: ShadowRoot };
    const words = () =>
      document.querySelector('bw-picture')?.shadowRoot?.querySelector('bw-picture-words') as unknown as Part;
    const timeline = () => document.querySelector('bw-timeline') as unknown as Part;
    const tables = () => document.querySelector('bw-tables') as Part | null;
    const settled = async () => {
      for (const part of [timeline(), words(), tables()]) await part?.updateComplete;
    };
    const texts = (selector: string) =>
      [...words().shadowRoot.querySelectorAll(selector)].map((each) => each.textContent ?? '');
    window.probe = {
      press: async (index) => {
        const button = timeline().shadowRoot.querySelectorAll('button')[index] as HTMLButtonElement;
        const could = !button.disabled;
        button.click();
        await settled();
        return could;
      },
      seek: async (hop) => {
        const range = timeline().shadowRoot.querySelector('input') as HTMLInputElement;
        range.value = String(hop);
        range.dispatchEvent(new Event('input', { bubbles: true }));
        await settled();
      },
      read: () => {
        const [hop = 0, length = 0] =
          timeline().shadowRoot.querySelector('.count')?.textContent?.match(/\d+/g)?.map(Number) ?? [];
        return {
          hop,
          length,
          step: texts('.step')[0] ?? '',
          way: texts('.way li'),
          tree: texts('[role=treeitem] > span'),
          tables: tables()?.shadowRoot.querySelector('.tables')?.textContent?.replaceAll(/\s+/g, ' ') ?? '',
        };
      },
    };
  });
}

/** Opens an exercise and has its solution played to the end. */
export async function openSolved(
  browser: Browser,
  site: Awaited<ReturnType<typeof serveSite>>,
  exercise: string,
  options: OpenOptions = {},
): Promise<LabPage> {
  const lab = await openLab(browser, site, { route: `#/exercise/${exercise}`, ...options });
  await lab.page.getByRole('button', { name: 'Show the solution' }).click();
  await lab.page.locator('.outcome').waitFor({ timeout: 100_000 });
  await installProbe(lab.page);
  return lab;
}

export const read = (page: Page): Promise<Shown> => page.evaluate(() => window.probe.read());

export const press = (page: Page, button: number): Promise<boolean> =>
  page.evaluate((index) => window.probe.press(index), button);

/** Puts the playhead to each of these hops in turn, and tells what is shown there. */
export const readAt = (page: Page, hops: readonly number[]): Promise<Shown[]> =>
  page.evaluate(async (all) => {
    const shown: Shown[] = [];
    for (const hop of all) {
      await window.probe.seek(hop);
      shown.push(window.probe.read());
    }
    return shown;
  }, hops);

/** Hops through the story from its beginning to its end. */
export const walk = (page: Page): Promise<Shown[]> =>
  page.evaluate(async () => {
    const shown: Shown[] = [];
    await window.probe.press(0);
    while (await window.probe.press(3)) shown.push(window.probe.read());
    return shown;
  });

/** Hops forward until a step reads so, from the beginning or from where the story stands. */
export const hopTo = (page: Page, step: RegExp, from: 'beginning' | 'here' = 'beginning'): Promise<Shown> =>
  page.evaluate(
    async ([source, start]) => {
      const wanted = new RegExp(source);
      if (start === 'beginning') await window.probe.press(0);
      while (await window.probe.press(3)) {
        const shown = window.probe.read();
        if (wanted.test(shown.step)) return shown;
      }
      throw new Error(`no step says ${source}`);
    },
    [step.source, from] as const,
  );
