import { LitElement } from 'lit';
import type { LabSession } from '../session/lab-session.ts';
import type { Signal } from '../session/signal.ts';
import type { Language } from '../words/catalog.ts';

type Watched = Pick<Signal<unknown>, 'watch'>;

/** How often what grows all the time is taken in, in milliseconds. */
const PACE = 150;

/** The same signal at a pace that can be read: the trace grows with every frame. */
export function paced(signal: Watched): Watched {
  return {
    watch(watcher) {
      let pending: ReturnType<typeof setTimeout> | undefined;
      const stop = signal.watch((value) => {
        pending ??= setTimeout(() => {
          pending = undefined;
          watcher(value);
        }, PACE);
      });
      return () => {
        clearTimeout(pending);
        stop();
      };
    },
  };
}

/** An element that shows a part of the session, and renders again whenever what it watches changes, as long as it is in the page. */
export abstract class SessionElement extends LitElement {
  static override readonly properties = { session: { attribute: false } };
  declare session: LabSession;
  private stops: (() => void)[] = [];

  /** What it shows, besides the language. */
  protected abstract watched(session: LabSession): readonly Watched[];

  protected get language(): Language {
    return this.session.language.value;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.watchAgain();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stop();
  }

  override willUpdate(changed: ReadonlyMap<PropertyKey, unknown>): void {
    if (changed.has('session')) this.watchAgain();
  }

  /** Without a session there is nothing to show yet. */
  protected override shouldUpdate(): boolean {
    return this.session !== undefined;
  }

  private watchAgain(): void {
    this.stop();
    if (!this.isConnected || this.session === undefined) return;
    const { session } = this;
    this.stops = [session.language, ...this.watched(session)].map((signal) => signal.watch(() => this.requestUpdate()));
  }

  private stop(): void {
    for (const stop of this.stops) stop();
    this.stops = [];
  }
}
