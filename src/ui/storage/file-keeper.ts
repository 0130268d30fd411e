import type { Machine } from '../session/machine.ts';
import type { SessionStore } from './session-store.ts';

/** After a change others usually follow at once, in milliseconds. */
const DELAY = 1500;

/** Keeps the home folder's files beside the session's log: they outlive a log that another build can't follow. */
export class FileKeeper {
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(
    private readonly machine: Machine,
    private readonly store: SessionStore,
  ) {}

  filesChanged(): void {
    this.timer ??= setTimeout(() => void this.keep(), DELAY);
  }

  private async keep(): Promise<void> {
    this.timer = null;
    this.store.keepFiles(await this.machine.ask({ ask: 'home-files' }));
  }
}
