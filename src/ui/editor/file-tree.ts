import type { FileEntry } from '../../lab/messages.ts';
import type { Machine } from '../session/machine.ts';
import { Signal } from '../session/signal.ts';

/** One row of the tree, as it is shown. */
export interface TreeRow {
  readonly path: string;
  readonly name: string;
  readonly folder: boolean;
  readonly open: boolean;
  /** 1 for what lies directly in the root. */
  readonly level: number;
}

/** The host's folders below one root, as far as they have been opened. */
export class FileTree {
  readonly rows = new Signal<readonly TreeRow[]>([]);
  private readonly opened = new Set<string>();
  private reading = 0;

  constructor(
    private readonly machine: Pick<Machine, 'ask'>,
    readonly root: string,
  ) {}

  /** Opens a folder, and those on the way to it. */
  async reveal(folder: string): Promise<void> {
    if (folder !== this.root && !folder.startsWith(`${this.root}/`)) return;
    let path = this.root;
    for (const part of folder.slice(this.root.length).split('/').filter(Boolean)) this.opened.add((path += `/${part}`));
    await this.refresh();
  }

  async toggle(folder: string): Promise<void> {
    if (!this.opened.delete(folder)) this.opened.add(folder);
    await this.refresh();
  }

  /** Reads all open folders anew. */
  async refresh(): Promise<void> {
    const reading = ++this.reading;
    const rows = await this.read(this.root, 1);
    // A later reading knows better.
    if (reading === this.reading) this.rows.set(rows);
  }

  private async read(folder: string, level: number): Promise<readonly TreeRow[]> {
    const entries = await this.machine.ask({ ask: 'list', folder });
    if (!entries.ok) return [];
    const rows = await Promise.all(
      [...entries.value].sort(foldersFirst).map(async ({ name, folder: isFolder }): Promise<readonly TreeRow[]> => {
        const path = `${folder}/${name}`;
        const open = isFolder && this.opened.has(path);
        const row: TreeRow = { path, name, folder: isFolder, open, level };
        return open ? [row, ...(await this.read(path, level + 1))] : [row];
      }),
    );
    return rows.flat();
  }
}

const foldersFirst = (a: FileEntry, b: FileEntry): number =>
  Number(b.folder) - Number(a.folder) || a.name.localeCompare(b.name, 'en');
