import { ok } from '../../../../base/result.ts';
import { usage } from '../command/options.ts';
import { CtState } from '../conntrack.ts';
import type { MatchExtension } from './match-extension.ts';

/** In the order in which iptables prints them. */
const STATES = [
  ['INVALID', CtState.invalid],
  ['NEW', CtState.new],
  ['RELATED', CtState.related],
  ['ESTABLISHED', CtState.established],
  ['UNTRACKED', CtState.untracked],
  ['SNAT', CtState.snat],
  ['DNAT', CtState.dnat],
] as const;

/** -m conntrack --ctstate and its older form -m state --state (xt_conntrack.c). */
function stateMatch(name: 'conntrack' | 'state', option: '--ctstate' | '--state'): MatchExtension {
  return {
    name,
    begin() {
      let wanted: { readonly bits: number; readonly not: boolean } | null = null;
      return {
        option(given, not, words) {
          if (given !== option) return ok(false);
          const value = words.value(option);
          if (!value.ok) return value;
          let bits = 0;
          for (const word of value.value.toUpperCase().split(',')) {
            const state = STATES.find(([each]) => each === word);
            if (!state) return usage(`${name}: Bad ${name} state "${word}"`);
            bits |= state[1];
          }
          wanted = { bits, not };
          return ok(true);
        },
        end() {
          const found = wanted;
          if (found === null) return usage(`${name}: At least one option is required`);
          const names = STATES.filter(([, bit]) => (found.bits & bit) !== 0)
            .map(([each]) => each)
            .join(',');
          return ok({
            spec: `-m ${name} ${found.not ? '! ' : ''}${option} ${names}`,
            words: `${found.not ? '! ' : ''}${name === 'state' ? 'state' : 'ctstate'} ${names}`,
            needsConntrack: true,
            matches(skb) {
              let { ctState } = skb;
              const entry = skb.conntrack;
              if (entry !== null) {
                if (entry.sourceChanged) ctState |= CtState.snat;
                if (entry.destinationChanged) ctState |= CtState.dnat;
              }
              return ((ctState & found.bits) !== 0) !== found.not;
            },
          });
        },
      };
    },
  };
}

export const conntrackMatch = stateMatch('conntrack', '--ctstate');
export const stateMatchExtension = stateMatch('state', '--state');
