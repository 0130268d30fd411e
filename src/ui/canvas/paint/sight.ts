import type { Stage } from './stage.ts';

/** Tells the stage how large it is, whether it is in sight, and whether it was clicked last. */
export class Sight {
  private readonly stop = new AbortController();
  private readonly resized: ResizeObserver;
  private readonly seen: IntersectionObserver;
  private inSight = true;

  constructor(owner: HTMLElement, surface: HTMLElement, stage: Stage) {
    const { signal } = this.stop;
    const look = () => stage.show(this.inSight && !document.hidden);
    this.resized = new ResizeObserver(() => stage.resize(surface.clientWidth, surface.clientHeight));
    this.resized.observe(surface);
    this.seen = new IntersectionObserver(([entry]) => {
      this.inSight = entry?.isIntersecting ?? true;
      look();
    });
    this.seen.observe(owner);
    document.addEventListener('visibilitychange', look, { signal });
    surface.addEventListener('pointerup', () => (stage.active = true), { signal });
    document.addEventListener(
      'pointerdown',
      (event) => {
        if (!event.composedPath().includes(owner)) stage.active = false;
      },
      { signal },
    );
    look();
  }

  close(): void {
    this.stop.abort();
    this.resized.disconnect();
    this.seen.disconnect();
  }
}
