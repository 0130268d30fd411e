import { Document, isScalar, Scalar, visit } from 'yaml';
import type { Tree } from '../load/tree.ts';

/** Texts that YAML 1.1 or 1.2 would read as something else than a text; go-yaml writes them in double quotes. */
const AMBIGUOUS = [
  /^(|~|null|true|false|yes|no|on|off|y|n)$/i,
  /^[-+]?(0b[01_]+|0o?[0-7_]+|0x[0-9a-f_]+|[0-9][0-9_]*)$/i,
  /^[-+]?(\.[0-9]+|[0-9][0-9_]*(\.[0-9_]*)?)(e[-+]?[0-9]+)?$/i,
  /^[-+]?\.(inf|nan)$/i,
  /^[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?$/,
  /^\d{4}-\d\d?-\d\d?/,
  /^(<<|=)$/,
];

/** Data as go-yaml writes it: lists indented, no line ever folded, quotes only where they are needed. */
export function yamlText(data: Tree): string {
  const parsed = new Document(data);
  visit(parsed, {
    Scalar(_key, node) {
      if (!isScalar(node) || typeof node.value !== 'string') return;
      if (node.value.includes('\n')) node.type = Scalar.BLOCK_LITERAL;
      else if (AMBIGUOUS.some((each) => each.test(node.value as string))) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return parsed.toString({ indent: 2, indentSeq: true, lineWidth: 0, singleQuote: true, nullStr: 'null' });
}
