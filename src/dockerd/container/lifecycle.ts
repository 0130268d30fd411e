import { createMachine, initialTransition, transition } from 'xstate';
import { type Chart, chartOf } from '../chart.ts';

/** The life of a container, as a chart (daemon/container/state.go): what the state is, and which events lead where. */
export const lifecycle = createMachine({
  id: 'container',
  initial: 'created',
  states: {
    // A start that fails leaves it as it was: `docker ps` goes on to say "Created".
    created: { on: { start: 'running', fail: 'created', remove: 'removing' } },
    running: { on: { pause: 'paused', exit: 'exited', restart: 'restarting', remove: 'removing' } },
    paused: { on: { unpause: 'running', exit: 'exited' } },
    restarting: { on: { start: 'running', exit: 'exited', fail: 'exited', remove: 'removing' } },
    exited: { on: { start: 'running', fail: 'exited', remove: 'removing' } },
    removing: { on: { removed: 'dead', fail: 'dead' } },
    dead: { on: { remove: 'removing' } },
  },
});

export type ContainerState = 'created' | 'running' | 'paused' | 'restarting' | 'exited' | 'removing' | 'dead';
export type LifecycleEvent = 'start' | 'pause' | 'unpause' | 'exit' | 'restart' | 'fail' | 'remove' | 'removed';

type Snapshot = ReturnType<typeof initialTransition<typeof lifecycle>>[0];

/** Where one container is on the chart. */
export class Lifecycle {
  private snapshot: Snapshot = initialTransition(lifecycle)[0];

  get state(): ContainerState {
    return this.snapshot.value as ContainerState;
  }

  get running(): boolean {
    return this.state === 'running' || this.state === 'paused';
  }

  /** The whole chart, for whoever draws it around the present state. */
  static get chart(): Chart {
    return chartOf(lifecycle);
  }

  send(type: LifecycleEvent): void {
    this.snapshot = transition(lifecycle, this.snapshot, { type })[0];
  }
}
