import type { Sys } from '../../kernel/syscalls/proc.ts';
import type { Shell } from '../state/shell.ts';

export interface Completions {
  /** Where in the line the completed word begins. */
  readonly start: number;
  readonly words: readonly string[];
}

/** Offers for the word before the cursor: commands where one begins, files elsewhere. */
export function* complete(shell: Shell, before: string): Sys<Completions> {
  const word = /[^\s;|&<>()]*$/.exec(before)?.[0] ?? '';
  const start = before.length - word.length;
  const beginsCommand = /(^|[;|&(]|&&|\|\|)\s*$/.test(before.slice(0, start));
  const words = beginsCommand && !word.includes('/') ? yield* commands(shell, word) : yield* files(shell, word);
  return { start, words: [...new Set(words)].sort() };
}

function* commands(shell: Shell, prefix: string): Sys<readonly string[]> {
  const found = [
    ...shell.functions.keys(),
    ...shell.aliases.keys(),
    'cd',
    'echo',
    'exit',
    'export',
    'history',
    'jobs',
  ].filter((name) => name.startsWith(prefix));
  for (const folder of (shell.variables.get('PATH') ?? '').split(':')) {
    const entries = yield* shell.proc.readDirectory(folder || '.');
    if (entries.ok) found.push(...entries.value.map((each) => each.name).filter((name) => name.startsWith(prefix)));
  }
  return found.map((name) => `${name} `);
}

function* files(shell: Shell, word: string): Sys<readonly string[]> {
  const slash = word.lastIndexOf('/') + 1;
  const folder = word.slice(0, slash).replace(/^~(?=\/)/, shell.variables.get('HOME') ?? '~');
  const prefix = word.slice(slash);
  const entries = yield* shell.proc.readDirectory(folder || '.');
  if (!entries.ok) return [];
  return entries.value
    .filter(({ name }) => name.startsWith(prefix) && (prefix.startsWith('.') || !name.startsWith('.')))
    .map(
      ({ name, type }) =>
        `${word.slice(0, slash)}${name.replace(/([\s'"\\$&;|<>()*?[\]])/g, '\\$1')}${type === 'directory' ? '/' : ' '}`,
    );
}

/** The longest text with which all of these begin. */
export function commonPrefix(words: readonly string[]): string {
  let prefix = words[0] ?? '';
  for (const word of words) while (!word.startsWith(prefix)) prefix = prefix.slice(0, -1);
  return prefix;
}
