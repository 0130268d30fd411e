import { unwrap } from '../../base/result.ts';
import { type Card, type Course, type CoursePage, inCourse } from '../../scenario/course/course.ts';
import type { Exercise } from '../../scenario/course/exercise.ts';
import { parseCard, parseCourse } from '../../scenario/course/parse-course.ts';
import { parseExercise } from '../../scenario/course/parse-exercise.ts';

/** The course's data as the build brings it: YAML turned into JSON, a chunk for each page (`vite.config.ts`). */
const FILES = import.meta.glob<unknown>(
  ['/scenarios/*/exercise.yaml', '/scenarios/cards/*.yaml', '/scenarios/challenges/*/challenge.yaml'],
  {
    import: 'default',
  },
);

const CONTENTS = import.meta.glob<unknown>('/scenarios/course.yaml', { import: 'default', eager: true });

export const COURSE: Course = unwrap(parseCourse(CONTENTS['/scenarios/course.yaml']));

export async function loadExercise(page: CoursePage): Promise<Exercise> {
  return inCourse(unwrap(parseExercise(await load(page))), COURSE);
}

/** Challenges come after the course: what reads them is loaded with the first of them. */
export async function loadChallenge(page: CoursePage): Promise<Exercise> {
  const { parseChallenge } = await import('../../scenario/course/parse-challenge.ts');
  return inCourse(unwrap(parseChallenge(await load(page))), COURSE);
}

export async function loadCard(page: CoursePage): Promise<Card> {
  return unwrap(parseCard(await load(page)));
}

/** What a saved session has opened, by id: exercises, and what cards give to try. */
export async function exercisesCalled(ids: readonly string[]): Promise<readonly Exercise[]> {
  const pages = COURSE.chapters.flatMap((chapter) => chapter.pages).filter(({ id }) => ids.includes(id));
  const found = await Promise.all(
    pages.map(async (page) => {
      if (page.page === 'card') return (await loadCard(page)).trial;
      return page.page === 'exercise' ? loadExercise(page) : loadChallenge(page);
    }),
  );
  return found.filter((exercise) => exercise !== null);
}

/** Fails as a network does, where the page's chunk can't be had. */
function load({ file }: CoursePage): Promise<unknown> {
  const fetchFile = FILES[`/scenarios/${file}`];
  return fetchFile ? fetchFile() : Promise.reject(new Error(`the course has no ${file}`));
}
