import { ok } from '../../../../base/result.ts';
import { usage } from '../command/options.ts';
import type { MatchExtension } from './match-extension.ts';

/** -m comment: words for people (xt_comment.c). */
export const comment: MatchExtension = {
  name: 'comment',
  begin() {
    let text: string | null = null;
    return {
      option(option, _not, words) {
        if (option !== '--comment') return ok(false);
        const value = words.value(option);
        if (!value.ok) return value;
        text = value.value;
        return ok(true);
      },
      end() {
        if (text === null) return usage('comment: option "--comment" must be specified');
        const quoted = /^[\w.-]+$/.test(text) ? text : `"${text.replace(/(["\\])/g, '\\$1')}"`;
        return ok({ spec: `-m comment --comment ${quoted}`, words: `/* ${text} */`, matches: () => true });
      },
    };
  },
};

/** -m mark: a number that another rule has given the packet (xt_mark.c). */
export const mark: MatchExtension = {
  name: 'mark',
  begin() {
    let test: { readonly value: number; readonly mask: number; readonly not: boolean } | null = null;
    return {
      option(option, not, words) {
        if (option !== '--mark') return ok(false);
        const value = words.value(option);
        if (!value.ok) return value;
        const match = /^(0x[0-9a-f]+|\d+)(?:\/(0x[0-9a-f]+|\d+))?$/i.exec(value.value);
        if (!match) return usage(`mark: bad mark value for option "--mark", or out of range`);
        test = { value: Number(match[1]) | 0, mask: match[2] === undefined ? -1 : Number(match[2]) | 0, not };
        return ok(true);
      },
      end() {
        const found = test;
        if (found === null) return usage('mark: option "--mark" must be specified');
        const hex = (n: number) => `0x${(n >>> 0).toString(16)}`;
        const text = found.mask === -1 ? hex(found.value) : `${hex(found.value)}/${hex(found.mask)}`;
        return ok({
          spec: `-m mark ${found.not ? '! ' : ''}--mark ${text}`,
          words: `mark match ${found.not ? '!' : ''}${text}`,
          matches: (skb) => ((skb.mark & found.mask) === found.value) !== found.not,
        });
      },
    };
  },
};
