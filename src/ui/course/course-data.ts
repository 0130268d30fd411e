import { unwrap } from '../../base/result.ts';
import type { Card, Course, CoursePage } from '../../scenario/course/course.ts';
import type { Exercise } from '../../scenario/course/exercise.ts';
import { parseCard, parseCourse } from '../../scenario/course/parse-course.ts';
import { parseExercise } from '../../scenario/course/parse-exercise.ts';

/** The course's data as the build brings it: YAML turned into JSON, a chunk for each page (`vite.config.ts`). */
const FILES = import.meta.glob<unknown>(['/scenarios/*/exercise.yaml', '/scenarios/cards/*.yaml'], {
  import: 'default',
});

const CONTENTS = import.meta.glob<unknown>('/scenarios/course.yaml', { import: 'default', eager: true });

export const COURSE: Course = unwrap(parseCourse(CONTENTS['/scenarios/course.yaml']));

export async function loadExercise(page: CoursePage): Promise<Exercise> {
  return unwrap(parseExercise(await load(page)));
}

export async function loadCard(page: CoursePage): Promise<Card> {
  return unwrap(parseCard(await load(page)));
}

/** Fails as a network does, where the page's chunk can't be had. */
function load({ file }: CoursePage): Promise<unknown> {
  const fetchFile = FILES[`/scenarios/${file}`];
  return fetchFile ? fetchFile() : Promise.reject(new Error(`the course has no ${file}`));
}
