import type { Card, CoursePage } from '../../scenario/course/course.ts';
import type { Exercise, Input, Step } from '../../scenario/course/exercise.ts';
import type { ExerciseReport } from '../../scenario/course/report.ts';
import type { FromMachine } from '../../lab/messages.ts';
import type { Route } from '../app/route.ts';
import { loadCard, loadChallenge, loadExercise } from '../course/course-data.ts';
import type { LabSession } from '../session/lab-session.ts';
import { Signal } from '../session/signal.ts';
import { pageAt } from './course-pages.ts';
import type { CourseProgress } from './course-progress.ts';

/** What the guide shows. */
export type OpenPage =
  | { readonly kind: 'exercise'; readonly page: CoursePage; readonly exercise: Exercise }
  | { readonly kind: 'challenge'; readonly page: CoursePage; readonly exercise: Exercise }
  | { readonly kind: 'card'; readonly page: CoursePage; readonly card: Card }
  | { readonly kind: 'sandbox' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'missing' };

/** Inputs that are being played: which they are, and how far they have come. */
export interface Play {
  readonly inputs: readonly Input[];
  readonly position: number;
  readonly stuck: Extract<FromMachine, { readonly say: 'playing' }>['stuck'];
}

/** Keeps guide and machine together: which page is open, what the machine's examiner says of it, and what is being played. */
export class CourseDesk {
  readonly open = new Signal<OpenPage>({ kind: 'loading' });
  readonly play = new Signal<Play | null>(null);
  /** How many actions of each step were done, in their order. */
  readonly actionsDone = new Signal<ReadonlyMap<Step, number>>(new Map());
  /** The exercise that has just been solved. */
  readonly solved = new Signal<Exercise | null>(null);

  constructor(
    readonly session: LabSession,
    readonly progress: CourseProgress,
    private readonly route: Signal<Route>,
  ) {
    route.watch(() => void this.turn());
    session.ready.watch(() => this.examine());
    session.live.watch(({ exercise }) => exercise && this.see(exercise));
    session.terminals.watch(() => this.arrive());
    session.machine.listen((message) => this.hear(message));
    void this.turn();
  }

  /** The exercise of the page that is open: its own, or a card's trial. */
  get exercise(): Exercise | null {
    return exerciseOf(this.open.value);
  }

  /** What the machine says of that exercise; null as long as it looks at none, or another one. */
  get report(): ExerciseReport | null {
    const report = this.session.live.value.exercise;
    return report && report.exercise === this.exercise?.id ? report : null;
  }

  run(inputs: readonly Input[]): void {
    this.play.set({ inputs, position: 0, stuck: null });
    this.session.machine.send({ do: 'play', inputs });
  }

  actionsDoneOf(step: Step): number {
    return this.actionsDone.value.get(step) ?? 0;
  }

  /** An action of a step was done: the next one is the one behind it, and behind the last one comes the next step. */
  countAction(step: Step, input: Input): void {
    const done = step.actions.indexOf(input) + 1;
    this.actionsDone.set(new Map(this.actionsDone.value).set(step, done));
    if (done === step.actions.length && this.exercise) this.progress.pass(this.exercise.id, step.id);
  }

  stop(): void {
    this.session.machine.send({ do: 'stop-playing' });
    this.play.set(null);
  }

  /** Begins the open exercise again: nothing of it counts as done. */
  forget(): void {
    if (this.exercise) this.progress.forget(this.exercise.id);
    this.actionsDone.set(new Map());
  }

  private async turn(): Promise<void> {
    const route = this.route.value;
    const open = await openPage(route);
    // Somebody who turns pages fast is at another one by now.
    if (this.route.value !== route) return;
    this.open.set(open);
    this.examine();
    this.arrive();
  }

  /** A terminal may stand in the exercise's folder, whoever led it there. */
  private arrive(): void {
    const { exercise } = this;
    if (!exercise) return;
    const folder = `/home/user/${exercise.folder}`;
    if (!Object.values(this.session.terminals.value).some((terminal) => terminal.folder === folder)) return;
    for (const { id, isArrival } of exercise.steps) if (isArrival) this.progress.pass(exercise.id, id);
  }

  /** The machine looks at the exercise that is open, unless it does so already: looking anew would forget what it has seen. */
  private examine(): void {
    const { session, exercise } = this;
    if (!session.ready.value || this.open.value.kind === 'loading') return;
    if ((session.live.value.exercise?.exercise ?? null) === (exercise?.id ?? null)) return;
    session.machine.send({ do: 'exercise', exercise });
  }

  private see(report: ExerciseReport): void {
    if (this.progress.see(report) && report.exercise === this.exercise?.id) this.solved.set(this.exercise);
  }

  private hear(message: FromMachine): void {
    if (message.say === 'begin-again') this.play.set(null);
    if (message.say !== 'playing' || !this.play.value) return;
    const { position, stuck, done } = message;
    this.play.set(done && stuck === null ? null : { ...this.play.value, position, stuck });
  }
}

const exerciseOf = (open: OpenPage): Exercise | null =>
  open.kind === 'exercise' || open.kind === 'challenge' ? open.exercise : open.kind === 'card' ? open.card.trial : null;

async function openPage(route: Route): Promise<OpenPage> {
  if (route.page === 'sandbox') return { kind: 'sandbox' };
  const page = pageAt(route);
  if (!page) return { kind: 'missing' };
  try {
    if (page.page === 'challenge') return { kind: 'challenge', page, exercise: await loadChallenge(page) };
    return page.page === 'exercise'
      ? { kind: 'exercise', page, exercise: await loadExercise(page) }
      : { kind: 'card', page, card: await loadCard(page) };
  } catch (error) {
    console.error(error);
    return { kind: 'missing' };
  }
}
