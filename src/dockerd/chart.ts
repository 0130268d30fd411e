import type { AnyStateMachine } from 'xstate';

/** A state machine as a chart to draw: its states, and which event leads where. */
export interface Chart {
  readonly id: string;
  readonly initial: string;
  readonly states: readonly { readonly name: string; readonly transitions: readonly Transition[] }[];
}

interface Transition {
  readonly event: string;
  readonly to: string;
}

/** The chart of a machine without nested states. */
export function chartOf(machine: AnyStateMachine): Chart {
  const states = Object.values(machine.root.states);
  return {
    id: machine.id,
    initial: machine.root.initial.target[0]?.key ?? '',
    states: states.map(({ key, transitions }) => ({
      name: key,
      transitions: [...transitions.values()]
        .flat()
        .map(({ eventType, target }) => ({ event: eventType, to: target?.[0]?.key ?? key })),
    })),
  };
}
