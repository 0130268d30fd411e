import { linearRegExp } from '../../../base/regex/linear-regexp.ts';
import { err, ok, type Result } from '../../../base/result.ts';

/** A PCRE pattern as far as the language's own expressions know it; the error is nginx's. */
export function compileRegex(pattern: string, ignoreCase = false): Result<RegExp, string> {
  const insensitive = pattern.startsWith('(?i)');
  const source = pattern
    .replace(/^\(\?i\)/, '')
    .replaceAll('(?P<', '(?<')
    .replaceAll('\\A', '^')
    .replaceAll('\\z', '$');
  try {
    return ok(linearRegExp(source, ignoreCase || insensitive ? 'i' : ''));
  } catch {
    return err(`pcre2_compile() failed: the expression is not understood in "${pattern}"`);
  }
}
