import { fail } from './problem.ts';
import type { Scanner } from './scanner.ts';
import { isBlank, isBreak, isBreakOrEnd, isEnd, isSpaceOrEnd } from './source.ts';

/** Reading over scalars: what they say is no matter here, only where they end. */

const ESCAPES = '0abt\tnvfe "/\\N_LP';
const HEX_ESCAPES: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** `| text` and `> text`. */
export function scanBlockScalar({ source, indent, dialect }: Scanner): void {
  const since = source.mark;
  const during = 'block scalar';
  source.forward();
  let increment = 0;
  for (let i = 0; i < 2; i++) {
    const letter = source.peek();
    if (letter === '0') fail({ in: 'scanner', during, since, what: 'indentation zero', at: source.mark });
    if (/[1-9]/.test(letter)) increment = Number(letter);
    else if (letter !== '+' && letter !== '-') break;
    source.forward();
  }
  const indicator = source.peek();
  if (dialect === 'PyYAML' && indicator !== ' ' && !isBreakOrEnd(indicator))
    fail({ in: 'scanner', during, since, what: 'indicators expected', at: source.mark, found: indicator });
  const blanks = dialect === 'go-yaml' ? ' \t' : ' ';
  while (source.peek() !== '' && blanks.includes(source.peek())) source.forward();
  if (source.peek() === '#') while (!isBreakOrEnd(source.peek())) source.forward();
  if (!isBreakOrEnd(source.peek()))
    fail({ in: 'scanner', during, since, what: 'line break expected', at: source.mark, found: source.peek() });
  source.skipBreak();
  const least = Math.max(1, indent + 1);
  let wanted = increment > 0 ? least + increment - 1 : 0;
  const isIndentation = () => wanted === 0 || source.here < wanted;
  const skipBlankLines = () => {
    let widest = 0;
    for (;;) {
      while (isIndentation() && source.peek() === ' ') source.forward();
      widest = Math.max(widest, source.here);
      if (dialect === 'go-yaml' && isIndentation() && source.peek() === '\t')
        fail({ in: 'scanner', during, since, what: 'tab in indentation', at: source.mark });
      if (!source.skipBreak()) break;
    }
    if (wanted === 0) wanted = Math.max(widest, least);
  };
  skipBlankLines();
  while (source.here === wanted && !isEnd(source.peek())) {
    while (!isBreakOrEnd(source.peek())) source.forward();
    source.skipBreak();
    skipBlankLines();
  }
}

/** `'text'` and `"text"`. */
export function scanQuotedScalar({ source }: Scanner): void {
  const since = source.mark;
  const quote = source.peek();
  source.forward();
  for (;;) {
    const letter = source.peek();
    if (isEnd(letter)) fail({ in: 'scanner', during: 'quoted scalar', since, what: 'end of stream', at: source.mark });
    if (isBreak(letter)) {
      source.skipBreak();
      if (source.atDocumentMarker())
        fail({ in: 'scanner', during: 'quoted scalar', since, what: 'document separator', at: source.mark });
    } else if (letter === quote && quote === "'" && source.peek(1) === "'") source.forward(2);
    else if (letter === quote) break;
    else if (letter === '\\' && quote === '"') skipEscape();
    else source.forward();
  }
  source.forward();

  function skipEscape(): void {
    source.forward();
    const letter = source.peek();
    const digits = HEX_ESCAPES[letter];
    if (isBreak(letter)) return;
    if (isEnd(letter)) return;
    if (digits === undefined && !ESCAPES.includes(letter))
      fail({
        in: 'scanner',
        during: 'double-quoted scalar',
        since,
        what: 'unknown escape',
        at: source.mark,
        found: letter,
      });
    source.forward();
    for (let i = 0; i < (digits ?? 0); i++) {
      if (!/[0-9a-f]/i.test(source.peek()))
        fail({
          in: 'scanner',
          during: 'double-quoted scalar',
          since,
          what: 'hex digits expected',
          at: source.mark,
          found: source.peek(),
        });
      source.forward();
    }
  }
}

/** A scalar without quotes; it may go on in the next lines, if they are indented further. */
export function scanPlainScalar(scanner: Scanner): void {
  const { source, flowLevel, dialect } = scanner;
  const since = source.mark;
  const indent = scanner.indent + 1;
  const ends = () => {
    const letter = source.peek();
    if (isSpaceOrEnd(letter)) return true;
    const after = source.peek(1);
    if (letter === ':' && (isSpaceOrEnd(after) || (dialect === 'PyYAML' && flowLevel > 0 && ',[]{}'.includes(after))))
      return true;
    return flowLevel > 0 && ',?[]{}'.includes(letter);
  };
  while (source.peek() !== '#') {
    let length = 0;
    while (!ends()) {
      source.forward();
      length++;
    }
    if (length === 0) return;
    scanner.simpleKeyAllowed = false;
    const spaces = skipSpaces();
    if (!spaces || source.peek() === '#' || (flowLevel === 0 && source.here < indent)) return;
  }

  /** Over spaces and line breaks; false where there are none, or a document ends. */
  function skipSpaces(): boolean {
    let any = false;
    let newLine = false;
    for (;;) {
      const letter = source.peek();
      if (letter === ' ' || (dialect === 'go-yaml' && isBlank(letter))) {
        if (newLine && source.here < indent && letter === '\t')
          fail({ in: 'scanner', during: 'plain scalar', since, what: 'tab in indentation', at: source.mark });
        source.forward();
      } else if (isBreak(letter)) {
        source.skipBreak();
        newLine = true;
        scanner.simpleKeyAllowed = true;
        if (source.atDocumentMarker()) return false;
      } else return any;
      any = true;
    }
  }
}
