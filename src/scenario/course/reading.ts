import type { Localized } from './text.ts';

export type Data = Readonly<Record<string, unknown>>;

export const isData = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads data of unknown shape: what is wrong is collected with its place, so that an author sees all of it at once, and
 * reading goes on with something empty.
 */
export class Reading {
  constructor(
    private readonly data: Data,
    readonly place: string,
    readonly problems: string[],
  ) {}

  has(key: string): boolean {
    return this.data[key] !== undefined;
  }

  text(key: string, otherwise?: string): string {
    const value = this.data[key];
    if (typeof value === 'string') return value;
    if (value !== undefined || otherwise === undefined) this.problem(key, 'has to be a text');
    return otherwise ?? '';
  }

  flag(key: string): boolean {
    const value = this.data[key] ?? false;
    if (typeof value !== 'boolean') this.problem(key, 'has to be true or false');
    return value === true;
  }

  number(key: string): number {
    const value = this.data[key];
    if (typeof value === 'number') return value;
    this.problem(key, 'has to be a number');
    return 0;
  }

  oneOf<T extends string>(key: string, allowed: readonly T[], otherwise?: T): T {
    const value = this.data[key] ?? otherwise;
    const found = allowed.find((each) => each === value);
    if (found === undefined) this.problem(key, `has to be one of ${allowed.join(', ')}`);
    return found ?? (allowed[0] as T);
  }

  texts(key: string): readonly string[] {
    const value = this.data[key] ?? [];
    if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return value;
    this.problem(key, 'has to be a list of texts');
    return [];
  }

  localized(key: string): Localized {
    const value = this.data[key];
    const { ja, en } = isData(value) ? value : {};
    // In YAML's `{ ja: …, en: one, two }` the comma ends the text: what stands behind it would get lost.
    if (isData(value)) new Reading(value, this.at(key), this.problems).only('ja', 'en');
    if (typeof ja === 'string' && ja.trim() !== '' && typeof en === 'string' && en.trim() !== '')
      return { ja: ja.trim(), en: en.trim() };
    this.problem(key, 'has to be a text in both languages: { ja, en }');
    return { ja: '', en: '' };
  }

  object(key: string): Reading {
    const value = this.data[key];
    if (!isData(value)) this.problem(key, 'has to be a mapping');
    return new Reading(isData(value) ? value : {}, this.at(key), this.problems);
  }

  /** The entries of a mapping; none where it is absent. */
  entries(key: string): readonly (readonly [string, unknown])[] {
    const value = this.data[key] ?? {};
    if (isData(value)) return Object.entries(value);
    this.problem(key, 'has to be a mapping');
    return [];
  }

  list<T>(key: string, read: (each: Reading) => T): readonly T[] {
    const value = this.data[key] ?? [];
    if (!Array.isArray(value)) {
      this.problem(key, 'has to be a list');
      return [];
    }
    return value.map((each: unknown, i) => {
      const place = `${this.at(key)}[${i}]`;
      if (!isData(each)) this.problems.push(`${place} has to be a mapping`);
      return read(new Reading(isData(each) ? each : {}, place, this.problems));
    });
  }

  raw(key: string): unknown {
    return this.data[key];
  }

  /** A key that nothing reads is a mistyped one. */
  only(...keys: readonly string[]): this {
    for (const key of Object.keys(this.data)) if (!keys.includes(key)) this.problem(key, 'is not known here');
    return this;
  }

  problem(key: string, what: string): void {
    this.problems.push(`${this.at(key)} ${what}`);
  }

  private at(key: string): string {
    return this.place === '' ? key : `${this.place}.${key}`;
  }
}
