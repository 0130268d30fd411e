import { err, ok, type Result } from '../../base/result.ts';

export interface Token {
  readonly kind:
    | 'text'
    | 'open'
    | 'close'
    | 'space'
    | 'field'
    | 'dot'
    | 'variable'
    | 'word'
    | 'number'
    | 'string'
    | 'char'
    | 'pipe'
    | 'comma'
    | 'declare'
    | 'assign'
    | 'paren'
    | 'end';
  readonly text: string;
  readonly at: number;
}

export interface LexError {
  readonly at: number;
  readonly message: string;
}

const INSIDE: readonly (readonly [Token['kind'], RegExp])[] = [
  ['space', /[ \t\r\n]+/y],
  ['declare', /:=/y],
  ['assign', /=/y],
  ['pipe', /\|/y],
  ['comma', /,/y],
  ['paren', /[()]/y],
  ['number', /[+-]?(?:0[xX][0-9a-fA-F]+|\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)/y],
  ['field', /\.[\p{L}_][\p{L}\p{N}_]*/uy],
  ['dot', /\./y],
  ['variable', /\$[\p{L}\p{N}_]*/uy],
  ['word', /[\p{L}_][\p{L}\p{N}_]*/uy],
  ['string', /"(?:[^"\\\n]|\\.)*"|`[^`]*`/y],
  ['char', /'(?:[^'\\\n]|\\.)+'/y],
];

/** Cuts a template into tokens (Go's text/template/parse/lex.go), with `{{-` and `-}}` trimming the text beside them. */
export function lex(source: string): Result<readonly Token[], LexError> {
  const tokens: Token[] = [];
  let trimNext = false;
  for (let at = 0; at < source.length; ) {
    const open = source.indexOf('{{', at);
    const end = open < 0 ? source.length : open;
    const trims = open >= 0 && /^\{\{-[ \t\r\n]/.test(source.slice(open, open + 4));
    let text = source.slice(at, end);
    if (trimNext) text = text.trimStart();
    if (trims) text = text.trimEnd();
    trimNext = false;
    if (text !== '') tokens.push({ kind: 'text', text, at });
    if (open < 0) break;
    at = open + (trims ? 3 : 2);
    const comment = /^[ \t\r\n]*\/\*[^]*?\*\/[ \t\r\n]*(-?)\}\}/.exec(source.slice(at));
    if (comment !== null) {
      trimNext = comment[1] === '-';
      at += comment[0].length;
      continue;
    }
    tokens.push({ kind: 'open', text: '{{', at: open });
    const inside = lexAction(source, at, tokens);
    if (!inside.ok) return inside;
    trimNext = inside.value.trims;
    at = inside.value.at;
  }
  tokens.push({ kind: 'end', text: '', at: source.length });
  return ok(tokens);
}

function lexAction(source: string, from: number, tokens: Token[]): Result<{ at: number; trims: boolean }, LexError> {
  let depth = 0;
  for (let at = from; at < source.length; ) {
    const close = /^[ \t\r\n]+-\}\}|^\}\}/.exec(source.slice(at));
    if (close !== null) {
      if (depth > 0) return err({ at, message: 'unclosed left paren' });
      const trims = close[0] !== '}}';
      tokens.push({ kind: 'close', text: '}}', at });
      return ok({ at: at + close[0].length, trims });
    }
    const token = nextToken(source, at);
    if (token === null) return err({ at, message: badCharacter(source, at) });
    if (token.text === '(') depth++;
    if (token.text === ')' && --depth < 0) return err({ at, message: 'unexpected right paren' });
    tokens.push(token);
    at += token.text.length;
  }
  return err({ at: source.length, message: 'unclosed action' });
}

function nextToken(source: string, at: number): Token | null {
  for (const [kind, pattern] of INSIDE) {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    if (match !== null) return { kind, text: match[0], at };
  }
  return null;
}

function badCharacter(source: string, at: number): string {
  const character = String.fromCodePoint(source.codePointAt(at) as number);
  if (character === '"') return 'unterminated quoted string';
  if (character === '`') return 'unterminated raw quoted string';
  if (character === "'") return 'unterminated character constant';
  const code = (source.codePointAt(at) as number).toString(16).toUpperCase().padStart(4, '0');
  return `unexpected bad character U+${code} '${character}' in command`;
}
