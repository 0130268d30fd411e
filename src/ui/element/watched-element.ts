import type { Signal } from '../session/signal.ts';
import { LightElement } from './light-element.ts';

type Watched = Pick<Signal<unknown>, 'watch'>;

/** Renders again whenever one of its signals changes, as long as it is in the page. Its properties are set before it comes there. */
export abstract class WatchedElement extends LightElement {
  private stops: (() => void)[] = [];

  /** What it shows, beside its properties. */
  protected abstract watched(): readonly Watched[];

  override connectedCallback(): void {
    super.connectedCallback();
    this.stops = this.watched().map((signal) => signal.watch(() => this.requestUpdate()));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.stops) stop();
    this.stops = [];
  }

  /** Something else to be undone when it leaves the page. */
  protected until(stop: () => void): void {
    this.stops.push(stop);
  }
}
