/** Where in a compose file a position is: found by indentation, so that a file that is still being typed has places too. */
export interface Place {
  /** Keys and list items from the outermost on; an item of a list is `-`. */
  readonly path: readonly string[];
  /** Behind the colon or the dash, or in the place of a key. */
  readonly at: 'key' | 'value';
  /** What stands there already, from `from` to the position. */
  readonly typed: string;
  /** Offset in the line at which it begins. */
  readonly from: number;
}

/** A key without its colon, or a value. */
const WORD = /(?:[\w./$@{}"'-]|:(?=\S))+/g;
const KEY = /^("[^"]*"|'[^']*'|[^\s:#'"[\]{},-][^\s:#]*|-(?! )[^\s:#]*)\s*:(?=\s|$)/;

/** The place of a position. @param line counted from 0 @param column characters before the position */
export function placeAt(text: string, line: number, column: number): Place {
  const lines = text.split('\n');
  const before = (lines[line] ?? '').slice(0, column);
  const { indent, rest, dashes } = withoutDashes(before);
  const parents = parentsOf(lines.slice(0, line), indent, dashes > 0);
  const path = [...parents, ...Array.from({ length: dashes }, () => '-')];
  const key = KEY.exec(rest);
  if (key) {
    const value = rest.slice(key[0].length);
    const from = before.length - value.trimStart().length;
    return { path: [...path, unquoted(key[1] as string)], at: 'value', typed: value.trimStart(), from };
  }
  return { path, at: 'key', typed: rest, from: before.length - rest.length };
}

/** The key or value that a position lies on, for explanations; null where there is none. */
export function wordAt(
  text: string,
  line: number,
  column: number,
): { readonly path: readonly string[]; readonly word: string; readonly from: number; readonly to: number } | null {
  const whole = text.split('\n')[line] ?? '';
  for (const { 0: word, index } of whole.matchAll(WORD)) {
    if (column < index || column > index + word.length) continue;
    const { path, at } = placeAt(text, line, index + word.length);
    const name = unquoted(word);
    return { path: at === 'value' ? path : [...path, name], word: name, from: index, to: index + word.length };
  }
  return null;
}

/** The indentation of a line's content behind its dashes, how many dashes there are, and the content. */
function withoutDashes(line: string): { readonly indent: number; readonly rest: string; readonly dashes: number } {
  let indent = line.length - line.trimStart().length;
  let rest = line.slice(indent);
  let dashes = 0;
  const first = indent;
  for (let dash = /^-(\s+|$)/.exec(rest); dash; dash = /^-(\s+|$)/.exec(rest)) {
    dashes++;
    indent += dash[0].length;
    rest = rest.slice(dash[0].length);
  }
  return { indent: dashes > 0 ? first : indent, rest, dashes };
}

/** Keys above a line that its indentation puts it below. A list's dashes may stand as far left as their key. */
function parentsOf(lines: readonly string[], indent: number, isItem: boolean): readonly string[] {
  const path: string[] = [];
  let dashLimit = indent;
  let keyLimit = isItem ? indent + 1 : indent;
  for (let i = lines.length - 1; i >= 0 && keyLimit > 0; i--) {
    const line = contentOf(lines[i] as string);
    if (line === null) continue;
    const { indent: start, rest, dashes } = withoutDashes(line);
    const content = line.length - rest.length;
    const key = KEY.exec(rest);
    if (key && content < keyLimit && rest.slice(key[0].length).trim() === '') {
      path.unshift(unquoted(key[1] as string));
      keyLimit = dashLimit = content;
    }
    if (dashes > 0 && start < dashLimit) {
      path.unshift('-');
      dashLimit = start;
      keyLimit = start + 1;
    }
  }
  return path;
}

/** A line without its comment; null where nothing is left. */
function contentOf(line: string): string | null {
  const text = line.replace(/(^|\s)#.*$/, '').trimEnd();
  return text === '' ? null : text;
}

const unquoted = (key: string): string => key.replace(/^(["'])(.*)\1$/, '$2');
