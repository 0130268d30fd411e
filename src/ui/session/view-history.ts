import type { HopRecord, PlaceData, RecordId, SimTime } from '../../lab/feed/feed.ts';
import type { LabView } from '../../lab/view/lab-view.ts';

/** How many views are kept for looking back: they share most of their parts. */
const MOST = 6000;

/** A view, and until when it held at least. */
interface Taken {
  time: SimTime;
  readonly view: LabView;
}

/** The views that the page has had, by time: what the picture and the tables show when the playhead stands in the past. */
export class ViewHistory {
  private taken: Taken[] = [];
  /** For each view the last record before it that tells of something which it has no more. */
  private readonly lastOfGone = new WeakMap<LabView, RecordId>();

  /** Where there are too many, every other one of the older half is let go. @param time when it was taken */
  push(view: LabView, time: SimTime): void {
    const last = this.taken.at(-1);
    if (last?.view === view) {
      last.time = time;
      return;
    }
    this.taken.push({ time, view });
    if (this.taken.length > MOST) this.taken = this.taken.filter((_, i) => i % 2 === 0 || i >= MOST / 2);
  }

  clear(): void {
    this.taken = [];
  }

  /** The last view taken before a time, else the first one. */
  before(time: SimTime): LabView | undefined {
    return this.taken[Math.max(0, this.firstFrom(time) - 1)]?.view;
  }

  /**
   * The view that shows what a record tells of. A view is taken after what it shows, so that is the first one since; unless what the
   * record tells of, or what a later one does, was taken away before anybody looked: then it is the last one before.
   * @param records all that there are, in order
   */
  of(record: HopRecord, records: readonly HopRecord[]): LabView | undefined {
    const index = this.firstFrom(record.time);
    const [before, after] = [this.taken[index - 1], this.taken[index]];
    if (!before || !after) return (after ?? before)?.view;
    const isGone = record.id <= this.lastGone(before, after, records) && shows(before.view, record.place);
    return isGone ? before.view : after.view;
  }

  private lastGone(before: Taken, after: Taken, records: readonly HopRecord[]): RecordId {
    const known = this.lastOfGone.get(after.view);
    if (known !== undefined) return known;
    let found = -1;
    for (let i = firstWhere(records, ({ time }) => time > after.time) - 1; i >= 0 && found === -1; i--) {
      const { id, time, place } = records[i] as HopRecord;
      if (time <= before.time) break;
      if (!shows(after.view, place) && shows(before.view, place)) found = id;
    }
    this.lastOfGone.set(after.view, found);
    return found;
  }

  private firstFrom(time: SimTime): number {
    return firstWhere(this.taken, (each) => each.time >= time);
  }
}

/** Whether a place is there. */
export function shows({ namespaces }: LabView, place: PlaceData): boolean {
  const namespace = namespaces[place.namespace];
  return namespace !== undefined && (place.kind !== 'device' || Object.hasOwn(namespace.devices, place.device));
}

/** The index of the first item from which on it holds. */
function firstWhere<T>(items: readonly T[], holds: (item: T) => boolean): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(items[middle] as T)) high = middle;
    else low = middle + 1;
  }
  return low;
}
