import { forEachChild, type HereDoc, type ParseError, type ParsedScript, parse, type SyntaxNode } from 'unbash';
import type { Flavor } from '../state/shell.ts';

/**
 * Text to commands, by the parser `unbash`, and its complaints in the words of bash and of BusyBox's ash. Left out: a syntax error inside
 * a substitution is told when that substitution runs, not before.
 */
export type Parsed =
  | { readonly kind: 'script'; readonly script: ParsedScript }
  /** The text ends in the middle of something: a terminal asks for more lines. */
  | { readonly kind: 'incomplete'; readonly script: ParsedScript; readonly problem: Problem }
  | { readonly kind: 'error'; readonly problem: Problem };

export type Problem =
  | { readonly kind: 'unexpected'; readonly token: string; readonly position: number; readonly expected: string | null }
  | { readonly kind: 'end'; readonly opener: string | null; readonly expected: string | null }
  /** A quote or bracket without its mate. */
  | { readonly kind: 'unterminated'; readonly mate: string; readonly position: number };

/** Text nested deeper than this is no command that somebody typed. */
const LONGEST = 1_000_000;

export function parseCommand(source: string): Parsed {
  if (source.length > LONGEST)
    return { kind: 'error', problem: { kind: 'unexpected', token: 'end of file', position: LONGEST, expected: null } };
  const script = parse(source);
  const errors = script.errors ?? [];
  if (errors.length === 0) {
    const open = /(^|[^\\])(\\\\)*\\$/.test(source) || unclosedHereDocument(script);
    return open
      ? { kind: 'incomplete', script, problem: { kind: 'end', opener: null, expected: null } }
      : { kind: 'script', script };
  }
  const problem = problemOf(source, errors);
  return problem.kind === 'unexpected' ? { kind: 'error', problem } : { kind: 'incomplete', script, problem };
}

/** The bodies of here-documents without an end, which the parser takes as they are. */
function unclosedHereDocument(script: ParsedScript): boolean {
  let open = false;
  const visit = (node: SyntaxNode): void => {
    if (node.type === 'HereDoc' && !(node as HereDoc).closing) open = true;
    if (!open) forEachChild(node, visit);
  };
  visit(script);
  return open;
}

const MATES: readonly (readonly [RegExp, string])[] = [
  [/single quote|ANSI-C/, "'"],
  [/double quote/, '"'],
  [/backtick/, '`'],
  [/parameter expansion/, '}'],
  [/array subscript/, ']'],
  [/./, ')'],
];

function problemOf(source: string, errors: readonly ParseError[]): Problem {
  const first = errors[0] as ParseError;
  const unterminated = errors.find(({ message }) => message.startsWith('unterminated'));
  const unexpected = errors.find(({ message }) => message.startsWith('unexpected'));
  if (unterminated && (!unexpected || unterminated.pos <= unexpected.pos)) {
    const mate = (MATES.find(([pattern]) => pattern.test(unterminated.message)) as readonly [RegExp, string])[1];
    return { kind: 'unterminated', mate, position: unterminated.pos };
  }
  const closing = errors.find(({ message }) => /^expected '.*' to close/.test(message));
  const expected = /^expected '([^']+)'/.exec((closing ?? first).message)?.[1] ?? null;
  const rest = source.slice(first.pos);
  if (!unexpected && isBlank(rest)) {
    const opener = / to close '?(\w+)/.exec((closing ?? first).message)?.[1] ?? null;
    return { kind: 'end', opener, expected };
  }
  const position = unexpected && isBlank(source.slice(first.pos, unexpected.pos)) ? unexpected.pos : first.pos;
  const token = tokenAt(source, position);
  return { kind: 'unexpected', token, position, expected };
}

const isBlank = (text: string) => /^(?:\s|#[^\n]*(?:\n|$)|\\\n)*$/.test(text);

function tokenAt(source: string, position: number): string {
  const text = source.slice(position).replace(/^(?:[ \t]|\\\n)+/, '');
  const match = /^(?:\n|&&|\|\||;;&|;;|;&|<<<|<<-?|>>|[|&;()<>]|[^\s;&|()<>]+)/.exec(text);
  return match === null || match[0] === '\n' ? 'newline' : match[0];
}

/** What a shell says of a problem, a line or two without the shell's name. `string`: the text of `-c`. */
export function problemLines(
  problem: Problem,
  {
    flavor,
    source,
    firstLine,
    from,
  }: {
    readonly flavor: Flavor;
    readonly source: string;
    readonly firstLine: number;
    readonly from: 'terminal' | 'string' | 'file' | 'stdin';
  },
): readonly string[] {
  const lineAt = (position: number) => firstLine + (source.slice(0, position).match(/\n/g)?.length ?? 0);
  const last = lineAt(source.length) + (source.endsWith('\n') ? 0 : 1);
  if (flavor === 'ash') {
    const line = problem.kind === 'end' ? last : lineAt(problem.position);
    const where = from === 'file' ? `line ${line}: ` : '';
    if (problem.kind === 'unterminated')
      return [
        `${where}syntax error: ${problem.mate === "'" || problem.mate === '"' ? 'unterminated quoted string' : problem.mate === '`' ? 'EOF in backquote substitution' : `unexpected end of file (expecting "${problem.mate}")`}`,
      ];
    const expecting = problem.expected ? ` (expecting "${problem.expected}")` : '';
    const what =
      problem.kind === 'end' ? 'end of file' : problem.token === 'newline' ? 'newline' : `"${problem.token}"`;
    return [`${where}syntax error: unexpected ${what}${problem.kind === 'end' ? expecting : ''}`];
  }
  const prefix = (line: number) => (from === 'terminal' ? '' : `${from === 'string' ? '-c: ' : ''}line ${line}: `);
  if (problem.kind === 'unterminated')
    return [`${prefix(lineAt(problem.position))}unexpected EOF while looking for matching \`${problem.mate}'`];
  if (problem.kind === 'end') return [`${prefix(last)}syntax error: unexpected end of file`];
  const line = lineAt(problem.position);
  const shown = source.split('\n')[line - firstLine] ?? '';
  return [
    `${prefix(line)}syntax error near unexpected token \`${problem.token}'`,
    ...(from === 'terminal' ? [] : [`${prefix(line)}\`${shown}'`]),
  ];
}
