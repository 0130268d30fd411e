import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** A value that can be watched. Watchers hear of every change once, synchronously, in the order in which they came. */
export class Signal<T> {
  private readonly watchers = new Set<(value: T) => void>();

  constructor(private current: T) {}

  get value(): T {
    return this.current;
  }

  set(value: T): void {
    if (Object.is(value, this.current)) return;
    this.current = value;
    for (const watcher of [...this.watchers]) watcher(value);
  }

  /** The answer ends it. */
  watch(watcher: (value: T) => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }
}

/** Renders a Lit element again whenever one of the signals changes, as long as it is in the page. */
export class Watching implements ReactiveController {
  private stops: (() => void)[] = [];

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly signals: readonly Pick<Signal<unknown>, 'watch'>[],
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.stops = this.signals.map((signal) => signal.watch(() => this.host.requestUpdate()));
  }

  hostDisconnected(): void {
    for (const stop of this.stops) stop();
    this.stops = [];
  }
}
