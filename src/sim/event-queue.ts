import { type Duration, MICROSECOND, type SimTime } from './clock.ts';
import { EventLane } from './event-lane.ts';
import type { RecordId, Trace } from './trace.ts';

/** What an event wakes. One object serves many events; what differs travels as `argument`, so no event needs a closure. */
export interface EventTarget<T> {
  fire(argument: T): void;
}

/** Events due so soon go to the short lane if they come in order, as frames on their cables do: all of them take equally long. */
const NEAR: Duration = 4 * MICROSECOND;

/**
 * The one queue of the machine: events ordered by (time, sequence), a binary heap over parallel arrays, and beside it a ring
 * of those near ones that came in order, which need no sorting.
 * An event remembers the trace record that caused it, and restores it as the current cause when it fires.
 */
export class EventQueue {
  now: SimTime = 0;
  /** How many events have fired. */
  fired = 0;
  private readonly lane = new EventLane<EventTarget<never>>();
  private size = 0;
  private sequence = 0;
  private times = new Float64Array(1024);
  private sequences = new Float64Array(1024);
  private causes = new Float64Array(1024);
  private targets: (EventTarget<never> | null)[] = [];
  private arguments: unknown[] = [];

  constructor(readonly trace: Trace) {}

  get length(): number {
    return this.size + this.lane.size;
  }

  /** When the next event is due, or Infinity. */
  get nextTime(): SimTime {
    const first = this.size === 0 ? Number.POSITIVE_INFINITY : (this.times[0] as number);
    return this.lane.size > 0 && this.lane.time < first ? this.lane.time : first;
  }

  after<T>(delay: Duration, target: EventTarget<T>, argument: T): void {
    this.at(this.now + delay, target, argument);
  }

  at<T>(time: SimTime, target: EventTarget<T>, argument: T): void {
    const { lane } = this;
    if (time - this.now <= NEAR && time >= lane.lastTime) {
      lane.push(time, this.sequence++, this.trace.cause, target as EventTarget<never>, argument);
      return;
    }
    if (this.size === this.times.length) this.grow();
    const sequence = this.sequence++;
    let hole = this.size++;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if ((this.times[parent] as number) <= time) break;
      this.move(parent, hole);
      hole = parent;
    }
    this.times[hole] = time;
    this.sequences[hole] = sequence;
    this.causes[hole] = this.trace.cause;
    this.targets[hole] = target as EventTarget<never>;
    this.arguments[hole] = argument;
  }

  /** Fires the next event. The caller has looked that there is one. */
  step(): void {
    if (this.laneIsNext()) this.stepLane();
    else this.stepHeap();
  }

  private laneIsNext(): boolean {
    const { lane } = this;
    if (lane.size === 0) return false;
    if (this.size === 0) return true;
    const first = this.times[0] as number;
    return lane.time < first || (lane.time === first && lane.sequence < (this.sequences[0] as number));
  }

  private stepLane(): void {
    const { lane } = this;
    const target = lane.target as EventTarget<unknown>;
    const { argument } = lane;
    this.now = lane.time;
    this.trace.cause = lane.cause;
    lane.removeFirst();
    this.fired++;
    target.fire(argument);
  }

  private stepHeap(): void {
    const target = this.targets[0] as EventTarget<unknown>;
    const argument = this.arguments[0];
    this.now = this.times[0] as number;
    this.trace.cause = this.causes[0] as RecordId;
    this.removeFirst();
    this.fired++;
    target.fire(argument);
  }

  /** Fires all that is due up to and including `time`; the clock then stands at `time`. */
  runUntil(time: SimTime): void {
    while (this.nextTime <= time) this.step();
    if (time > this.now) this.now = time;
  }

  private removeFirst(): void {
    const last = --this.size;
    const time = this.times[last] as number;
    const sequence = this.sequences[last] as number;
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= last) break;
      if (child + 1 < last && this.precedes(child + 1, child)) child++;
      const childTime = this.times[child] as number;
      if (childTime > time || (childTime === time && (this.sequences[child] as number) > sequence)) break;
      this.move(child, hole);
      hole = child;
    }
    this.move(last, hole);
    this.targets[last] = null;
    this.arguments[last] = undefined;
  }

  private precedes(a: number, b: number): boolean {
    const difference = (this.times[a] as number) - (this.times[b] as number);
    return difference < 0 || (difference === 0 && (this.sequences[a] as number) < (this.sequences[b] as number));
  }

  private move(from: number, to: number): void {
    this.times[to] = this.times[from] as number;
    this.sequences[to] = this.sequences[from] as number;
    this.causes[to] = this.causes[from] as number;
    this.targets[to] = this.targets[from] as EventTarget<never>;
    this.arguments[to] = this.arguments[from];
  }

  private grow(): void {
    const wider = (old: Float64Array) => {
      const array = new Float64Array(old.length * 2);
      array.set(old);
      return array;
    };
    this.times = wider(this.times);
    this.sequences = wider(this.sequences);
    this.causes = wider(this.causes);
  }
}
