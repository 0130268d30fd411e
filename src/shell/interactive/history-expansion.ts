/** `!!`, `!$`, `!n`, `!-n`, `!text`, `!?text?` (bash(1), HISTORY EXPANSION). Left out: modifiers and other word designators. */
export type Expanded =
  | { readonly kind: 'same' }
  | { readonly kind: 'changed'; readonly text: string }
  | { readonly kind: 'missing'; readonly event: string };

export function expandHistory(line: string, history: readonly string[]): Expanded {
  let result = '';
  let quoted = false;
  let double = false;
  let changed = false;
  for (let i = 0; i < line.length; i++) {
    const c = line[i] as string;
    if (c === '\\' && !quoted) {
      result += c + (line[++i] ?? '');
      continue;
    }
    if (c === "'" && !double) quoted = !quoted;
    if (c === '"' && !quoted) double = !double;
    const rest = line.slice(i);
    const match =
      c === '!' && !quoted && line[i - 1] !== '$' && line[i - 1] !== '{'
        ? /^!(?:(!)|(\$)|(-?\d+)|\?([^?\n]+)\??|([^\s=("';&|<>]+))/.exec(rest)
        : null;
    if (!match || (double && match[5]?.startsWith('"'))) {
      result += c;
      continue;
    }
    const [all, last, word, number, part, prefix] = match;
    const found =
      last || word
        ? history.at(-1)
        : number
          ? Number(number) < 0
            ? history.at(Number(number))
            : history[Number(number) - 1]
          : history.findLast((each) => (part ? each.includes(part) : each.startsWith(prefix as string)));
    if (found === undefined) return { kind: 'missing', event: all };
    result += word ? (found.trim().split(/\s+/).at(-1) ?? '') : found;
    changed = true;
    i += all.length - 1;
  }
  return changed ? { kind: 'changed', text: result } : { kind: 'same' };
}
