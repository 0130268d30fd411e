import type { SimTime } from '../../sim/clock.ts';
import type { TraceFeed } from '../feed/trace-feed.ts';
import type { Lab } from '../lab.ts';
import type { ViewMoment } from '../messages.ts';
import type { Projector } from '../view/projector.ts';

/** How many namespaces are looked at, at most, between two reports while packets pass, and how many more with every report. */
const MOST_GLANCES = 240;
const GLANCES_PER_REPORT = 3;
/** Looking takes as long as so many events. */
const EVENTS_PER_GLANCE = 10;

/**
 * What the view comes to between two reports. While packets pass the tables are looked at after each of their steps, as far as that isn't
 * too dear: whoever looks back sees them as they were then, and not as they were once all had passed.
 */
export class Moments {
  private moments: ViewMoment[] = [];
  private glances = MOST_GLANCES;

  constructor(
    private readonly lab: Lab,
    private readonly feed: TraceFeed,
    private readonly projector: Projector,
  ) {}

  /** Lets time pass, at most so many events of it; whether the time was reached. */
  advance(time: SimTime, events: number): boolean {
    const { lab, feed, projector } = this;
    const { trace, queue } = lab.world;
    let left = events;
    while (left > 0 && this.glances > 0 && queue.nextTime <= time) {
      const before = trace.length;
      queue.step();
      left--;
      const namespaces = feed.steppedIn(before);
      if (namespaces.size === 0) continue;
      this.moments.push({ time: lab.now, patches: projector.glance(namespaces) });
      this.glances -= namespaces.size;
      left -= EVENTS_PER_GLANCE;
    }
    return lab.advanceUpTo(time, Math.max(0, left));
  }

  /** All of them up to now. */
  take(): readonly ViewMoment[] {
    const { lab, projector, moments } = this;
    const patches = projector.update();
    if (patches.length > 0) moments.push({ time: lab.now, patches });
    this.moments = [];
    this.glances = Math.min(MOST_GLANCES, this.glances + GLANCES_PER_REPORT);
    return moments;
  }
}
