import type { SimTime } from '../../sim/clock.ts';
import type { Reading } from '../course/reading.ts';
import type { HostView } from '../host-view.ts';

/** `unknown`: it has to be tried out first. */
export type Answer = boolean | 'unknown';

/** One named predicate: how its arguments are read, and whether it holds. */
export interface Predicate<Args> {
  readonly name: string;
  parse(args: Reading): Args;
  /** @param since what happened before that time is no answer */
  holds(args: Args, view: HostView, since: SimTime): Answer;
}

/** A condition, ready to be asked. */
export type Question = (view: HostView, since: SimTime) => Answer;

/** A predicate whose arguments nobody outside needs to know. */
export interface AnyPredicate {
  readonly name: string;
  bind(args: Reading): Question;
}

export function definePredicate<Args>(predicate: Predicate<Args>): AnyPredicate {
  return {
    name: predicate.name,
    bind: (data) => {
      const args = predicate.parse(data);
      return (view, since) => predicate.holds(args, view, since);
    },
  };
}
