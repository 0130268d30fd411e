import { err, ok, type Result } from '../../base/result.ts';
import type { Card, Course } from './course.ts';
import { mistakeOf, readExercise } from './parse-exercise.ts';
import { isData, Reading } from './reading.ts';

/** Reads the table of contents. */
export function parseCourse(value: unknown): Result<Course, string> {
  if (!isData(value)) return err('a course has to be a mapping');
  const problems: string[] = [];
  const data = new Reading(value, '', problems).only('chapters', 'mistakes');
  const course: Course = {
    chapters: data.list('chapters', (chapter) => ({
      id: chapter.only('id', 'title', 'pages').text('id'),
      title: chapter.localized('title'),
      pages: chapter.list('pages', (page) => ({
        page: page.only('page', 'id', 'file', 'title').oneOf('page', ['exercise', 'card', 'challenge']),
        id: page.text('id'),
        file: page.text('file'),
        title: page.localized('title'),
      })),
    })),
    mistakes: data.list('mistakes', mistakeOf),
  };
  return problems.length === 0 ? ok(course) : err(problems.join('\n'));
}

/** Reads a card. */
export function parseCard(value: unknown): Result<Card, string> {
  if (!isData(value)) return err('a card has to be a mapping');
  const problems: string[] = [];
  const data = new Reading(value, '', problems).only('id', 'claim', 'text', 'play', 'trial');
  const card: Card = {
    id: data.text('id'),
    claim: data.has('claim') ? data.localized('claim') : null,
    text: data.localized('text'),
    play: data.has('play') ? data.oneOf('play', ['subnets'] as const) : null,
    trial: data.has('trial') ? readExercise(data.object('trial')) : null,
  };
  return problems.length === 0 ? ok(card) : err(problems.join('\n'));
}
