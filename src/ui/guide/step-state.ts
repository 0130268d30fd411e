import type { Exercise, Step } from '../../scenario/course/exercise.ts';
import type { ExerciseReport } from '../../scenario/course/report.ts';
import type { ExerciseProgress } from './course-progress.ts';

/** Whether a check was satisfied, at this visit or an earlier one. */
export const isSatisfied = (check: string, progress: ExerciseProgress, report: ExerciseReport | null): boolean =>
  progress.done.includes(check) || report?.checks[check] === 'satisfied';

/**
 * Whether a step is behind the learner: all its checks are satisfied; one without checks, when its commands were run or any later
 * check is satisfied.
 */
export function isStepDone(
  exercise: Exercise,
  step: Step,
  progress: ExerciseProgress,
  report: ExerciseReport | null,
): boolean {
  if (progress.solved) return true;
  if (step.checks.length > 0) return step.checks.every(({ id }) => isSatisfied(id, progress, report));
  if (progress.passed.includes(step.id)) return true;
  const later = exercise.steps.slice(exercise.steps.indexOf(step) + 1);
  return later.some(
    ({ id, checks }) => progress.passed.includes(id) || checks.some((check) => isSatisfied(check.id, progress, report)),
  );
}

/** The step that the learner is at; null: all are done. */
export function currentStep(
  exercise: Exercise,
  progress: ExerciseProgress,
  report: ExerciseReport | null,
): Step | null {
  return exercise.steps.find((step) => !isStepDone(exercise, step, progress, report)) ?? null;
}

/** How many predictions came true, of those that were made and answered. */
export function scoreOf({ predictions, answers }: ExerciseProgress): { readonly right: number; readonly all: number } {
  const answered = Object.keys(predictions).filter((question) => answers[question] !== undefined);
  return { right: answered.filter((id) => predictions[id] === answers[id]).length, all: answered.length };
}
