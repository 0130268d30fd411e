import type { Duration, SimTime } from './clock.ts';
import type { EventQueue, EventTarget } from './event-queue.ts';

/** What a timer wakes. */
export interface TimerOwner {
  onTimer(timer: Timer): void;
}

/**
 * One alarm that can be set, moved and cleared as often as TCP does it: moving it later costs nothing,
 * because an event that comes too early only sets the next one.
 */
export class Timer implements EventTarget<number> {
  private deadline: SimTime = Number.POSITIVE_INFINITY;
  private queued: SimTime = Number.POSITIVE_INFINITY;
  private generation = 0;

  constructor(
    private readonly queue: EventQueue,
    private readonly owner: TimerOwner,
  ) {}

  get armed(): boolean {
    return this.deadline !== Number.POSITIVE_INFINITY;
  }

  /** When it will ring, or Infinity. */
  get due(): SimTime {
    return this.deadline;
  }

  arm(delay: Duration): void {
    this.deadline = this.queue.now + delay;
    if (this.queued <= this.deadline) return;
    this.queued = this.deadline;
    this.queue.at(this.deadline, this, ++this.generation);
  }

  cancel(): void {
    this.deadline = Number.POSITIVE_INFINITY;
  }

  fire(generation: number): void {
    if (generation !== this.generation) return;
    this.queued = Number.POSITIVE_INFINITY;
    if (this.deadline > this.queue.now) {
      if (this.armed) {
        this.queued = this.deadline;
        this.queue.at(this.deadline, this, ++this.generation);
      }
      return;
    }
    this.deadline = Number.POSITIVE_INFINITY;
    this.owner.onTimer(this);
  }
}
