import { linearRegExp } from '../../base/regex/linear-regexp.ts';

/** fnmatch(3): `*`, `?`, `[…]` over a whole text. */
export function wildcard(
  pattern: string,
  { ignoreCase = false }: { readonly ignoreCase?: boolean } = {},
): (text: string) => boolean {
  let source = '^';
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i] as string;
    const set = c === '[' ? /^\[(!|\^)?(\]?[^\]]*)\]/.exec(pattern.slice(i)) : null;
    if (c === '*') source += '[^]*';
    else if (c === '?') source += '[^]';
    else if (set) {
      source += `[${set[1] ? '^' : ''}${(set[2] as string).replace(/[\\\]^[]/g, '\\$&')}]`;
      i += set[0].length - 1;
    } else
      source += (c === '\\' && i + 1 < pattern.length ? (pattern[++i] as string) : c).replace(
        /[\\^$.*+?()[\]{}|/]/g,
        '\\$&',
      );
  }
  let regex: RegExp;
  try {
    regex = linearRegExp(`${source}$`, ignoreCase ? 'i' : '');
  } catch {
    return (text) => text === pattern;
  }
  return (text) => regex.test(text);
}
