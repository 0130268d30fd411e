import { html, nothing, type TemplateResult } from 'lit';
import { WatchedElement } from '../element/watched-element.ts';
import type { LabSession } from '../session/lab-session.ts';
import type { FileTree, TreeRow } from './file-tree.ts';
import { type EditorWords, WORDS } from './words.ts';

/** What is being named: a new file or folder in a folder, or a file that gets another name. */
type Naming = { readonly kind: 'file' | 'folder' | 'rename'; readonly at: string };

/**
 * The host's folders as a tree (WAI-ARIA's pattern): arrows walk and open, Enter opens, F2 renames, Delete deletes. Events:
 * `open-file` with a path, `tell` with a text.
 */
export class BwFileTree extends WatchedElement {
  static override properties = {
    session: { attribute: false },
    tree: { attribute: false },
    active: {},
    at: { state: true },
    naming: { state: true },
    problem: { state: true },
  };
  declare session: LabSession;
  declare tree: FileTree;
  /** The path that lies open. */
  declare active: string | null;
  /** The row that the keyboard is at. */
  declare at: string | null;
  declare naming: Naming | null;
  declare problem: string;

  constructor() {
    super();
    this.at = null;
    this.naming = null;
    this.problem = '';
  }

  protected override watched() {
    return [this.tree.rows, this.session.language];
  }

  private get words(): EditorWords {
    return WORDS[this.session.language.value];
  }

  private get current(): TreeRow | undefined {
    const rows = this.tree.rows.value;
    return rows.find(({ path }) => path === (this.at ?? this.active)) ?? rows[0];
  }

  protected override render(): TemplateResult {
    const { words } = this;
    const rows = this.tree.rows.value;
    return html`
      <div class="tree-bar">
        <button class="button plain" @click=${() => this.name('file')}>${words.newFile}</button>
        <button class="button plain" @click=${() => this.name('folder')}>${words.newFolder}</button>
      </div>
      ${this.naming ? this.renderNaming(this.naming) : nothing}
      ${
        rows.length === 0
          ? html`<p class="quiet">${words.emptyFolder}</p>`
          : html`<ul class="tree" role="tree" aria-label=${words.tree} @keydown=${this.key}>
              ${rows.map((row) => this.renderRow(row))}
            </ul>`
      }
    `;
  }

  private renderRow(row: TreeRow): TemplateResult {
    const { words } = this;
    const isCurrent = row === this.current;
    return html`<li
      role="treeitem"
      class="tree-row"
      style=${`--level: ${row.level}`}
      aria-level=${row.level}
      aria-expanded=${row.folder ? String(row.open) : nothing}
      aria-selected=${row.path === this.active ? 'true' : 'false'}
      tabindex=${isCurrent ? 0 : -1}
      data-path=${row.path}
      @click=${() => this.choose(row)}
      @dblclick=${() => this.name('rename', row)}
      @focus=${() => (this.at = row.path)}
    >
      <span class="tree-mark" aria-hidden="true">${row.folder ? (row.open ? '▾' : '▸') : ''}</span>
      <span class="tree-name">${row.name}</span>
      ${
        isCurrent
          ? html`<span class="tree-actions">
            <button class="icon-button" tabindex="-1" title=${`${words.rename} (F2)`} aria-label=${words.rename} @click=${(event: Event) => this.act(event, () => this.name('rename', row))}>✎</button>
            <button class="icon-button" tabindex="-1" title=${`${words.remove} (Del)`} aria-label=${words.remove} @click=${(event: Event) => this.act(event, () => void this.delete(row))}>×</button>
          </span>`
          : nothing
      }
    </li>`;
  }

  private renderNaming({ kind, at }: Naming): TemplateResult {
    const { words } = this;
    const short = at.replace(/.*\//, '') || '/';
    const label = { file: words.newFileIn(short), folder: words.newFolderIn(short), rename: words.renameOf(short) }[
      kind
    ];
    return html`<form class="naming" @submit=${this.finishNaming}>
      <label>${label}<input name="name" autocomplete="off" autocapitalize="off" spellcheck="false"
        .value=${kind === 'rename' ? short : ''} aria-describedby="naming-problem" @keydown=${this.keyInNaming} /></label>
      <p id="naming-problem" class="naming-problem" role="alert">${this.problem}</p>
    </form>`;
  }

  /** Asks for a name. */
  private name(kind: Naming['kind'], row: TreeRow | undefined = this.current): void {
    if (kind === 'rename' && !row) return;
    const folder = row === undefined ? this.tree.root : row.folder ? row.path : parentOf(row.path);
    this.naming = { kind, at: kind === 'rename' ? (row as TreeRow).path : folder };
    this.problem = '';
    void this.updateComplete.then(() => {
      const input = this.querySelector<HTMLInputElement>('.naming input');
      input?.focus();
      input?.select();
    });
  }

  private readonly keyInNaming = (event: KeyboardEvent) => {
    if (event.key === 'Escape') this.endNaming();
    // The Enter that ends a composition is not meant for the form.
    if (event.key === 'Enter' && event.isComposing) event.preventDefault();
  };

  private readonly finishNaming = async (event: SubmitEvent) => {
    event.preventDefault();
    const { naming, words } = this;
    const name = String(new FormData(event.target as HTMLFormElement).get('name') ?? '').trim();
    if (!naming) return;
    if (name === '' || name.includes('/') || name === '.' || name === '..') {
      this.problem = words.badName;
      return;
    }
    const folder = naming.kind === 'rename' ? parentOf(naming.at) : naming.at;
    const path = `${folder}/${name}`;
    const beside = await this.session.machine.ask({ ask: 'list', folder });
    if (path !== naming.at && beside.ok && beside.value.some((entry) => entry.name === name)) {
      this.problem = words.nameTaken(name);
      return;
    }
    const { machine } = this.session;
    const done =
      naming.kind === 'rename'
        ? await machine.ask({ ask: 'rename', from: naming.at, to: path })
        : naming.kind === 'folder'
          ? await machine.ask({ ask: 'make-folder', path })
          : await machine.ask({ ask: 'write', path, content: '' });
    if (!done.ok) {
      this.problem = words.failed(name, done.error);
      return;
    }
    await this.tree.reveal(naming.kind === 'folder' ? path : folder);
    this.at = path;
    this.endNaming();
    if (naming.kind === 'file') this.dispatchEvent(new CustomEvent('open-file', { detail: path }));
    if (naming.kind === 'rename')
      this.dispatchEvent(new CustomEvent('renamed', { detail: { from: naming.at, to: path } }));
  };

  private endNaming(): void {
    this.naming = null;
    void this.updateComplete.then(() => this.focusRow());
  }

  private async delete(row: TreeRow): Promise<void> {
    const { words } = this;
    const done = await this.session.machine.ask({ ask: 'remove', path: row.path });
    if (!done.ok) {
      this.tell(words.failed(row.name, done.error));
      return;
    }
    this.dispatchEvent(new CustomEvent('removed', { detail: row.path }));
    this.tell(words.removed(row.name));
    await this.tree.refresh();
  }

  private tell(text: string): void {
    this.dispatchEvent(new CustomEvent('tell', { detail: text }));
  }

  private act(event: Event, action: () => void): void {
    event.stopPropagation();
    action();
  }

  private choose(row: TreeRow): void {
    this.at = row.path;
    if (row.folder) void this.tree.toggle(row.path);
    else this.dispatchEvent(new CustomEvent('open-file', { detail: row.path }));
  }

  private readonly key = (event: KeyboardEvent) => {
    const rows = this.tree.rows.value;
    const row = this.current;
    if (!row || event.ctrlKey || event.altKey || event.metaKey) return;
    const index = rows.indexOf(row);
    const go = (to: TreeRow | undefined) => to && this.go(to);
    const actions: Record<string, () => void> = {
      ArrowDown: () => go(rows[index + 1]),
      ArrowUp: () => go(rows[index - 1]),
      Home: () => go(rows[0]),
      End: () => go(rows.at(-1)),
      ArrowRight: () => (row.folder && !row.open ? void this.tree.toggle(row.path) : go(rows[index + 1])),
      ArrowLeft: () =>
        row.folder && row.open
          ? void this.tree.toggle(row.path)
          : go(rows.find(({ path }) => path === parentOf(row.path))),
      Enter: () => this.choose(row),
      ' ': () => this.choose(row),
      F2: () => this.name('rename', row),
      Delete: () => void this.delete(row),
    };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  };

  private go(row: TreeRow): void {
    this.at = row.path;
    void this.updateComplete.then(() => this.focusRow());
  }

  private focusRow(): void {
    this.querySelector<HTMLElement>('[role="treeitem"][tabindex="0"]')?.focus();
  }
}

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));

customElements.define('bw-file-tree', BwFileTree);
