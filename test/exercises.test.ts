import { describe, expect, it, vi } from 'vitest';
import { checksOf, solutionOf } from '../src/scenario/course/exercise.ts';
import { CourseStage } from './course/course-stage.ts';
import { ofItsKind, readCard, readCourse, readExercise, readWays, scenarioFiles } from './course/read-scenarios.ts';

// A session of an exercise is minutes of the machine's time.
vi.setConfig({ testTimeout: 60_000 });

/** Each exercise as its data says it, on a fresh host: what solves it, and what doesn't. */

const FOLDERS = scenarioFiles().flatMap((file) =>
  file.endsWith('/exercise.yaml') ? [file.split('/')[0] as string] : [],
);

describe.each(FOLDERS)('exercise %s', (folder) => {
  const exercise = readExercise(folder);
  const ways = readWays(folder);
  const ids = checksOf(exercise).map((check) => check.id);
  const questions = exercise.steps.flatMap((step) => step.questions.map(({ id }) => id));

  it('is unsolved at its start, and sees no mistake in an untouched host', () => {
    const { report } = new CourseStage(exercise);
    expect(Object.values(report.checks)).not.toContain('satisfied');
    expect(report.solved).toBe(false);
    expect(report.mistakes).toEqual([]);
    expect(report.answers).toEqual({});
  });

  it('is solved by its steps, which show no mistake and answer every question', () => {
    const stage = new CourseStage(exercise);
    const { stuck, mistakes } = stage.play(solutionOf(exercise));
    expect(stuck).toBe(null);
    expect(stage.report.checks).toEqual(Object.fromEntries(ids.map((id) => [id, 'satisfied'])));
    expect(stage.report.solved).toBe(true);
    expect([...mistakes]).toEqual([]);
    expect(stage.report.answers).toEqual(ways.answers);
    expect(Object.keys(ways.answers).toSorted()).toEqual(questions.toSorted());
  });

  it('has at least three other right ways and three wrong ones', () => {
    expect(ways.right.length).toBeGreaterThanOrEqual(3);
    expect(new Set(ways.wrong.map(({ mistake }) => mistake)).size).toBeGreaterThanOrEqual(3);
    const made = ways.wrong.map(({ mistake }) => mistake);
    expect(exercise.mistakes.filter(({ id, until }) => until !== null && !made.includes(id))).toEqual([]);
  });

  it.each(ways.right)('is solved $name', ({ inputs }) => {
    const stage = new CourseStage(exercise);
    const { stuck } = stage.play(inputs);
    expect(stuck).toBe(null);
    expect(stage.report.checks).toEqual(Object.fromEntries(ids.map((id) => [id, 'satisfied'])));
  });

  it.each(ways.wrong)('is not solved: $name', ({ inputs, mistake }) => {
    const stage = new CourseStage(exercise);
    const { stuck } = stage.play(inputs);
    expect(stuck).toBe(null);
    expect(stage.report.solved).toBe(false);
    expect(ofItsKind(mistake, stage.report.mistakes)).toEqual([mistake]);
  });
});

const TRIALS = readCourse()
  .chapters.flatMap((chapter) => chapter.pages)
  .flatMap(({ page, file }) => (page === 'card' ? (readCard(file).trial ?? []) : []));

/** What the cards' texts take for granted. */
const ANSWERS: Record<string, Readonly<Record<string, string>>> = {
  localhost: { plain: 'nothing' },
  'names-unstated': { works: 'found' },
  'names-with-fixed': { works: 'found' },
  'host-network-address': { addresses: 'all' },
  octets: { usable: 'both' },
  'reach-without-ports': { works: 'opens' },
  'published-where': { 'from-lan': 'opens' },
  'two-networks': { reaches: 'dropped' },
};

describe.each(TRIALS.map((trial) => [trial.id, trial] as const))('the card %s', (_, trial) => {
  it('has a trial that is undone at its start, and done by its steps', () => {
    const stage = new CourseStage(trial);
    expect(Object.values(stage.report.checks)).not.toContain('satisfied');
    expect(stage.play(solutionOf(trial)).stuck).toBe(null);
    expect(stage.report.solved).toBe(true);
    expect(stage.report.answers).toEqual(ANSWERS[trial.id] ?? {});
  });
});
