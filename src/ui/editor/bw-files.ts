import { html, nothing, type TemplateResult } from 'lit';
import { WatchedElement } from '../element/watched-element.ts';
import type { LabSession } from '../session/lab-session.ts';
import { Signal } from '../session/signal.ts';
import { bringUp, upCommand } from './bring-up.ts';
import './bw-file-tree.ts';
import { Drafts } from './drafts.ts';
import './editor.css';
import { FileDesk, isCompose, isDirty, type OpenFile } from './file-desk.ts';
import { FileTree } from './file-tree.ts';
import { PlainSurface } from './plain-surface.ts';
import { lineOf, type Surface } from './surface.ts';
import { type EditorWords, WORDS } from './words.ts';

const HOME = '/home/user';

/** The host's files: a tree, those that lie open, the text of one of them, and what is wrong with it. */
export class BwFiles extends WatchedElement {
  static override properties = {
    session: { attribute: false },
    treeShown: { state: true },
    surfaceState: { state: true },
  };
  declare session: LabSession;
  declare treeShown: boolean;
  declare surfaceState: 'none' | 'loading' | 'there' | 'plain';
  private desk!: FileDesk;
  private tree!: FileTree;
  private surface: Surface | null = null;
  private readonly told = new Signal('');
  /** The text that was last asked about. */
  private planned: string | null = null;

  constructor() {
    super();
    this.treeShown = true;
    this.surfaceState = 'none';
  }

  override connectedCallback(): void {
    const { machine } = this.session;
    this.desk ??= new FileDesk(machine, new Drafts(storageOfPage()));
    this.tree ??= new FileTree(machine, HOME);
    super.connectedCallback();
    this.until(
      machine.listen((message) => {
        if (message.say === 'files-changed' || message.say === 'ready') void this.look();
      }),
    );
    this.until(this.desk.files.watch(() => void this.plan()));
    this.until(this.desk.active.watch(() => void this.plan()));
    this.until(this.session.file.watch((place) => place && void this.openPlace(place)));
    this.until(this.session.scheme.watch(() => this.dress()));
    this.until(this.session.language.watch(() => this.dress()));
    this.until(this.session.live.watch(({ exercise }) => this.showFolderOf(exercise?.exercise ?? null)));
    void this.look();
    if (this.session.file.value) void this.openPlace(this.session.file.value);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.surface?.dispose();
    this.surface = null;
    this.surfaceState = 'none';
  }

  protected override watched() {
    return [this.desk.files, this.desk.active, this.session.language, this.told];
  }

  private get words(): EditorWords {
    return WORDS[this.session.language.value];
  }

  protected override render(): TemplateResult {
    const { words, desk } = this;
    const file = desk.activeFile;
    return html`
      <div class="files" @focusout=${this.leave}>
        ${this.treeShown && !file ? nothing : this.renderBar(file)}
        ${file?.conflict ? this.renderConflict(file) : nothing}
        <div class="files-body">
          <bw-file-tree id="file-tree" ?hidden=${!this.treeShown} .session=${this.session} .tree=${this.tree}
            .active=${desk.active.value}
            @open-file=${({ detail }: CustomEvent<string>) => void this.open(detail)}
            @renamed=${({ detail }: CustomEvent<{ from: string; to: string }>) => void this.renamed(detail)}
            @removed=${({ detail }: CustomEvent<string>) => desk.close(detail)}
            @tell=${({ detail }: CustomEvent<string>) => this.tell(detail)}></bw-file-tree>
          <div class="file-text" id="file-text" role=${file ? 'tabpanel' : nothing}
            aria-label=${file ? nameOf(file.path) : nothing}>
            ${file ? nothing : html`<p class="quiet file-none">${words.nothingOpen}</p>`}
            ${this.surfaceState === 'loading' ? html`<p class="quiet file-none">${words.loading}</p>` : nothing}
            <div class="surface" ?hidden=${!file}></div>
            ${file ? this.renderProblems(file) : nothing}
          </div>
        </div>
        <p class="visually-hidden" role="status">${this.told.value}</p>
      </div>
    `;
  }

  private renderBar(file: OpenFile | null): TemplateResult {
    const { words, desk } = this;
    return html`<div class="files-bar">
        <button class="icon-button" aria-expanded=${String(this.treeShown)} aria-controls="file-tree"
          title=${this.treeShown ? words.hideTree : words.showTree} aria-label=${this.treeShown ? words.hideTree : words.showTree}
          @click=${() => (this.treeShown = !this.treeShown)}><span aria-hidden="true">☰</span></button>
        <div class="file-tabs" role="tablist" aria-label=${words.openFiles} @keydown=${this.moveAlongTabs}>
          ${desk.files.value.map((each) => this.renderTab(each))}
        </div>
        ${file ? this.renderActions(file) : nothing}
    </div>`;
  }

  private renderTab(file: OpenFile): TemplateResult {
    const { words, desk } = this;
    const active = file.path === desk.active.value;
    return html`<button role="tab" class="tab file-tab" aria-selected=${String(active)} aria-controls="file-text" tabindex=${active ? 0 : -1}
        title=${file.path} @click=${() => void this.open(file.path)}>
      ${nameOf(file.path)}${isDirty(file) ? html`<span class="file-dirty" title=${words.unsaved}><span aria-hidden="true">●</span><span class="visually-hidden">${words.unsaved}</span></span>` : nothing}
    </button>`;
  }

  private renderActions(file: OpenFile): TemplateResult {
    const { words } = this;
    const closing = words.close(nameOf(file.path));
    return html`<span class="file-actions">
      <button class="button" ?disabled=${!isDirty(file) && file.saved !== null} title="Ctrl+S" @click=${() => void this.save(file.path)}>${words.save}</button>
      ${
        isCompose(file.path)
          ? html`<button class="button primary" title=${words.bringUpWith(upCommand(file.path))} @click=${() => void this.bringUp(file.path)}>${words.bringUp}</button>`
          : nothing
      }
      <button class="icon-button" aria-label=${closing} title=${closing} @click=${() => this.desk.close(file.path)}><span aria-hidden="true">×</span></button>
    </span>`;
  }

  private renderConflict({ path }: OpenFile): TemplateResult {
    const { words, desk } = this;
    return html`<p class="file-conflict" role="alert">${words.conflict}
      <button class="button" @click=${() => desk.revert(path)}>${words.takeTheirs}</button>
      <button class="button" @click=${() => void this.save(path)}>${words.keepMine}</button></p>`;
  }

  private renderProblems({ path, text, diagnoses, failed }: OpenFile): TemplateResult {
    const { words } = this;
    return html`<div class="problems" role="group" aria-label=${words.problems(diagnoses.length)}>
      ${failed === null ? nothing : html`<p class="problem error">${words.failed(nameOf(path), failed)}</p>`}
      ${diagnoses.map(({ from, severity, message, face }) => {
        const line = lineOf(text, from);
        return html`<button class="problem ${severity}" @click=${() => this.surface?.reveal(line)}>
          <span class="problem-mark" aria-hidden="true">${severity === 'error' ? '✕' : '!'}</span>
          <span class="problem-line">${words.line(line)}</span>
          <span class="problem-text">${message}</span>
          <span class="problem-face">${words.says(face)}</span>
        </button>`;
      })}
    </div>`;
  }

  protected override updated(): void {
    const file = this.desk.activeFile;
    if (!file) return;
    if (this.surfaceState === 'none') void this.mountSurface();
    this.surface?.show(file.path, file.text, this.words.editorOf(nameOf(file.path)));
    this.surface?.mark(file.diagnoses);
  }

  private async mountSurface(): Promise<void> {
    const parent = this.querySelector<HTMLElement>('.surface');
    if (!parent) return;
    this.surfaceState = 'loading';
    const events = {
      onInput: (path: string, text: string) => this.desk.write(path, text),
      onSave: () => void this.save(this.desk.active.value),
    };
    const plain = matchMedia('(pointer: coarse)').matches;
    try {
      const { MonacoSurface } = plain ? { MonacoSurface: null } : await import('./monaco-surface.ts');
      if (!this.isConnected) return;
      this.surface = MonacoSurface ? new MonacoSurface(parent, events) : new PlainSurface(parent, events);
      this.surfaceState = MonacoSurface ? 'there' : 'plain';
    } catch (error) {
      console.error(error);
      this.surface = new PlainSurface(parent, events);
      this.surfaceState = 'plain';
      this.tell(this.words.plainInstead);
    }
    this.dress();
    this.requestUpdate();
  }

  private dress(): void {
    this.surface?.dress({ scheme: this.session.scheme.value, language: this.session.language.value });
  }

  private async open(path: string): Promise<void> {
    await this.desk.open(path);
    // Where there is no room for both the text comes first.
    if (this.clientWidth < 520) this.treeShown = false;
  }

  private async openPlace({ path, line }: { readonly path: string; readonly line?: number }): Promise<void> {
    await this.open(path);
    await this.tree.reveal(parentOf(path));
    await this.updateComplete;
    if (line !== undefined) this.surface?.reveal(line);
  }

  /** Tells the page what the compose file that lies open would make. */
  private async plan(): Promise<void> {
    const file = this.desk.activeFile;
    const text = file && isCompose(file.path) ? file.text : null;
    if (text === this.planned) return;
    this.planned = text;
    const { machine, planned } = this.session;
    const outline =
      file && text !== null && text.trim() !== '' ? await machine.ask({ ask: 'outline', path: file.path, text }) : null;
    if (text === this.planned) planned.set(file && outline ? { path: file.path, outline } : null);
  }

  private async look(): Promise<void> {
    await Promise.all([this.desk.refresh(), this.tree.refresh()]);
  }

  private exercise: string | null = null;
  private showFolderOf(exercise: string | null): void {
    if (exercise === this.exercise) return;
    this.exercise = exercise;
    const folder = Object.values(this.session.live.value.terminals)[0]?.folder;
    if (folder) void this.tree.reveal(folder);
  }

  private async renamed({ from, to }: { readonly from: string; readonly to: string }): Promise<void> {
    if (!this.desk.find(from)) return;
    this.desk.close(from);
    await this.desk.open(to);
  }

  private async save(path: string | null): Promise<boolean> {
    const saved = path !== null && (await this.desk.save(path));
    if (saved) this.tell(this.words.saved(nameOf(path)));
    return saved;
  }

  private async bringUp(path: string): Promise<void> {
    await this.desk.saveAll();
    const inputs = bringUp(path, this.session.live.value.terminals);
    if (inputs) this.session.machine.send({ do: 'play', inputs });
    else this.tell(this.words.busy);
  }

  /** Whoever goes from the text to a terminal expects the file to be there. */
  private readonly leave = (event: FocusEvent) => {
    if (event.relatedTarget instanceof Node && this.contains(event.relatedTarget)) return;
    void this.desk.saveAll();
  };

  private tell(text: string): void {
    this.told.set(text);
    this.dispatchEvent(new CustomEvent('bw-tell', { detail: text, bubbles: true }));
  }

  private readonly moveAlongTabs = (event: KeyboardEvent) => {
    const paths = this.desk.files.value.map(({ path }) => path);
    const at = paths.indexOf(this.desk.active.value ?? '');
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: paths.length - 1 }[event.key];
    const path = to === undefined ? undefined : paths.at(to % paths.length);
    if (path === undefined) return;
    event.preventDefault();
    this.desk.active.set(path);
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('.file-tab[aria-selected="true"]')?.focus());
  };
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));

/** Merely touching it throws where a browser blocks it. */
function storageOfPage(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

customElements.define('bw-files', BwFiles);
