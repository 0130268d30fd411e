import { err, ok, type Result } from '../base/result.ts';
import type { SimTime } from '../sim/clock.ts';
import type { World } from '../world/world.ts';
import { ComposeFiles } from './compose-file.ts';
import { ruleThatDrops } from './conditions/reach.ts';
import { compileCondition } from './conditions/compile.ts';
import type { Question as Ask } from './conditions/predicate.ts';
import { checksOf, type Condition, type Exercise } from './course/exercise.ts';
import type { CheckState, ExerciseReport } from './course/report.ts';
import { Observer } from './evidence/observer.ts';
import { HostView } from './host-view.ts';
import { ProbeBook } from './probes/probe-book.ts';
import { Progress } from './progress.ts';

/** Something to be asked once the checks before it are satisfied. */
interface Asking {
  readonly id: string;
  readonly after: readonly string[];
  readonly ask: Ask;
}

interface Asked {
  readonly checks: readonly Asking[];
  readonly questions: readonly {
    readonly id: string;
    readonly after: readonly string[];
    readonly choices: readonly { readonly id: string; readonly ask: Ask }[];
  }[];
  readonly mistakes: readonly (Asking & { readonly until: string | null })[];
}

/**
 * Watches a world while somebody does an exercise in it: which checks are satisfied, which mistakes can be seen, what has become
 * of the predictions. It only looks, and only when it is told to: a few times a second, and whenever `isDue`. Looking at the
 * same moments of the same session, it reports the same.
 */
export class Examiner {
  /** What its conditions want to be tried out. */
  readonly probes = new ProbeBook();
  private readonly progress: Progress;
  private readonly observer: Observer;
  private readonly composeFiles: ComposeFiles;
  private readonly answers = new Map<string, string>();
  private mistakes: Asked['mistakes'] = [];
  /** Checks of a challenge that hold now. */
  private holding: ReadonlySet<string> = new Set();
  private pending = false;
  /** What is satisfied now wasn't yet at this time, which is all that is known of when it became so. */
  private lastLook: SimTime;
  private report: ExerciseReport;

  private constructor(
    private readonly exercise: Exercise,
    private readonly world: World,
    private readonly folder: string,
    private readonly asked: Asked,
  ) {
    this.progress = new Progress(checksOf(exercise));
    this.observer = new Observer(world);
    this.composeFiles = new ComposeFiles(folder);
    this.lastLook = world.queue.now;
    this.report = { exercise: exercise.id, checks: {}, mistakes: [], answers: {}, values: {}, solved: false };
  }

  /**
   * Begins to watch; what happened before doesn't count.
   * @param home absolute path of the folder that exercises lie in
   */
  static start(exercise: Exercise, world: World, home: string): Result<Examiner, string> {
    const asked = askedBy(exercise);
    return asked.ok ? ok(new Examiner(exercise, world, `${home}/${exercise.folder}`, asked.value)) : asked;
  }

  /** Whether it has to look at once, lest what happened gets lost. */
  get isDue(): boolean {
    return this.observer.isDue;
  }

  /** Whether a look a little later may find something new though nothing more happens: at the last one, the host was still on its way. */
  get isPending(): boolean {
    return this.pending;
  }

  /** Looks at the world as it is now. */
  look(): ExerciseReport {
    this.observer.look();
    const view = new HostView(this.world, this.folder, this.observer, this.composeFiles, this.probes);
    if (this.exercise.together) this.lookAtAll(view);
    else this.lookAtChecks(view);
    this.lookAtQuestions(view);
    // On its way from one state to the next the host may look mistaken.
    if (view.settled) this.lookForMistakes(view);
    this.pending = !view.settled;
    this.lastLook = this.world.queue.now;
    this.report = unlessSame(this.report, {
      exercise: this.exercise.id,
      checks: this.states(),
      mistakes: this.mistakes
        .filter(({ until }) => until === null || !this.progress.isSatisfied(until))
        .map(({ id }) => id),
      answers: Object.fromEntries(this.answers),
      values: this.valuesIn(view),
      solved: this.progress.solved,
    });
    return this.report;
  }

  /** A check that is satisfied may open others, which are looked at in turn. */
  private lookAtChecks(view: HostView): void {
    for (let again = true; again; ) {
      again = false;
      for (const { id, after, ask } of this.asked.checks) {
        if (this.progress.stateOf(id) !== 'open' || ask(view, this.progress.since(after)) !== true) continue;
        this.progress.satisfy(id, this.lastLook);
        again = true;
      }
    }
  }

  /** Of a challenge: all have to hold at one moment. One that is being tried out is shown as it was. */
  private lookAtAll(view: HostView): void {
    const answers = this.asked.checks.map(({ id, ask }) => [id, ask(view, -1)] as const);
    this.holding = new Set(
      answers.flatMap(([id, answer]) => ((answer === 'unknown' ? this.holding.has(id) : answer) ? [id] : [])),
    );
    if (this.progress.solved || !answers.every(([, answer]) => answer === true)) return;
    for (const [id] of answers) this.progress.satisfy(id, this.lastLook);
  }

  private states(): Record<string, CheckState> {
    const states = this.progress.states();
    for (const id of this.holding) if (states[id] === 'open') states[id] = 'holding';
    return states;
  }

  /** The first choice that comes true is the answer. */
  private lookAtQuestions(view: HostView): void {
    for (const { id, after, choices } of this.asked.questions) {
      if (this.answers.has(id) || !after.every((check) => this.progress.isSatisfied(check))) continue;
      const answer = choices.find(({ ask }) => ask(view, this.progress.since(after)) === true);
      if (answer) this.answers.set(id, answer.id);
    }
  }

  private lookForMistakes(view: HostView): void {
    const before = this.mistakes;
    this.mistakes = this.asked.mistakes.filter((mistake) => {
      if (!mistake.after.every((check) => this.progress.isSatisfied(check))) return false;
      const answer = mistake.ask(view, this.progress.since(mistake.after));
      // As long as it is being tried out, what is shown stays.
      return answer === 'unknown' ? before.includes(mistake) : answer;
    });
  }

  private valuesIn(view: HostView): Record<string, string> {
    return Object.fromEntries(
      Object.entries(this.exercise.values).flatMap(([name, { addressOf, ruleAgainst }]) => {
        const container = addressOf === null ? undefined : view.running(addressOf);
        const value = ruleAgainst ? ruleThatDrops(view, ruleAgainst) : container ? view.addressOf(container) : '';
        return value === '' ? [] : [[name, value]];
      }),
    );
  }
}

/** Makes all conditions of an exercise askable. */
function askedBy(exercise: Exercise): Result<Asked, string> {
  const problems: string[] = [];
  const ask = (condition: Condition, of: string): Ask => {
    const compiled = compileCondition(condition);
    if (compiled.ok) return compiled.value;
    problems.push(`${of}: ${compiled.error}`);
    return () => false;
  };
  const asked: Asked = {
    checks: checksOf(exercise).map(({ id, after, when }) => ({ id, after, ask: ask(when, `check ${id}`) })),
    questions: exercise.steps
      .flatMap((step) => step.questions)
      .map(({ id, after, choices }) => ({
        id,
        after,
        choices: choices.map((choice) => ({ id: choice.id, ask: ask(choice.when, `question ${id}`) })),
      })),
    mistakes: exercise.mistakes.map(({ id, after, until, when }) => ({
      id,
      after,
      until,
      ask: ask(when, `mistake ${id}`),
    })),
  };
  return problems.length === 0 ? ok(asked) : err(problems.join('\n'));
}

/** Reports are compared by what they say: a new object means that something is new. */
const unlessSame = (before: ExerciseReport, now: ExerciseReport): ExerciseReport =>
  JSON.stringify(before) === JSON.stringify(now) ? before : now;
