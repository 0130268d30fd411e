/**
 * The texts of the course: one source in each language, in a small subset of Markdown, read into a tree. There is no HTML in
 * it anywhere: whoever shows a text makes elements of the tree, so nothing in a text can become anything but text.
 *
 * Blocks: paragraphs with blank lines between them, lists (`- ` and `1. `), code between lines of three backticks.
 * Inside: `code`, **strong**, and [words](card:id) or [words](exercise:id).
 */

/** One text in both languages; the compiler and the reader see to it that neither is missing. */
export interface Localized {
  readonly ja: string;
  readonly en: string;
}

export type Language = keyof Localized;

export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'strong'; readonly children: readonly Inline[] }
  | { readonly kind: 'link'; readonly to: LinkTarget; readonly children: readonly Inline[] };

/** Links stay inside the course. */
export interface LinkTarget {
  readonly page: 'card' | 'exercise';
  readonly id: string;
}

export type Block =
  | { readonly kind: 'paragraph'; readonly children: readonly Inline[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Inline[])[] }
  | { readonly kind: 'code'; readonly text: string };

const FENCE = /^```\w*$/;
const BULLET = /^- (.*)$/;
const NUMBERED = /^\d+\. (.*)$/;

/** Reads a text. Every text is readable: what is no markup is text. */
export function parseText(source: string): readonly Block[] {
  const blocks: Block[] = [];
  const lines = source.split('\n');
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] as string;
    if (line.trim() === '') at++;
    else if (FENCE.test(line)) {
      const end = lines.findIndex((each, i) => i > at && each === '```');
      const last = end < 0 ? lines.length : end;
      blocks.push({ kind: 'code', text: lines.slice(at + 1, last).join('\n') });
      at = last + 1;
    } else {
      const end = endOfBlock(lines, at);
      blocks.push(...blockOf(lines.slice(at, end)));
      at = end;
    }
  }
  return blocks;
}

function endOfBlock(lines: readonly string[], from: number): number {
  let at = from;
  while (at < lines.length && (lines[at] as string).trim() !== '' && !FENCE.test(lines[at] as string)) at++;
  return at;
}

/** Lines without a blank one: a paragraph, a list, or a paragraph that a list follows. */
function blockOf(lines: readonly string[]): Block[] {
  for (const [pattern, ordered] of [
    [BULLET, false],
    [NUMBERED, true],
  ] as const) {
    const first = lines.findIndex((line) => pattern.test(line));
    if (first < 0) continue;
    const items: string[] = [];
    for (const line of lines.slice(first)) {
      const item = pattern.exec(line);
      // A line that begins no item goes on with the last one.
      if (item) items.push(item[1] as string);
      else items.push(joinLines([items.pop() as string, line.trim()]));
    }
    const list: Block = { kind: 'list', ordered, items: items.map(parseInline) };
    return first === 0 ? [list] : [...blockOf(lines.slice(0, first)), list];
  }
  return [{ kind: 'paragraph', children: parseInline(joinLines(lines)) }];
}

const WIDE = '[\\u3000-\\u30ff\\u3400-\\u9fff\\uff00-\\uffef]';
/** Between two Japanese characters, and beside Japanese punctuation whatever is on its other side. */
const NO_SPACE = new RegExp(`${WIDE}\\n${WIDE}|[、。！？：」）]\\n|\\n[、。！？「（]`);

/** A line's end is a space where words are parted by spaces, and nothing where they aren't. */
function joinLines(lines: readonly string[]): string {
  return lines.reduce((all, line) => {
    const seam = `${all.slice(-1)}\n${line.slice(0, 1)}`;
    return NO_SPACE.test(seam) ? all + line : `${all} ${line}`;
  });
}

const MARKUP = /`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\((card|exercise):([\w-]+)\)/;

/** Reads what stands inside of a block. */
export function parseInline(source: string): readonly Inline[] {
  const inlines: Inline[] = [];
  let rest = source;
  for (let match = MARKUP.exec(rest); match; match = MARKUP.exec(rest)) {
    if (match.index > 0) inlines.push({ kind: 'text', text: rest.slice(0, match.index) });
    const [all, code, strong, words, page, id] = match;
    if (code !== undefined) inlines.push({ kind: 'code', text: code });
    else if (strong !== undefined) inlines.push({ kind: 'strong', children: parseInline(strong) });
    else
      inlines.push({
        kind: 'link',
        to: { page: page as LinkTarget['page'], id: id as string },
        children: parseInline(words as string),
      });
    rest = rest.slice(match.index + all.length);
  }
  if (rest !== '') inlines.push({ kind: 'text', text: rest });
  return inlines;
}

/** A text of one line as it is spoken: its words, without markup. */
export function plainLine(source: string): string {
  const plain = (inline: Inline): string => ('text' in inline ? inline.text : inline.children.map(plain).join(''));
  return parseInline(source).map(plain).join('');
}

/** All links of a text, wherever they stand. */
export function linksOf(source: string): readonly LinkTarget[] {
  const inlines = parseText(source).flatMap((block) =>
    block.kind === 'paragraph' ? block.children : block.kind === 'list' ? block.items.flat() : [],
  );
  const linksIn = (inline: Inline): readonly LinkTarget[] =>
    inline.kind === 'link' ? [inline.to] : inline.kind === 'strong' ? inline.children.flatMap(linksIn) : [];
  return inlines.flatMap(linksIn);
}
