import type { Path } from '../../schema/shape.ts';

/** Trees of YAML data, and the patterns that name places in them (compose-go tree/path.go). */

/** `services.*.ports.[]` as its parts; `*` stands for any key, `[]` for any position of a list. */
export type Pattern = readonly string[];

export const pattern = (text: string): Pattern => text.split('.');

export function matches(path: Path, wanted: Pattern): boolean {
  return (
    path.length === wanted.length &&
    wanted.every((part, i) => part === '*' || part === path[i] || (part === '[]' && typeof path[i] === 'number'))
  );
}

/** A path as compose-go's messages show it: positions of lists are all alike. */
export const pathText = (path: Path): string => path.map((part) => (typeof part === 'number' ? '[]' : part)).join('.');

export type Tree = Readonly<Record<string, unknown>>;

export const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object of entries, safe for any key. */
export function treeOf(entries: Iterable<readonly [string, unknown]>): Tree {
  return Object.fromEntries(entries);
}
