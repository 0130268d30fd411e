import type { Localized } from './text.ts';

/**
 * An exercise as data (`scenarios/<folder>/exercise.yaml`). All of it is plain JSON: it crosses the wall to the machine's Worker
 * as it is. Texts are sources for `parseText`; commands and texts may hold `{{value}}`, see `fillIn`.
 */
export interface Exercise {
  readonly id: string;
  /** Below the host's home: `4-network/1-default`. */
  readonly folder: string;
  readonly aim: Localized;
  /** Files that are there when it begins: path below `folder` to content. */
  readonly files: Readonly<Record<string, string>>;
  /** What `{{name}}` stands for, once the world knows it. */
  readonly values: Readonly<Record<string, ExerciseValue>>;
  /** Carried out in their order, they solve it. */
  readonly steps: readonly Step[];
  readonly mistakes: readonly Mistake[];
  /** A challenge: it is solved when all its checks hold at one moment, and until then each is shown as it is now. */
  readonly together: boolean;
  /** What to take away, shown when it is solved. */
  readonly outcome: Localized;
}

/** Something that only the running world knows. */
export interface ExerciseValue {
  /** The address of the container that plays this part; see conditions/part.ts. */
  readonly addressOf: Part | null;
  /** The rule that drops the packets of somebody who tries to connect. */
  readonly ruleAgainst: { readonly from: Part; readonly at: string; readonly port: number } | null;
  /** Shown as long as it isn't known. */
  readonly label: Localized;
}

export interface Step {
  readonly id: string;
  readonly title: Localized;
  readonly text: Localized;
  /** To be answered before the step's commands are run. */
  readonly questions: readonly Question[];
  readonly actions: readonly Input[];
  /** Shown below the actions: what there is to notice in what they printed. */
  readonly notice: Localized | null;
  readonly checks: readonly Check[];
  /** It only leads to the exercise's folder: done once a terminal stands there, however it came there. */
  readonly isArrival: boolean;
}

/** Something that the learner does, or the solution when it plays itself. */
export type Input =
  | {
      readonly do: 'run';
      readonly line: string;
      readonly terminal: TerminalName;
      /** The command goes on running: nobody waits for its end. */
      readonly stays: boolean;
      /** What it is for, beside the run button. */
      readonly note: Localized | null;
    }
  /** Typed into whatever runs there, with Enter. */
  | { readonly do: 'type'; readonly text: string; readonly terminal: TerminalName }
  | { readonly do: 'key'; readonly key: Key; readonly terminal: TerminalName }
  /** A file to edit, relative to the exercise's folder, and what it has to become. */
  | { readonly do: 'write'; readonly path: string; readonly content: string }
  /** The browser pane, on the host or on another machine of its LAN. */
  | { readonly do: 'visit'; readonly url: string; readonly from: 'host' | 'lan' }
  | { readonly do: 'wait'; readonly seconds: number };

export const TERMINAL_NAMES = ['first', 'second', 'third'] as const;
export type TerminalName = (typeof TERMINAL_NAMES)[number];
export const KEYS = ['C-c', 'C-d', 'Enter'] as const;
export type Key = (typeof KEYS)[number];

/** Something that has to become true. It stays satisfied from then on, whatever the world does. */
export interface Check {
  readonly id: string;
  readonly label: Localized;
  readonly when: Condition;
  /** Checks that have to be satisfied before this one is looked at; what it looks for has to happen after them. */
  readonly after: readonly string[];
  /** A nudge, a pointer, the way itself; none on a card. */
  readonly hints: readonly [] | readonly [Localized, Localized, Localized];
}

/** "Predict first": the right choice is the one whose condition comes true. */
export interface Question {
  readonly id: string;
  readonly text: Localized;
  readonly choices: readonly Choice[];
  /** Why it is so, shown together with what happened. */
  readonly because: Localized;
  /** Checks that come before it: what happened before them doesn't answer it. */
  readonly after: readonly string[];
}

export interface Choice {
  readonly id: string;
  readonly text: Localized;
  readonly when: Condition;
}

/** A state of the world that many learners come to, and what helps there. Shown as long as it lasts. */
export interface Mistake {
  readonly id: string;
  readonly when: Condition;
  /** Checks that come before it: it is not looked for earlier. */
  readonly after: readonly string[];
  /** Not shown any more once this check is satisfied; null: as long as the world is so. */
  readonly until: string | null;
  readonly hint: Localized;
}

/** A named predicate with its arguments, or several of them; `conditions/` knows the names. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | { readonly is: string; readonly with: Readonly<Record<string, unknown>> };

/** Who plays a part: a service's name, which a container without compose may bear as its own name. */
export type Part = string;

/** All checks of an exercise, in their order. */
export const checksOf = (exercise: Exercise): readonly Check[] => exercise.steps.flatMap((step) => step.checks);

/** The solution: what all steps say, done in their order. */
export const solutionOf = (exercise: Exercise): readonly Input[] => exercise.steps.flatMap((step) => step.actions);

/** A text with its `{{values}}` filled in; those that aren't known yet become what `unknown` says. */
export function fillIn(
  text: string,
  values: Readonly<Record<string, string>>,
  unknown: (name: string) => string,
): string {
  return text.replace(/\{\{([\w.-]+)\}\}/g, (_, name: string) => values[name] ?? unknown(name));
}
