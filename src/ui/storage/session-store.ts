import { createStore, del, entries, set, type UseStore } from 'idb-keyval';
import type { LoggedInput, SessionStart } from '../../lab/messages.ts';
import { Signal } from '../session/signal.ts';
import { readSession, type SavedSession } from './saved-session.ts';

/** Sessions that nobody has gone on with are let go, the oldest first. */
const MOST_KEPT = 12;
const DATABASE = 'bridgewalk';

/** What storage can't do for us at the moment. */
export type StorageTrouble = 'blocked' | 'full' | null;

/**
 * Keeps one session's input log in IndexedDB, so that a reload, a crash or a closed tab lose nothing. A session belongs to one tab at a
 * time, by a lock that the browser lets go when the tab has gone: another tab begins its own. Where storage is blocked or full the
 * lab works on, and `trouble` says so.
 */
export class SessionStore {
  readonly trouble = new Signal<StorageTrouble>(null);
  private session: SavedSession;
  private writing = false;
  /** Something has changed since the writing that is under way began. */
  private changed = false;
  private store: UseStore | null = null;

  private constructor(fresh: SavedSession) {
    this.session = fresh;
  }

  /**
   * Goes on with the latest session that no other tab has, or begins one.
   * @param fresh how a new one begins
   */
  static async open(fresh: Pick<SavedSession, 'seed' | 'startDate'>): Promise<SessionStore> {
    const opened = new SessionStore({
      ...fresh,
      id: newId(),
      files: {},
      rescue: {},
      log: [],
      time: 0,
      changed: fresh.startDate,
    });
    try {
      opened.store = createStore(DATABASE, 'sessions');
      const saved = (await entries(opened.store)).flatMap(([, value]) => readSession(value) ?? []);
      saved.sort((a, b) => b.changed - a.changed);
      for (const { id } of saved.slice(MOST_KEPT)) await del(id, opened.store);
      for (const session of saved.slice(0, MOST_KEPT)) {
        if (!(await claim(session.id))) continue;
        opened.session = session;
        return opened;
      }
      await claim(opened.session.id);
    } catch {
      opened.store = null;
      opened.trouble.set('blocked');
    }
    return opened;
  }

  /** Whether there is something to go on with. */
  get hasPast(): boolean {
    return this.session.log.length > 0;
  }

  get id(): string {
    return this.session.id;
  }

  /** How the machine is to begin. */
  start(exercises: SessionStart['exercises']): SessionStart {
    const { seed, startDate, files, rescue, log, time } = this.session;
    return { seed, startDate, files, rescue, exercises, log, time };
  }

  /** Exercises that the log opens, by id. */
  get exercises(): readonly string[] {
    return [
      ...new Set(this.session.log.flatMap((each) => ('exercise' in each && each.exercise ? [each.exercise] : []))),
    ];
  }

  /** Takes in what the machine says about its log. */
  append(entries: readonly LoggedInput[], from: number, time: number): void {
    this.change({ log: [...this.session.log.slice(0, from), ...entries], time });
  }

  /** Keeps the home folder apart from the log. */
  keepFiles(rescue: SavedSession['rescue']): void {
    this.change({ rescue });
  }

  /** The log could not be followed: the host has begun again with the files that were kept apart. */
  beginAgain(): void {
    this.change({ files: this.session.rescue, log: [], time: 0 });
  }

  /** At once, so that nothing is lost with the page; what changes while it is written is written next. */
  private change(change: Partial<SavedSession>): void {
    this.session = { ...this.session, ...change, changed: Date.now() };
    this.changed = true;
    if (!this.writing) void this.write();
  }

  private async write(): Promise<void> {
    this.writing = true;
    while (this.changed && this.store !== null) {
      this.changed = false;
      try {
        await set(this.session.id, this.session, this.store);
        this.trouble.set(null);
      } catch (error) {
        this.trouble.set(error instanceof DOMException && error.name === 'QuotaExceededError' ? 'full' : 'blocked');
      }
    }
    this.writing = false;
  }
}

const newId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Takes a session for this tab, for as long as the tab lives; whether it was free. Where there are no locks everything is free. */
function claim(id: string): Promise<boolean> {
  if (!('locks' in navigator)) return Promise.resolve(true);
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(`bridgewalk session ${id}`, { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        // Held until the tab goes.
        return lock === null ? undefined : new Promise<never>(() => {});
      })
      .catch(reject);
  });
}
