import { describe, expect, it } from 'vitest';
import type { Exercise, Step } from '../../scenario/course/exercise.ts';
import type { ExerciseProgress } from './course-progress.ts';
import { currentStep, isStepDone, scoreOf } from './step-state.ts';

const text = { ja: '', en: '' };
const step = (id: string, ...checks: string[]): Step => ({
  id,
  title: text,
  text,
  questions: [],
  actions: [],
  notice: null,
  isArrival: false,
  checks: checks.map((check) => ({ id: check, label: text, when: { all: [] }, after: [], hints: [text, text, text] })),
});
const exercise: Exercise = {
  id: 'some',
  folder: 'some',
  aim: text,
  files: {},
  values: {},
  steps: [step('tidy'), step('write', 'file'), step('look'), step('talk', 'up', 'message')],
  mistakes: [],
  together: false,
  outcome: text,
};
const progress = (more: Partial<ExerciseProgress> = {}): ExerciseProgress => ({
  done: [],
  solved: false,
  passed: [],
  predictions: {},
  answers: {},
  ...more,
});
const current = (more: Partial<ExerciseProgress>) => currentStep(exercise, progress(more), null)?.id ?? null;

describe('the current step', () => {
  it('is the first one at the beginning', () => {
    expect(current({})).toBe('tidy');
  });

  it('goes past a step without checks when its commands were run, or when later things are done', () => {
    expect(current({ passed: ['tidy'] })).toBe('write');
    expect(current({ done: ['file'] })).toBe('look');
    expect(current({ passed: ['look'] })).toBe('write');
    expect(isStepDone(exercise, exercise.steps[0] as Step, progress({ passed: ['look'] }), null)).toBe(true);
    expect(current({ done: ['file', 'up'] })).toBe('talk');
  });

  it('needs all checks of a step', () => {
    expect(current({ done: ['file', 'up', 'message'] })).toBeNull();
    expect(isStepDone(exercise, exercise.steps[3] as Step, progress({ done: ['up'] }), null)).toBe(false);
  });

  it('takes what the machine reports now for done', () => {
    const report = {
      exercise: 'some',
      checks: { file: 'satisfied' as const },
      mistakes: [],
      answers: {},
      values: {},
      solved: false,
    };
    expect(currentStep(exercise, progress(), report)?.id).toBe('look');
  });
});

describe('predictions', () => {
  it('are scored as soon as the world has answered', () => {
    expect(scoreOf(progress({ predictions: { a: 'x', b: 'y', c: 'z' }, answers: { a: 'x', b: 'n' } }))).toEqual({
      right: 1,
      all: 2,
    });
  });
});
