import { createMachine, initialTransition, transition } from 'xstate';
import { type ContainerState, LIFECYCLE } from './lifecycle-chart.ts';

const lifecycle = createMachine(LIFECYCLE);

export type { ContainerState };
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

  send(type: LifecycleEvent): void {
    this.snapshot = transition(lifecycle, this.snapshot, { type })[0];
  }
}
