import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { unwrap } from '../../src/base/result.ts';
import { type Card, type Course, inCourse } from '../../src/scenario/course/course.ts';
import type { Exercise } from '../../src/scenario/course/exercise.ts';
import { parseChallenge } from '../../src/scenario/course/parse-challenge.ts';
import { parseCard, parseCourse } from '../../src/scenario/course/parse-course.ts';
import { parseExercise } from '../../src/scenario/course/parse-exercise.ts';
import { parseWays, type Ways } from '../../src/scenario/course/parse-ways.ts';

const ROOT = path.resolve(import.meta.dirname, '..', '..', 'scenarios');

/** Every file of the course, from `scenarios/`. */
export const scenarioFiles = (): readonly string[] =>
  readdirSync(ROOT, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .toSorted();

export const readScenario = (file: string): unknown => parse(readFileSync(path.join(ROOT, file), 'utf8'));

export const readCourse = (): Course => unwrap(parseCourse(readScenario('course.yaml')));

export const readCard = (file: string): Card => unwrap(parseCard(readScenario(file)));

export const readExercise = (folder: string): Exercise =>
  inCourse(unwrap(parseExercise(readScenario(`${folder}/exercise.yaml`))), readCourse());

export const readChallenge = (folder: string): Exercise =>
  inCourse(unwrap(parseChallenge(readScenario(`${folder}/challenge.yaml`))), readCourse());

export const readWays = (folder: string): Ways => unwrap(parseWays(readScenario(`${folder}/ways.yaml`)));

/** Of the mistakes that are seen those of a kind with this one: the exercise's own, or those that the whole course knows. */
export const ofItsKind = (mistake: string, seen: readonly string[]): readonly string[] => {
  const general = readCourse().mistakes.map(({ id }) => id);
  return seen.filter((id) => general.includes(id) === general.includes(mistake));
};
