import { WaitQueue } from '../kernel/process/wait-queue.ts';

/** One line of `docker events`, in the API's form. */
export interface EngineEvent {
  /** Names of older days for the action, the object and its image; containers and images have them still. */
  readonly status?: string;
  readonly id?: string;
  readonly from?: string;
  readonly Type: string;
  readonly Action: string;
  readonly Actor: { readonly ID: string; readonly Attributes: Readonly<Record<string, string>> };
  readonly scope: 'local';
  readonly time: number;
  readonly timeNano: number;
}

const MOST = 256;

/** What has happened in the engine, for those who follow it and for those who ask afterwards. */
export class Events {
  readonly changed = new WaitQueue();
  /** How many of the oldest have gone. */
  dropped = 0;
  private readonly kept: EngineEvent[] = [];

  /** @param date milliseconds since 1970, with what is finer behind the point */
  constructor(private readonly date: () => number) {}

  emit(type: string, action: string, id: string, attributes: Readonly<Record<string, string>>): void {
    const now = this.date();
    const old = type === 'container' || type === 'image';
    this.kept.push({
      ...(old && { status: action, id }),
      ...(type === 'container' && attributes['image'] && { from: attributes['image'] }),
      Type: type,
      Action: action,
      Actor: { ID: id, Attributes: attributes },
      scope: 'local',
      time: Math.floor(now / 1000),
      timeNano: Math.round(now * 1e6),
    });
    if (this.kept.length > MOST) this.dropped += this.kept.splice(0, this.kept.length - MOST).length;
    this.changed.wake();
  }

  /** How many there have been. */
  get length(): number {
    return this.dropped + this.kept.length;
  }

  /** The event of that number, counted from the first. */
  at(index: number): EngineEvent | undefined {
    return this.kept[index - this.dropped];
  }
}
