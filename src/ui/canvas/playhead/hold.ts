import type { SimTime } from '../../../lab/feed/feed.ts';
import type { LabSession } from '../../session/lab-session.ts';

/** How much of the machine's time a hop forward lets pass at most, in nanoseconds; doubled while nothing happens. */
const FIRST_SLICE = 1e5;
const LONGEST_SLICE = 1e9;
/** Milliseconds between two slices while it plays. */
const EVERY = 60;

/** Ties the machine to the playhead: it moves only when what it did has been seen. */
export class Hold {
  on = false;
  private until: SimTime = 0;
  private slice = FIRST_SLICE;
  private waited = 0;

  constructor(private readonly session: LabSession) {}

  set(on: boolean): void {
    if (on === this.on) return;
    this.on = on;
    this.until = this.session.live.value.time;
    this.slice = FIRST_SLICE;
    this.session.machine.send({ do: 'hold', until: on ? this.until : null });
  }

  /** It plays and everything has been shown: the machine may go on a little. */
  advance(milliseconds: number, speed: number): void {
    if (!this.on) return;
    this.waited += milliseconds * speed;
    if (this.waited < EVERY) return;
    this.waited = 0;
    this.step();
  }

  /** Lets the machine go on by a slice, a longer one each time that nothing came of it. */
  step(): void {
    if (!this.on) return;
    this.until = Math.max(this.until, this.session.live.value.time) + this.slice;
    this.slice = Math.min(LONGEST_SLICE, this.slice * 2);
    this.session.machine.send({ do: 'hold', until: this.until });
  }

  /** Something happened: small steps again. */
  heard(): void {
    this.slice = FIRST_SLICE;
  }
}
