import type { PropertyValues } from 'lit';
import type { Signal } from '../session/signal.ts';
import { LightElement } from './light-element.ts';

type Watched = Pick<Signal<unknown>, 'watch'>;

/** Renders again whenever one of its signals changes, as long as it is in the page. */
export abstract class WatchedElement extends LightElement {
  private stops: (() => void)[] = [];
  private watching = false;

  /** What it shows, beside its properties, which are set by then. */
  protected abstract watched(): readonly Watched[];

  override connectedCallback(): void {
    super.connectedCallback();
    // It may have been taken out of the page and put in again; the first time, its first update begins to watch.
    if (this.hasUpdated) this.watch();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.stops) stop();
    this.stops = [];
    this.watching = false;
  }

  protected override update(changed: PropertyValues): void {
    // An element whose code comes late has no properties before its first update.
    if (!this.watching) this.watch();
    super.update(changed);
  }

  /** Something else to be undone when it leaves the page. */
  protected until(stop: () => void): void {
    this.stops.push(stop);
  }

  private watch(): void {
    this.watching = true;
    for (const signal of this.watched()) this.until(signal.watch(() => this.requestUpdate()));
  }
}
