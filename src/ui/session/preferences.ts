import { Signal } from './signal.ts';

/**
 * Small things that the page remembers between visits, as texts by name. Where storage is blocked or full it keeps them until the
 * page is closed, and `kept` says so.
 */
export class Preferences {
  /** Whether what was set last will be there at the next visit. */
  readonly kept = new Signal(true);
  private readonly memory = new Map<string, string>();

  constructor(private readonly storage: Pick<Storage, 'getItem' | 'setItem'> | null = storageOfPage()) {
    if (!storage) this.kept.set(false);
  }

  get(name: string): string | null {
    const remembered = this.memory.get(name);
    if (remembered !== undefined) return remembered;
    try {
      return this.storage?.getItem(PREFIX + name) ?? null;
    } catch {
      this.kept.set(false);
      return null;
    }
  }

  set(name: string, value: string): void {
    this.memory.set(name, value);
    try {
      this.storage?.setItem(PREFIX + name, value);
    } catch {
      this.kept.set(false);
    }
  }

  /** A number that was set before, within its bounds; otherwise the one that is given. */
  number(name: string, otherwise: number, [least, most]: readonly [number, number]): number {
    const text = this.get(name);
    const value = text === null ? otherwise : Number(text);
    return Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : otherwise;
  }
}

const PREFIX = 'bridgewalk.';

/** Merely touching it throws where a browser blocks it. */
function storageOfPage(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
