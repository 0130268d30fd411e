import type { DuplicateKey } from '../load/documents.ts';
import type { YamlProblem } from '../load/read-yaml.ts';

/** A YAML problem in go-yaml's words, without `yaml: `. */
export function yamlWords(problem: YamlProblem): string {
  // go-yaml leaves out the first line's number.
  const line = (number: number) => (number > 1 ? `line ${number}: ` : '');
  switch (problem.code) {
    case 'TAB_AS_INDENT':
      return `${line(problem.line)}found character that cannot start any token`;
    case 'BLOCK_AS_IMPLICIT_KEY':
      return `${line(problem.line)}mapping values are not allowed in this context`;
    case 'MULTILINE_IMPLICIT_KEY':
      return `${line(problem.line + 1)}could not find expected ':'`;
    case 'MISSING_CHAR':
      return `${line(problem.line)}found unexpected end of stream`;
    case 'BAD_INDENT':
      return `${line(problem.line - 1)}did not find expected key`;
    case 'BAD_SCALAR_START':
      return `${line(problem.line)}found character that cannot start any token`;
    case 'UNKNOWN_ALIAS':
      return `unknown anchor '${problem.message}' referenced`;
    case 'RECURSIVE_ALIAS':
      return `anchor '${problem.message}' value contains itself`;
    case 'EXCESSIVE_ALIASES':
      return 'document contains excessive aliasing';
    case 'MERGE':
      return 'map merge requires map or sequence of maps as the value';
    default:
      return `${line(problem.line)}did not find expected key`;
  }
}

export function duplicateWords({ key, line, firstLine }: DuplicateKey): string {
  return `line ${line}: mapping key ${JSON.stringify(key)} already defined at line ${firstLine}`;
}
