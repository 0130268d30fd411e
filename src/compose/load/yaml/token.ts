import type { Mark } from './problem.ts';

/** Tokens of YAML, by PyYAML's names of them. */
export type TokenType =
  | '<stream end>'
  | '<directive>'
  | '<document start>'
  | '<document end>'
  | '<block sequence start>'
  | '<block mapping start>'
  | '<block end>'
  | '['
  | '{'
  | ']'
  | '}'
  | '-'
  | ','
  | '?'
  | ':'
  | '<alias>'
  | '<anchor>'
  | '<tag>'
  | '<scalar>';

export interface Token {
  readonly type: TokenType;
  readonly start: Mark;
  /** Of an alias, an anchor or a tag. */
  readonly name?: string;
}
