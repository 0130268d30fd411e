import type { SimTime } from './clock.ts';

/** Few events are under way at a time, and a short ring stays in the processor's nearest cache however often it goes round. */
const FIRST_LENGTH = 64;

/** Events that came in the order in which they are due: a ring over parallel arrays. */
export class EventLane<Target> {
  size = 0;
  /** When the last one that was ever put here is due. */
  lastTime: SimTime = 0;
  private head = 0;
  private mask = FIRST_LENGTH - 1;
  private times = new Float64Array(FIRST_LENGTH);
  private sequences = new Float64Array(FIRST_LENGTH);
  private causes = new Float64Array(FIRST_LENGTH);
  private targets: (Target | null)[] = emptySlots(FIRST_LENGTH);
  private arguments: unknown[] = emptySlots(FIRST_LENGTH);

  push(time: SimTime, sequence: number, cause: number, target: Target, argument: unknown): void {
    if (this.size > this.mask) this.grow();
    const slot = (this.head + this.size++) & this.mask;
    this.lastTime = time;
    this.times[slot] = time;
    this.sequences[slot] = sequence;
    this.causes[slot] = cause;
    this.targets[slot] = target;
    this.arguments[slot] = argument;
  }

  get time(): SimTime {
    return this.times[this.head] as number;
  }

  get sequence(): number {
    return this.sequences[this.head] as number;
  }

  get cause(): number {
    return this.causes[this.head] as number;
  }

  get target(): Target {
    return this.targets[this.head] as Target;
  }

  get argument(): unknown {
    return this.arguments[this.head];
  }

  removeFirst(): void {
    this.targets[this.head] = null;
    this.arguments[this.head] = null;
    this.head = (this.head + 1) & this.mask;
    this.size--;
  }

  private grow(): void {
    const { head, mask, size } = this;
    const order = Array.from({ length: size }, (_, i) => (head + i) & mask);
    const wider = (old: Float64Array) => {
      const array = new Float64Array(old.length * 2);
      for (const [i, slot] of order.entries()) array[i] = old[slot] as number;
      return array;
    };
    const { targets, arguments: given } = this;
    this.times = wider(this.times);
    this.sequences = wider(this.sequences);
    this.causes = wider(this.causes);
    this.targets = emptySlots(size * 2);
    this.arguments = emptySlots(size * 2);
    for (const [i, slot] of order.entries()) {
      this.targets[i] = targets[slot] as Target;
      this.arguments[i] = given[slot];
    }
    this.mask = 2 * size - 1;
    this.head = 0;
  }
}

/** An array without holes, so that V8 keeps its elements packed. */
function emptySlots(length: number): null[] {
  return Array.from({ length }, () => null);
}
