import { ok, type Result } from '../../../../base/result.ts';
import { type Complaint, usage } from '../command/options.ts';
import { CtState } from '../conntrack.ts';
import type { SkBuff } from '../../skb.ts';
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

export interface StateTest {
  /** `NEW,ESTABLISHED`. */
  readonly text: string;
  matches(skb: SkBuff): boolean;
}

/** What `--ctstate` and `--state` say. */
export function readStates(match: 'conntrack' | 'state', value: string, not: boolean): Result<StateTest, Complaint> {
  let wanted = 0;
  for (const word of value.toUpperCase().split(',')) {
    const state = STATES.find(([each]) => each === word);
    if (!state) return usage(`${match}: Bad ${match} state "${word}"`);
    wanted |= state[1];
  }
  return ok({
    text: STATES.filter(([, bit]) => (wanted & bit) !== 0)
      .map(([each]) => each)
      .join(','),
    matches(skb) {
      let { ctState } = skb;
      const entry = skb.conntrack;
      if (entry !== null) {
        if (entry.sourceChanged) ctState |= CtState.snat;
        if (entry.destinationChanged) ctState |= CtState.dnat;
      }
      return ((ctState & wanted) !== 0) !== not;
    },
  });
}

/** -m state --state, the older form of `-m conntrack --ctstate`. */
export const stateMatchExtension: MatchExtension = {
  name: 'state',
  begin() {
    let wanted: (StateTest & { readonly not: boolean }) | null = null;
    return {
      option(given, not, words) {
        if (given !== '--state') return ok(false);
        const value = words.value(given);
        if (!value.ok) return value;
        const test = readStates('state', value.value, not);
        if (!test.ok) return test;
        wanted = { ...test.value, not };
        return ok(true);
      },
      end() {
        if (wanted === null) return usage('state: At least one option is required');
        const test = wanted;
        const text = (option: string) => `${test.not ? '! ' : ''}${option} ${test.text}`;
        return ok({
          spec: `-m state ${text('--state')}`,
          words: text('state'),
          needsConntrack: true,
          matches: (skb) => test.matches(skb),
        });
      },
    };
  },
};
