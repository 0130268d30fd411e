import type { ExerciseReport } from '../../scenario/course/report.ts';
import type { Preferences } from '../session/preferences.ts';
import { Signal } from '../session/signal.ts';

/** What a learner has got done in one exercise, over all visits. */
export interface ExerciseProgress {
  /** Checks that were satisfied once. */
  readonly done: readonly string[];
  readonly solved: boolean;
  /** Steps whose commands were run, or that were put aside: for those without checks. */
  readonly passed: readonly string[];
  /** What was predicted: question to choice. */
  readonly predictions: Readonly<Record<string, string>>;
  /** What the world answered. */
  readonly answers: Readonly<Record<string, string>>;
}

const NOTHING: ExerciseProgress = { done: [], solved: false, passed: [], predictions: {}, answers: {} };

/** The learner's way through the course. It is kept apart from the machine, so that starting over takes nothing away. */
export class CourseProgress {
  /** Grows with every change. */
  readonly changed = new Signal(0);
  private readonly byExercise = new Map<string, ExerciseProgress>();

  constructor(private readonly preferences: Preferences) {}

  of(exercise: string): ExerciseProgress {
    let progress = this.byExercise.get(exercise);
    if (!progress) this.byExercise.set(exercise, (progress = readProgress(this.preferences.get(nameOf(exercise)))));
    return progress;
  }

  /** Takes over what the machine's examiner has found; true: the exercise has just been solved. */
  see({ exercise, checks, answers, solved }: ExerciseReport): boolean {
    const before = this.of(exercise);
    const fresh = Object.keys(checks).filter((id) => checks[id] === 'satisfied' && !before.done.includes(id));
    const answered = Object.keys(answers).some((id) => before.answers[id] !== answers[id]);
    const solvedNow = solved && !before.solved;
    if (fresh.length > 0 || answered || solvedNow)
      this.set(exercise, {
        ...before,
        done: [...before.done, ...fresh],
        solved: before.solved || solved,
        answers: { ...before.answers, ...answers },
      });
    return solvedNow;
  }

  pass(exercise: string, step: string): void {
    const before = this.of(exercise);
    if (!before.passed.includes(step)) this.set(exercise, { ...before, passed: [...before.passed, step] });
  }

  predict(exercise: string, question: string, choice: string): void {
    const before = this.of(exercise);
    this.set(exercise, { ...before, predictions: { ...before.predictions, [question]: choice } });
  }

  /** Forgets what was done in an exercise, to do it again. */
  forget(exercise: string): void {
    this.set(exercise, NOTHING);
  }

  private set(exercise: string, progress: ExerciseProgress): void {
    this.byExercise.set(exercise, progress);
    this.preferences.set(nameOf(exercise), JSON.stringify(progress));
    this.changed.set(this.changed.value + 1);
  }
}

const nameOf = (exercise: string) => `progress-${exercise}`;

/** What storage holds may be of another build, or damaged: then it counts for nothing. */
function readProgress(text: string | null): ExerciseProgress {
  try {
    const data: unknown = JSON.parse(text ?? 'null');
    if (typeof data !== 'object' || data === null) return NOTHING;
    const { done, solved, passed, predictions, answers } = data as Partial<Record<keyof ExerciseProgress, unknown>>;
    return {
      done: listOf(done),
      solved: solved === true,
      passed: listOf(passed),
      predictions: textsOf(predictions),
      answers: textsOf(answers),
    };
  } catch {
    return NOTHING;
  }
}

const listOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((id): id is string => typeof id === 'string') : [];

function textsOf(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
