import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCourse, readExercise } from '../course/read-scenarios.ts';
import { launchBrowser } from './browser.ts';
import { openLab, PHONE, type, waitForText } from './lab-page.ts';
import { commandEnds, doExercise, endedIn, type Hands, keysAlone, thumbs, typist } from './learner.ts';
import { serveSite } from './site.ts';

/** All six exercises in a real browser, one after the other on one host, by people who use the page differently. */

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

const EXERCISES = readCourse()
  .chapters.flatMap((chapter) => chapter.pages)
  .filter(({ page }) => page === 'exercise')
  .map(({ file }) => readExercise(file.split('/')[0] as string));

const LEARNERS: readonly {
  readonly who: string;
  readonly options: Parameters<typeof openLab>[2];
  readonly hands: (page: Parameters<typeof typist>[0]) => Hands;
}[] = [
  { who: 'in English, typing everything', options: { locale: 'en-US' }, hands: typist },
  { who: 'in Japanese, typing everything', options: { locale: 'ja-JP' }, hands: typist },
  {
    who: 'in Japanese, on a phone, by touch',
    options: { ...PHONE, locale: 'ja-JP' },
    hands: (page) => thumbs(page, { panes: '画面の切り替え', guide: 'ガイド' }),
  },
  { who: 'in English, by keyboard alone', options: { locale: 'en-US' }, hands: keysAlone },
];

describe('the six exercises', () => {
  it.each(LEARNERS)('can be done from an empty profile $who', { timeout: 600_000 }, async ({ options, hands }) => {
    const { context, page, problems } = await openLab(browser, site, options);
    for (const exercise of EXERCISES) {
      await page.goto(`${page.url().replace(/#.*/, '')}#/exercise/${exercise.id}`);
      await doExercise(page, exercise, hands(page));
    }
    expect(await page.locator('.exercise-number[data-solved]').count()).toBe(EXERCISES.length);
    expect(problems).toEqual([]);
    await context.close();
  });
});

describe('work that is interrupted', () => {
  it('goes on after a reload in the middle of exercise 4', async () => {
    const [exercise] = EXERCISES.filter(({ folder }) => folder.endsWith('4-bridge'));
    if (!exercise) throw new Error('the course has no exercise 4');
    const { context, page, problems } = await openLab(browser, site, { route: `#/exercise/${exercise.id}` });
    const before = exercise.steps.findIndex(({ id }) => id === 'names');
    await doExercise(page, exercise, typist(page), {
      before,
      happens: async () => {
        const ended = await Promise.all([1, 2].map((terminal) => endedIn(page, terminal)));
        await page.reload();
        // The session is played again: as many commands end as had ended before.
        for (const [i, count] of ended.entries()) await commandEnds(page, i + 1, count - 1);
      },
    });
    expect(before).toBeGreaterThan(0);
    expect(problems).toEqual([]);
    await context.close();
  });

  it('is there again when the tab was closed during `up`', async () => {
    const { context, page, problems } = await openLab(browser, site, { route: '#/sandbox' });
    await type(page, 'mkdir p && cd p');
    await type(
      page,
      "printf 'services:\\n  a: {image: busybox, tty: true}\\n  b: {image: busybox, tty: true}\\n' > compose.yaml",
    );
    await type(page, 'docker-compose up -d');
    await waitForText(page, 'Creating network');
    await page.close();
    const again = await context.newPage();
    again.on('pageerror', (error) => problems.push(error.message));
    await again.goto(`${site.url}#/sandbox`);
    await waitForText(again, 'Creating network');
    await again.locator('.terminal-screen:visible .xterm-helper-textarea').focus();
    await type(again, 'docker-compose up -d; docker-compose ps -q | wc -l | sed "s/^/count=/"');
    await waitForText(again, 'count=2');
    expect(await again.locator('.notice.lasting').allInnerTexts()).toEqual([]);
    expect(problems).toEqual([]);
    await context.close();
  });
});
