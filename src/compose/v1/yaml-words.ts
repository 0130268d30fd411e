import type { YamlProblem } from '../load/read-yaml.ts';

/** A YAML problem in PyYAML's words, as docker-compose 1.29 prints it. Problems that PyYAML has no twin for keep the parser's. */
export function yamlWords(problem: YamlProblem, file: string, text: string): string {
  const line = text.split('\n')[problem.line - 1] ?? '';
  const at = (row: number, column: number) => `  in "${file}", line ${row}, column ${column}`;
  const here = at(problem.line, problem.column);
  switch (problem.code) {
    case 'TAB_AS_INDENT':
      return `yaml.scanner.ScannerError: while scanning for the next token\nfound character '\\t' that cannot start any token\n${here}`;
    case 'BLOCK_AS_IMPLICIT_KEY': {
      const colon = line.indexOf(':', problem.column - 1);
      return `yaml.scanner.ScannerError: mapping values are not allowed here\n${at(problem.line, colon < 0 ? problem.column : colon + 1)}`;
    }
    case 'MISSING_CHAR':
      if (!problem.message.includes('quote')) break;
      return `yaml.scanner.ScannerError: while scanning a quoted scalar\nfound unexpected end of stream\n${here}`;
    case 'MULTILINE_IMPLICIT_KEY':
      return `yaml.scanner.ScannerError: while scanning a simple key\ncould not find expected ':'\n${here}`;
    case 'BAD_INDENT': {
      const indent = line.length - line.trimStart().length;
      if (!problem.message.startsWith('All mapping items')) break;
      return `yaml.parser.ParserError: while parsing a block mapping\nexpected <block end>, but found '<block mapping start>'\n${at(problem.line, indent + 1)}`;
    }
    case 'ALIAS':
      return `yaml.composer.ComposerError: ${problem.message}\n  in "${file}"`;
    default:
  }
  return `yaml.parser.ParserError: ${problem.message}\n${here}`;
}
