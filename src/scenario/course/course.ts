import type { Exercise, Mistake } from './exercise.ts';
import type { Localized } from './text.ts';

/** The table of contents (`scenarios/course.yaml`): small enough to be there from the first moment. */
export interface Course {
  readonly chapters: readonly Chapter[];
  /** Those that aren't one exercise's own. */
  readonly mistakes: readonly Mistake[];
}

export interface Chapter {
  readonly id: string;
  readonly title: Localized;
  readonly pages: readonly CoursePage[];
}

/** Where a page's data lies, below `scenarios/`; it is loaded when it is opened. */
export interface CoursePage {
  readonly page: 'exercise' | 'card' | 'challenge';
  readonly id: string;
  readonly file: string;
  readonly title: Localized;
}

/** A short text with something to try (`scenarios/cards/<id>.yaml`). */
export interface Card {
  readonly id: string;
  /** What is often read, where the card puts it to the test. */
  readonly claim: Localized | null;
  readonly text: Localized;
  /** Something to play with that the page brings along. */
  readonly play: 'subnets' | null;
  /** To be done in the lab like a small exercise; its `outcome` says what Docker does. */
  readonly trial: Exercise | null;
}

/** An exercise or challenge of the course, in which the mistakes that can be made everywhere are seen as well. */
export const inCourse = (exercise: Exercise, { mistakes }: Course): Exercise => ({
  ...exercise,
  mistakes: [...mistakes, ...exercise.mistakes],
});
