import { err, ok, type Result } from '../../../base/result.ts';

/** Variables in a text, as compose-go replaces them (template/template.go). */

export type TemplateError =
  | { readonly what: 'invalid'; readonly template: string }
  | { readonly what: 'required'; readonly name: string; readonly reason: string };

export interface Lookup {
  readonly variables: ReadonlyMap<string, string>;
  /** Hears of each variable that has neither a value nor a default. */
  readonly missing: (name: string) => void;
}

const START = /\$(?:(\$)|([_a-z][_a-z0-9]*)|\{)/gi;
const BRACED = /^([_a-z][_a-z0-9]*)(?:(:?[-?+])([^]*))?$/i;

/** `$NAME`, `${NAME}`, `${NAME:-default}` and its sisters, `$$`; any other `$` stays as it is. */
export function substitute(template: string, lookup: Lookup): Result<string, TemplateError> {
  let text = '';
  let at = 0;
  for (;;) {
    START.lastIndex = at;
    const start = START.exec(template);
    if (!start) return ok(text + template.slice(at));
    text += template.slice(at, start.index);
    at = START.lastIndex;
    const [, escaped, plain] = start;
    if (escaped !== undefined) text += '$';
    else if (plain !== undefined) text += valueOf(plain, lookup);
    else {
      const end = closingBrace(template, at);
      const braced = end < 0 ? null : BRACED.exec(template.slice(at, end));
      if (!braced) return err({ what: 'invalid', template });
      const value = bracedValue(braced, lookup);
      if (!value.ok) return value;
      text += value.value;
      at = end + 1;
    }
  }
}

function valueOf(name: string, { variables, missing }: Lookup): string {
  const value = variables.get(name);
  if (value === undefined) missing(name);
  return value ?? '';
}

function bracedValue(
  [, name = '', operator, operand = '']: RegExpExecArray,
  lookup: Lookup,
): Result<string, TemplateError> {
  if (operator === undefined) return ok(valueOf(name, lookup));
  const value = lookup.variables.get(name);
  const present = value !== undefined && (value !== '' || !operator.startsWith(':'));
  const inner = substitute(operand, lookup);
  if (!inner.ok) return inner;
  switch (operator.at(-1)) {
    case '+':
      return ok(present ? inner.value : (value ?? ''));
    case '?':
      return present ? ok(value) : err({ what: 'required', name, reason: inner.value });
    default:
      return ok(present ? value : inner.value);
  }
}

/** Where the brace that was opened before `from` closes; -1 where it doesn't. */
function closingBrace(text: string, from: number): number {
  let open = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '{') open++;
    else if (text[at] === '}' && --open === 0) return at;
  }
  return -1;
}
