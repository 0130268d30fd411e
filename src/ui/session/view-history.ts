import type { LabView } from '../../lab/view/lab-view.ts';
import type { SimTime } from '../../lab/feed/feed.ts';

/** How many views are kept for looking back: they share most of their parts. */
const MOST = 2000;

/** The views that the page has had, by time: what the picture and the tables show when the playhead stands in the past. */
export class ViewHistory {
  private readonly views: LabView[] = [];

  push(view: LabView): void {
    this.views.push(view);
    if (this.views.length > MOST) this.views.splice(0, MOST / 4);
  }

  clear(): void {
    this.views.length = 0;
  }

  /** The view that held at a time: the first one taken at or after it, since a view is taken after what it shows. */
  at(time: SimTime): LabView | undefined {
    let [low, high] = [0, this.views.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.views[middle] as LabView).time < time) low = middle + 1;
      else high = middle;
    }
    return this.views[low] ?? this.views.at(-1);
  }
}
