import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCourse, readExercise } from '../course/read-scenarios.ts';
import { launchBrowser } from './browser.ts';
import { openLab, PHONE } from './lab-page.ts';
import { doExercise, type Hands, keysAlone, thumbs, typist } from './learner.ts';
import { serveSite } from './site.ts';

/** All six exercises in a real browser, one after the other on one host, by four people who use the page differently. */

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
