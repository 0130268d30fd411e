import { ok } from '../../../../base/result.ts';
import { usage } from '../command/options.ts';
import type { MatchExtension } from './match-extension.ts';

const KINDS = [
  'UNSPEC',
  'UNICAST',
  'LOCAL',
  'BROADCAST',
  'ANYCAST',
  'MULTICAST',
  'BLACKHOLE',
  'UNREACHABLE',
  'PROHIBIT',
];

interface Test {
  readonly kinds: readonly string[];
  readonly not: boolean;
}

/** -m addrtype: what kind of address it is to this namespace (xt_addrtype.c). */
export const addrtype: MatchExtension = {
  name: 'addrtype',
  begin(context) {
    let source: Test | null = null;
    let destination: Test | null = null;
    return {
      option(option, not, words) {
        if (option !== '--src-type' && option !== '--dst-type') return ok(false);
        const value = words.value(option);
        if (!value.ok) return value;
        const kinds = value.value.toUpperCase().split(',');
        const unknown = kinds.find((kind) => !KINDS.includes(kind));
        if (unknown !== undefined) return usage(`addrtype: bad type \`${unknown}'`);
        if (option === '--src-type') source = { kinds, not };
        else destination = { kinds, not };
        return ok(true);
      },
      end() {
        const [from, to] = [source as Test | null, destination as Test | null];
        if (from === null && to === null) return usage("addrtype match: you must specify `--src-type' or `--dst-type'");
        const spec = (name: string, test: Test | null) =>
          test === null ? [] : [`${test.not ? '! ' : ''}--${name} ${test.kinds.join(',')}`];
        const said = (name: string, test: Test | null) =>
          test === null ? [] : [`${name} ${test.not ? '!' : ''}${test.kinds.join(',')}`];
        const lower = (test: Test | null) => test?.kinds.map((kind) => kind.toLowerCase()) ?? [];
        const [fromKinds, toKinds] = [lower(from), lower(to)];
        return ok({
          spec: ['-m addrtype', ...spec('src-type', from), ...spec('dst-type', to)].join(' '),
          words: ['ADDRTYPE match', ...said('src-type', from), ...said('dst-type', to)].join(' '),
          matches: ({ packet }) =>
            (from === null || fromKinds.includes(context.addressType(packet.source)) !== from.not) &&
            (to === null || toKinds.includes(context.addressType(packet.destination)) !== to.not),
        });
      },
    };
  },
};
