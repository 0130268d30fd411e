import type { Diagnosis } from '../../lab/messages.ts';
import type { Machine } from '../session/machine.ts';
import { Signal } from '../session/signal.ts';
import type { Drafts } from './drafts.ts';

/** A file that lies open: what the host has, and what is being written. */
export interface OpenFile {
  readonly path: string;
  /** null: the host has no such file (yet, or any longer). */
  readonly saved: string | null;
  readonly text: string;
  /** The host's file has changed while this one was being written. */
  readonly conflict: boolean;
  readonly diagnoses: readonly Diagnosis[];
  /** Why the last saving failed: an errno's name. */
  readonly failed: string | null;
}

export const isDirty = ({ saved, text }: OpenFile): boolean => text !== (saved ?? '');
export const isCompose = (path: string): boolean => /\.ya?ml$/.test(path);

/**
 * The files that lie open in the editor. What is typed is kept as a draft at once, and goes to the host when it is saved; what commands of
 * the host change shows here unless somebody is writing there.
 */
export class FileDesk {
  readonly files = new Signal<readonly OpenFile[]>([]);
  readonly active = new Signal<string | null>(null);

  constructor(
    private readonly machine: Pick<Machine, 'ask'>,
    private readonly drafts: Drafts,
  ) {}

  get activeFile(): OpenFile | null {
    return this.find(this.active.value);
  }

  find(path: string | null): OpenFile | null {
    return this.files.value.find((file) => file.path === path) ?? null;
  }

  /** Opens a file, or shows it if it lies open; one that isn't there is made by its first saving. */
  async open(path: string): Promise<void> {
    if (!this.find(path)) {
      const saved = await this.read(path);
      if (this.find(path)) return;
      const draft = this.drafts.get(path);
      const text = draft ?? saved ?? '';
      const file: OpenFile = { path, saved, text, conflict: false, diagnoses: [], failed: null };
      this.files.set([...this.files.value, file]);
      void this.diagnose(path);
    }
    this.active.set(path);
  }

  /** What was typed. */
  write(path: string, text: string): void {
    const file = this.find(path);
    if (!file || file.text === text) return;
    this.change(path, { text });
    if (text === (file.saved ?? '')) this.drafts.delete(path);
    else this.drafts.set(path, text);
    void this.diagnose(path);
  }

  /** Gives a file to the host; whether that could be done. */
  async save(path: string): Promise<boolean> {
    const file = this.find(path);
    if (!file) return false;
    if (!isDirty(file) && file.saved !== null) return true;
    const { text } = file;
    const written = await this.machine.ask({ ask: 'write', path, content: text });
    if (!written.ok) {
      this.change(path, { failed: written.error });
      return false;
    }
    this.change(path, { saved: text, conflict: false, failed: null });
    if (this.find(path)?.text === text) this.drafts.delete(path);
    return true;
  }

  async saveAll(): Promise<void> {
    for (const file of this.files.value) if (isDirty(file)) await this.save(file.path);
  }

  /** Lays a file away. What was not saved stays as a draft. */
  close(path: string): void {
    const at = this.files.value.findIndex((file) => file.path === path);
    const left = this.files.value.filter((file) => file.path !== path);
    this.files.set(left);
    if (this.active.value === path) this.active.set((left[at] ?? left.at(-1))?.path ?? null);
  }

  /** Takes what the host has in place of what was written. */
  revert(path: string): void {
    const file = this.find(path);
    if (!file) return;
    this.drafts.delete(path);
    this.change(path, { text: file.saved ?? '', conflict: false });
    void this.diagnose(path);
  }

  /** Something on the host has changed: looks again at what lies open. */
  async refresh(): Promise<void> {
    for (const { path } of this.files.value) {
      const now = await this.read(path);
      const file = this.find(path);
      if (!file || now === file.saved) continue;
      if (isDirty(file) && now !== file.text) this.change(path, { saved: now, conflict: true });
      else this.change(path, { saved: now, text: now ?? file.text, conflict: false });
    }
  }

  private async read(path: string): Promise<string | null> {
    const text = await this.machine.ask({ ask: 'read', path });
    return text.ok ? text.value : null;
  }

  private async diagnose(path: string): Promise<void> {
    const text = this.find(path)?.text;
    if (text === undefined || !isCompose(path) || text.trim() === '') {
      this.change(path, { diagnoses: [] });
      return;
    }
    const diagnoses = await this.machine.ask({ ask: 'diagnose', path, text });
    // An answer about an older text is none.
    if (this.find(path)?.text === text) this.change(path, { diagnoses });
  }

  private change(path: string, change: Partial<OpenFile>): void {
    this.files.set(this.files.value.map((file) => (file.path === path ? { ...file, ...change } : file)));
  }
}
