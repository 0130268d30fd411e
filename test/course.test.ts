import { describe, expect, it } from 'vitest';
import type { CoursePage } from '../src/scenario/course/course.ts';
import { linksOf, type Localized } from '../src/scenario/course/text.ts';
import { COURSE, loadCard, loadChallenge, loadExercise } from '../src/ui/course/course-data.ts';
import {
  readCard,
  readChallenge,
  readCourse,
  readExercise,
  readScenario,
  scenarioFiles,
} from './course/read-scenarios.ts';

/** The course as a whole: its data and what the page gets of it. */

const pages = readCourse().chapters.flatMap((chapter) => chapter.pages);
const folderOf = (file: string) => file.slice(0, file.lastIndexOf('/'));

/** What is in a page's file. */
function contentOf({ page, file }: CoursePage) {
  if (page === 'card') return readCard(file);
  return page === 'exercise' ? readExercise(folderOf(file)) : readChallenge(folderOf(file));
}
const LOADERS = { card: loadCard, exercise: loadExercise, challenge: loadChallenge };

/** Every text in a piece of the course's data. */
function textsOf(data: unknown): readonly Localized[] {
  if (typeof data !== 'object' || data === null) return [];
  if ('ja' in data && 'en' in data) return [data as Localized];
  return Object.values(data).flatMap(textsOf);
}

describe('the course', () => {
  it('has no file that nothing uses', () => {
    const used = pages.flatMap(({ page, file }) => (page === 'card' ? [file] : [file, `${folderOf(file)}/ways.yaml`]));
    expect(scenarioFiles()).toEqual(['course.yaml', ...used].toSorted());
  });

  it('finds every page under its id', () => {
    for (const page of pages) expect(contentOf(page).id).toBe(page.id);
    expect(new Set(pages.map(({ page, id }) => `${page}:${id}`)).size).toBe(pages.length);
  });

  it('links only to pages that are there', () => {
    const known = new Set(pages.map(({ page, id }) => `${page}:${id}`));
    const links = scenarioFiles()
      .flatMap((file) => textsOf(readScenario(file)))
      .flatMap(({ ja, en }) => [...linksOf(ja), ...linksOf(en)])
      .map(({ page, id }) => `${page}:${id}`);
    expect(links.filter((link) => !known.has(link))).toEqual([]);
  });

  it('says in both languages the same about links and code', () => {
    const different = scenarioFiles()
      .flatMap((file) => textsOf(readScenario(file)))
      .filter(({ ja, en }) => JSON.stringify(linksOf(ja)) !== JSON.stringify(linksOf(en)));
    expect(different).toEqual([]);
  });

  it('comes to the page as it stands in the files', async () => {
    expect(COURSE).toEqual(readCourse());
    for (const page of COURSE.chapters.flatMap((chapter) => chapter.pages))
      expect(await LOADERS[page.page](page)).toEqual(contentOf(page));
  });
});

describe('Japanese texts', () => {
  const texts = scenarioFiles().flatMap((file) => textsOf(readScenario(file)));

  it('part Japanese and Latin words by a half-width space', () => {
    // Code in backticks counts as a Latin word; punctuation needs no space.
    const tight = /[ぁ-んァ-ヶー一-龠][A-Za-z0-9`]|[A-Za-z0-9`][ぁ-んァ-ヶー一-龠]/;
    expect(
      texts.filter(({ ja }) => tight.test(withoutCode(ja))).map(({ ja }) => tight.exec(withoutCode(ja))?.[0]),
    ).toEqual([]);
  });

  it('use full-width punctuation', () => {
    expect(texts.filter(({ ja }) => /[ぁ-んァ-ヶー一-龠][,.?!]/.test(ja))).toEqual([]);
  });
});

/** What stands in backticks becomes a letter in them, links their words. */
const withoutCode = (text: string): string =>
  text
    .replace(/```[\s\S]*?```/g, '')
    .replace(/`[^`]*`/g, '`x`')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll('**', '');
