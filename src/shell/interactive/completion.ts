import type { Proc, Sys } from '../../kernel/syscalls/proc.ts';
import type { Shell } from '../state/shell.ts';

/**
 * A program's own completions: the words of its command line so far, and which of them is being completed. A word that ends in
 * `=` or `/` gets no space behind it. null: files are completed.
 */
export type Completion = (words: readonly string[], index: number, proc: Proc) => Sys<readonly string[] | null>;

export interface Completed {
  /** Where the word begins, in characters of the line. */
  readonly from: number;
  /** Whole words that begin with what is typed. */
  readonly candidates: readonly string[];
  /** The same as they are listed. */
  readonly shown: readonly string[];
}

const KEYWORDS = [
  'if',
  'then',
  'else',
  'elif',
  'fi',
  'for',
  'while',
  'until',
  'do',
  'done',
  'case',
  'esac',
  'function',
  'time',
];

/** What Tab could make of the text in front of the cursor. */
export function* findCompletions(
  shell: Shell,
  text: string,
  completions: ReadonlyMap<string, Completion>,
): Sys<Completed> {
  // The command that is being typed begins behind the last separator.
  const start = Math.max(...[...text.matchAll(/[|;&(`\n]|\$\(/g)].map((match) => match.index + match[0].length), 0);
  const words = splitWords(text.slice(start));
  while (words.length > 1 && /^[A-Za-z_]\w*=/.test(words[0]?.text ?? '')) words.shift();
  while (words.length > 1 && words[0]?.text === 'sudo') words.shift();
  const current = words.at(-1) ?? { text: '', at: text.length - start };
  const from = start + current.at;
  const typed = current.text;
  const redirect = /[<>]$/.test(text.slice(0, from).trimEnd());
  if (typed.startsWith('$')) return { from: [...text.slice(0, from)].length, ...variables(shell, typed) };
  if (words.length <= 1 && !redirect && !typed.includes('/')) {
    const names = yield* commandNames(shell, typed);
    return { from: [...text.slice(0, from)].length, candidates: names, shown: names };
  }
  const command = words[0]?.text.replace(/.*\//, '') ?? '';
  const own = redirect ? undefined : completions.get(command);
  const given = own
    ? yield* own(
        words.map((word) => word.text),
        words.length - 1,
        shell.proc,
      )
    : null;
  if (given) {
    const candidates = given.filter((word) => word.startsWith(typed));
    return { from: [...text.slice(0, from)].length, candidates, shown: candidates };
  }
  const files = yield* fileNames(shell, typed, {
    foldersOnly: command === 'cd' || command === 'rmdir',
    executables: words.length <= 1,
  });
  return { from: [...text.slice(0, from)].length, ...files };
}

interface TypedWord {
  readonly text: string;
  readonly at: number;
}

/** Words as far as quotes and backslashes go; the last one is being typed. */
function splitWords(text: string): TypedWord[] {
  const words: TypedWord[] = [];
  let word = '';
  let at = -1;
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string;
    if (quote === '' && /[\s<>]/.test(c)) {
      if (at >= 0) words.push({ text: word, at });
      word = '';
      at = -1;
      continue;
    }
    if (at < 0) at = i;
    if (c === quote) quote = '';
    else if (quote === '' && (c === '"' || c === "'")) quote = c;
    else if (c === '\\' && quote !== "'" && i + 1 < text.length) word += text[++i];
    else word += c;
  }
  words.push({ text: word, at: at < 0 ? text.length : at });
  return words;
}

function variables(
  shell: Shell,
  typed: string,
): { readonly candidates: readonly string[]; readonly shown: readonly string[] } {
  const brace = typed.startsWith('${');
  const name = typed.slice(brace ? 2 : 1);
  const names = shell.variables.names().filter((each) => each.startsWith(name));
  const candidates = names.map((each) => (brace ? `\${${each}}` : `$${each}`));
  return { candidates, shown: candidates };
}

function* commandNames(shell: Shell, typed: string): Sys<readonly string[]> {
  const names = new Set(
    [
      ...shell.interpreter.builtinNames(shell.flavor),
      ...shell.functions.keys(),
      ...shell.aliases.keys(),
      ...KEYWORDS,
    ].filter((name) => name.startsWith(typed)),
  );
  for (const folder of (shell.variables.get('PATH') ?? '').split(':')) {
    const entries = yield* shell.proc.readDirectory(folder || '.');
    if (entries.ok)
      for (const { name, type } of entries.value) if (type !== 'directory' && name.startsWith(typed)) names.add(name);
  }
  return [...names].sort();
}

function* fileNames(
  shell: Shell,
  typed: string,
  { foldersOnly }: { readonly foldersOnly: boolean; readonly executables: boolean },
): Sys<{ readonly candidates: readonly string[]; readonly shown: readonly string[] }> {
  const slash = typed.lastIndexOf('/') + 1;
  const folder = typed.slice(0, slash);
  const prefix = typed.slice(slash);
  const home = shell.variables.get('HOME') ?? '/';
  const entries = yield* shell.proc.readDirectory(folder === '' ? '.' : folder.replace(/^~(?=\/)/, home));
  if (!entries.ok) return { candidates: [], shown: [] };
  const candidates: string[] = [];
  const shown: string[] = [];
  for (const { name, type } of [...entries.value].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (!name.startsWith(prefix) || (name.startsWith('.') && !prefix.startsWith('.'))) continue;
    const path = folder + name;
    const stat = type === 'symlink' ? yield* shell.proc.stat(path.replace(/^~(?=\/)/, home)) : null;
    const isFolder = type === 'directory' || (stat?.ok === true && stat.value.type === 'directory');
    if (foldersOnly && !isFolder) continue;
    const escaped = folder + name.replace(/[\s'"\\$&|;<>()*?[\]!`#]/g, '\\$&');
    candidates.push(isFolder ? `${escaped}/` : escaped);
    shown.push(isFolder ? `${name}/` : name);
  }
  return { candidates, shown };
}
