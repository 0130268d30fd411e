const KEY = 'bridgewalk drafts';
/** In characters, all together; the oldest go first. */
const MOST = 500_000;

/** What was typed into files and not yet saved, kept in the browser so that no crash and no closed tab loses it. */
export class Drafts {
  private readonly texts: Map<string, string>;

  /** @param storage null: nothing outlives the page */
  constructor(private readonly storage: Pick<Storage, 'getItem' | 'setItem'> | null) {
    this.texts = read(storage);
  }

  get(path: string): string | undefined {
    return this.texts.get(path);
  }

  set(path: string, text: string): void {
    this.texts.delete(path);
    this.texts.set(path, text);
    this.store();
  }

  delete(path: string): void {
    if (this.texts.delete(path)) this.store();
  }

  private store(): void {
    let size = [...this.texts.values()].reduce((sum, text) => sum + text.length, 0);
    for (const [path, text] of this.texts) {
      if (size <= MOST) break;
      this.texts.delete(path);
      size -= text.length;
    }
    try {
      this.storage?.setItem(KEY, JSON.stringify([...this.texts]));
    } catch {
      // Storage is full or has gone: the text is still in the editor.
    }
  }
}

function read(storage: Pick<Storage, 'getItem'> | null): Map<string, string> {
  try {
    const value: unknown = JSON.parse(storage?.getItem(KEY) ?? '[]');
    const isEntry = (each: unknown): each is [string, string] =>
      Array.isArray(each) && each.length === 2 && each.every((text) => typeof text === 'string');
    return new Map(Array.isArray(value) ? value.filter(isEntry) : []);
  } catch {
    return new Map();
  }
}
