import { describe, expect, it } from 'vitest';
import type { ExerciseReport } from '../../scenario/course/report.ts';
import { Preferences } from '../session/preferences.ts';
import { CourseProgress } from './course-progress.ts';

const view = (done: readonly string[], solved = false, answers: Record<string, string> = {}): ExerciseReport => ({
  exercise: 'default',
  checks: Object.fromEntries(['file', 'up', 'talk'].map((id) => [id, done.includes(id) ? 'satisfied' : 'open'])),
  solved,
  mistakes: [],
  values: {},
  answers,
});

function storage() {
  const items = new Map<string, string>();
  return {
    items,
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, value: string) => void items.set(name, value),
  };
}

describe('progress in the course', () => {
  it('keeps what was done, even when the machine starts over', () => {
    const progress = new CourseProgress(new Preferences(storage()));
    progress.see(view(['file', 'up']));
    progress.see(view([]));
    expect(progress.of('default').done).toEqual(['file', 'up']);
  });

  it('is there at the next visit, with predictions', () => {
    const kept = storage();
    const progress = new CourseProgress(new Preferences(kept));
    progress.see(view(['file'], false, { 'which-network': 'new' }));
    progress.predict('default', 'which-network', 'bridge');
    expect(new CourseProgress(new Preferences(kept)).of('default')).toEqual(progress.of('default'));
    expect(progress.of('default').predictions).toEqual({ 'which-network': 'bridge' });
  });

  it('tells the moment in which an exercise is solved, once', () => {
    const progress = new CourseProgress(new Preferences(storage()));
    expect(progress.see(view(['file', 'up']))).toBe(false);
    expect(progress.see(view(['file', 'up', 'talk'], true))).toBe(true);
    expect(progress.see(view(['file', 'up', 'talk'], true))).toBe(false);
  });

  it('tells of a change only when there is one', () => {
    const progress = new CourseProgress(new Preferences(storage()));
    progress.see(view(['file']));
    const before = progress.changed.value;
    progress.see(view(['file']));
    expect(progress.changed.value).toBe(before);
  });

  it('counts for nothing where what was kept is damaged', () => {
    const kept = storage();
    kept.items.set('bridgewalk.progress-default', '{"done":[1,"file"],"solved":"yes","predictions":[');
    expect(new CourseProgress(new Preferences(kept)).of('default').done).toEqual([]);
    kept.items.set('bridgewalk.progress-other', '{"done":[1,"file"],"solved":"yes","predictions":{"a":1}}');
    expect(new CourseProgress(new Preferences(kept)).of('other')).toEqual({
      done: ['file'],
      solved: false,
      passed: [],
      predictions: {},
      answers: {},
    });
  });
});
