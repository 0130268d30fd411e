/** A place in a text; both from 0. */
export interface Mark {
  readonly index: number;
  readonly line: number;
  readonly column: number;
}

export const NOWHERE: Mark = { index: 0, line: 0, column: 0 };

/**
 * What is wrong with a YAML text. PyYAML and go-yaml work by the same rules and stop at the same places (one was made after
 * the other), but use different words: the code is theirs to translate.
 */
export interface YamlProblem {
  readonly in: 'reader' | 'scanner' | 'parser' | 'composer';
  readonly what: Wrong;
  /** What they were at: `while scanning a simple key`. */
  readonly during?: During;
  /** Where that began. */
  readonly since?: Mark;
  readonly at: Mark;
  /** The letter, name or kind of token that was found. */
  readonly found?: string;
}

export type During =
  | 'next token'
  | 'simple key'
  | 'alias'
  | 'anchor'
  | 'block scalar'
  | 'quoted scalar'
  | 'double-quoted scalar'
  | 'plain scalar'
  | 'block node'
  | 'flow node'
  | 'node'
  | 'block mapping'
  | 'block sequence'
  | 'flow mapping'
  | 'flow sequence';

export type Wrong =
  | 'control character'
  | 'cannot start a token'
  | 'mapping value not allowed'
  | 'mapping key not allowed'
  | 'sequence entry not allowed'
  | 'colon expected'
  | 'name expected'
  | 'line break expected'
  | 'indicators expected'
  | 'indentation zero'
  | 'end of stream'
  | 'document separator'
  | 'unknown escape'
  | 'hex digits expected'
  | 'tab in indentation'
  | 'document start expected'
  | 'block end expected'
  | 'entry expected'
  | 'separator expected'
  | 'node expected'
  | 'undefined tag handle'
  | 'too deep'
  | 'another document'
  | 'undefined alias'
  | 'recursive alias'
  | 'too many aliases'
  | 'bad merge';

/** Unwinds from wherever the problem was noticed to the one who asked for the check. */
export class YamlError extends Error {
  constructor(readonly problem: YamlProblem) {
    super(problem.what);
  }
}

export function fail(problem: YamlProblem): never {
  throw new YamlError(problem);
}
