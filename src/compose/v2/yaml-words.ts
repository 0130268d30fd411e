import type { DuplicateKey } from '../load/documents.ts';
import type { Wrong, YamlProblem } from '../load/yaml/problem.ts';
import { DEEPEST } from '../load/yaml/scanner.ts';

/** A YAML problem in go-yaml's words, without `yaml: ` (decode.go, parser.fail; the words are scannerc.go's and parserc.go's). */
export function yamlWords(problem: YamlProblem): string {
  const line = lineOf(problem);
  return `${line > 0 ? `line ${line}: ` : ''}${words(problem)}`;
}

/** go-yaml counts lines from 0 where the parser noticed it, from 1 where the scanner did, and never tells of the first. */
function lineOf(problem: YamlProblem): number {
  if (problem.in === 'reader' || problem.in === 'composer') return 0;
  const scanner = problem.in === 'scanner';
  const context = problem.since ?? (scanner ? problem.at : undefined);
  const counted = context !== undefined && context.line !== 0 ? context.line : problem.at.line;
  return counted === 0 ? 0 : counted + (scanner ? 1 : 0);
}

const WORDS: Readonly<Partial<Record<Wrong, string>>> = {
  'control character': 'control characters are not allowed',
  'cannot start a token': 'found character that cannot start any token',
  'mapping value not allowed': 'mapping values are not allowed in this context',
  'mapping key not allowed': 'mapping keys are not allowed in this context',
  'sequence entry not allowed': 'block sequence entries are not allowed in this context',
  'colon expected': "could not find expected ':'",
  'name expected': 'did not find expected alphabetic or numeric character',
  'line break expected': 'did not find expected comment or line break',
  'indentation zero': 'found an indentation indicator equal to 0',
  'end of stream': 'found unexpected end of stream',
  'document separator': 'found unexpected document indicator',
  'unknown escape': 'found unknown escape character',
  'hex digits expected': 'did not find expected hexdecimal number',
  'document start expected': 'did not find expected <document start>',
  'block end expected': 'did not find expected key',
  'entry expected': "did not find expected '-' indicator",
  'node expected': 'did not find expected node content',
  'undefined tag handle': 'found undefined tag handle',
  'too many aliases': 'document contains excessive aliasing',
  'bad merge': 'map merge requires map or sequence of maps as the value',
  'too deep': `exceeded max depth of ${DEEPEST}`,
};

function words({ what, during, found = '' }: YamlProblem): string {
  switch (what) {
    case 'separator expected':
      return `did not find expected ',' or '${during === 'flow mapping' ? '}' : ']'}'`;
    case 'tab in indentation':
      return during === 'block scalar'
        ? 'found a tab character where an indentation space is expected'
        : 'found a tab character that violates indentation';
    case 'undefined alias':
      return `unknown anchor '${found}' referenced`;
    case 'recursive alias':
      return `anchor '${found}' value contains itself`;
    default:
      return WORDS[what] ?? what;
  }
}

export function duplicateWords({ key, line, firstLine }: DuplicateKey): string {
  return `line ${line}: mapping key ${JSON.stringify(key)} already defined at line ${firstLine}`;
}
