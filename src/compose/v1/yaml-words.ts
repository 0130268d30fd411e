import type { During, Mark, Wrong, YamlProblem } from '../load/yaml/problem.ts';

/** A YAML problem as docker-compose 1.29 prints it: the exception's name and PyYAML's words (scanner.py, parser.py, error.py). */
export function yamlWords(problem: YamlProblem, file: string): string {
  const { what, during, since, at, found = '' } = problem;
  if (what === 'control character') {
    const code = found.charCodeAt(0).toString(16).padStart(4, '0');
    return `yaml.reader.ReaderError: unacceptable character #x${code}: special characters are not allowed\n  in "${file}", position ${at.index}`;
  }
  const place = (mark: Mark) => `  in "${file}", line ${mark.line + 1}, column ${mark.column + 1}`;
  const context = what === 'another document' ? 'expected a single document in the stream' : contextWords(during);
  const elsewhere = since && (since.line !== at.line || since.column !== at.column);
  const lines = [
    ...(context === null ? [] : [context]),
    ...(elsewhere ? [place(since)] : []),
    words(problem),
    place(at),
  ];
  return `${exceptionOf(problem)}: ${lines.join('\n')}`;
}

function exceptionOf({ in: part, what }: YamlProblem): string {
  if (what === 'recursive alias' || what === 'bad merge') return 'yaml.constructor.ConstructorError';
  switch (part) {
    case 'scanner':
      return 'yaml.scanner.ScannerError';
    case 'parser':
      return 'yaml.parser.ParserError';
    default:
      return 'yaml.composer.ComposerError';
  }
}

function contextWords(during: During | undefined): string | null {
  switch (during) {
    case undefined:
      return null;
    case 'next token':
      return 'while scanning for the next token';
    case 'simple key':
    case 'block scalar':
    case 'quoted scalar':
    case 'double-quoted scalar':
    case 'plain scalar':
      return `while scanning a ${during}`;
    case 'alias':
    case 'anchor':
      return `while scanning an ${during}`;
    case 'block sequence':
      return 'while parsing a block collection';
    default:
      return `while parsing a ${during}`;
  }
}

const WORDS: Readonly<Partial<Record<Wrong, string>>> = {
  'mapping value not allowed': 'mapping values are not allowed here',
  'mapping key not allowed': 'mapping keys are not allowed here',
  'sequence entry not allowed': 'sequence entries are not allowed here',
  'colon expected': "could not find expected ':'",
  'indentation zero': 'expected indentation indicator in the range 1-9, but found 0',
  'end of stream': 'found unexpected end of stream',
  'document separator': 'found unexpected document separator',
  'another document': 'but found another document',
  'recursive alias': 'found unconstructable recursive node',
  'bad merge': 'expected a mapping or list of mappings for merging',
  'too many aliases': 'more aliases than this simulated host unfolds',
  'too deep': 'nested more deeply than this simulated host reads',
  'tab in indentation': 'found a tab character that violates indentation',
};

function words({ what, during, found = '' }: YamlProblem): string {
  const shown = repr(found);
  switch (what) {
    case 'cannot start a token':
      return `found character ${shown} that cannot start any token`;
    case 'name expected':
      return `expected alphabetic or numeric character, but found ${shown}`;
    case 'line break expected':
      return `expected a comment or a line break, but found ${shown}`;
    case 'indicators expected':
      return `expected chomping or indentation indicators, but found ${shown}`;
    case 'unknown escape':
      return `found unknown escape character ${shown}`;
    case 'hex digits expected':
      return `expected escape sequence of hexadecimal numbers, but found ${shown}`;
    case 'document start expected':
      return `expected '<document start>', but found ${shown}`;
    case 'block end expected':
    case 'entry expected':
      return `expected <block end>, but found ${shown}`;
    case 'separator expected':
      return `expected ',' or '${during === 'flow mapping' ? '}' : ']'}', but got ${shown}`;
    case 'node expected':
      return `expected the node content, but found ${shown}`;
    case 'undefined tag handle':
      return `found undefined tag handle ${shown}`;
    case 'undefined alias':
      return `found undefined alias ${shown}`;
    default:
      return WORDS[what] ?? what;
  }
}

/** Python's repr of a short text; the end of the text is a zero to PyYAML. */
function repr(text: string): string {
  if (text === '') return "'\\x00'";
  if (text === "'") return '"\'"';
  return `'${text.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r')}'`;
}
