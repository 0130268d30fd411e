import { assign, initialTransition, setup, transition } from 'xstate';
import type { SimTime } from '../sim/clock.ts';
import type { Check } from './course/exercise.ts';
import type { CheckState } from './course/report.ts';

/** From which time on each satisfied check may have been so. */
interface Context {
  readonly satisfiedAt: Readonly<Record<string, SimTime>>;
}

interface SatisfyEvent {
  readonly type: 'satisfy';
  readonly check: string;
  readonly at: SimTime;
}

const parts = setup({
  types: {} as { context: Context; events: SatisfyEvent },
  guards: {
    allSatisfied: ({ context }, { checks }: { readonly checks: readonly string[] }) =>
      checks.every((check) => check in context.satisfiedAt),
    isAbout: ({ event }, { check }: { readonly check: string }) => event.check === check,
  },
  actions: {
    note: assign({ satisfiedAt: ({ context, event }) => ({ ...context.satisfiedAt, [event.check]: event.at }) }),
  },
});

/** How far a learner is: one region for each check, side by side; the exercise is solved when all have reached their end. */
function progressMachine(checks: readonly Check[]) {
  return parts.createMachine({
    id: 'exercise',
    type: 'parallel',
    context: { satisfiedAt: {} },
    states: Object.fromEntries(
      checks.map(({ id, after }) => [
        id,
        {
          initial: 'waiting',
          states: {
            waiting: { always: { guard: { type: 'allSatisfied', params: { checks: after } }, target: 'open' } },
            open: {
              on: {
                satisfy: { guard: { type: 'isAbout', params: { check: id } }, target: 'satisfied', actions: 'note' },
              },
            },
            satisfied: { type: 'final' },
          },
        },
      ]),
    ),
  });
}

type Machine = ReturnType<typeof progressMachine>;

/** Where one learner is on that chart. */
export class Progress {
  private readonly machine: Machine;
  private snapshot: ReturnType<typeof initialTransition<Machine>>[0];

  constructor(private readonly checks: readonly Check[]) {
    this.machine = progressMachine(checks);
    this.snapshot = initialTransition(this.machine)[0];
  }

  stateOf(check: string): CheckState {
    return (this.snapshot.value as Readonly<Record<string, CheckState>>)[check] as CheckState;
  }

  get solved(): boolean {
    return this.snapshot.status === 'done';
  }

  isSatisfied(check: string): boolean {
    return check in this.snapshot.context.satisfiedAt;
  }

  /** What happened up to then is no answer to something that comes after these checks. */
  since(after: readonly string[]): SimTime {
    return Math.max(-1, ...after.map((check) => this.snapshot.context.satisfiedAt[check] ?? -1));
  }

  satisfy(check: string, at: SimTime): void {
    this.snapshot = transition(this.machine, this.snapshot, { type: 'satisfy', check, at })[0];
  }

  /** Every check with its state, in the order of the exercise. */
  states(): Record<string, CheckState> {
    return Object.fromEntries(this.checks.map(({ id }) => [id, this.stateOf(id)]));
  }
}
