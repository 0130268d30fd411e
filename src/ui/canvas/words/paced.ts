import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Playback } from '../playhead/playback.ts';

/** Milliseconds between two renderings while the story plays by itself: faster nobody reads. */
const PACE = 250;

/** Renders an element again as the story goes on: at once when it is stepped, now and then while it plays. */
export class Paced implements ReactiveController {
  private stop: () => void = () => {};
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly playback: Playback,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.stop = this.playback.changed.watch(() => this.hear());
  }

  hostDisconnected(): void {
    this.stop();
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  private hear(): void {
    if (!this.playback.playhead.playing) {
      this.host.requestUpdate();
      return;
    }
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.host.requestUpdate();
    }, PACE);
  }
}
