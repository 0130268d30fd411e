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

/** What a state machine without nested states is made of. */
interface Definition {
  readonly id: string;
  readonly initial: string;
  readonly states: Readonly<Record<string, { readonly on: Readonly<Record<string, string>> }>>;
}

/** The chart of a machine, from what the machine itself is made of. */
export const chartOf = ({ id, initial, states }: Definition): Chart => ({
  id,
  initial,
  states: Object.entries(states).map(([name, { on }]) => ({
    name,
    transitions: Object.entries(on).map(([event, to]) => ({ event, to })),
  })),
});
