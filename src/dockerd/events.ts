import { WaitQueue } from '../kernel/process/wait-queue.ts';

/** One line of `docker events`, in the API's form. */
export interface EngineEvent {
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
  readonly list: EngineEvent[] = [];
  dropped = 0;

  constructor(private readonly date: () => number) {}

  emit(type: string, action: string, id: string, attributes: Readonly<Record<string, string>>): void {
    const now = this.date();
    this.list.push({
      Type: type,
      Action: action,
      Actor: { ID: id, Attributes: attributes },
      scope: 'local',
      time: Math.floor(now / 1000),
      timeNano: now * 1e6,
    });
    if (this.list.length > MOST) this.dropped += this.list.splice(0, this.list.length - MOST).length;
    this.changed.wake();
  }
}
