import { ok } from '../../../../base/result.ts';
import { IcmpMessage } from '../../../../wire/packet.ts';
import { usage } from '../command/options.ts';
import type { MatchExtension } from './match-extension.ts';

const TYPES: Readonly<Record<string, readonly [number, number | null]>> = {
  any: [255, null],
  'echo-reply': [0, null],
  pong: [0, null],
  'destination-unreachable': [3, null],
  'network-unreachable': [3, 0],
  'host-unreachable': [3, 1],
  'protocol-unreachable': [3, 2],
  'port-unreachable': [3, 3],
  'fragmentation-needed': [3, 4],
  'echo-request': [8, null],
  ping: [8, null],
  'time-exceeded': [11, null],
  'ttl-zero-during-transit': [11, 0],
};

/** -m icmp --icmp-type: by name, number or number/code (xt_icmp in xt_tcpudp.c). */
export const icmp: MatchExtension = {
  name: 'icmp',
  begin() {
    let test: { readonly type: number; readonly code: number | null; readonly not: boolean } | null = null;
    return {
      option(option, not, words) {
        if (option !== '--icmp-type') return ok(false);
        const value = words.value(option);
        if (!value.ok) return value;
        const named = Object.hasOwn(TYPES, value.value) ? TYPES[value.value] : undefined;
        const numbers = /^(\d+)(?:\/(\d+))?$/.exec(value.value);
        if (!named && !numbers) return usage(`Unknown ICMP type \`${value.value}'`);
        const [type, code] = named ?? [Number(numbers?.[1]), numbers?.[2] === undefined ? null : Number(numbers[2])];
        test = { type, code, not };
        return ok(true);
      },
      end() {
        const found = test;
        if (found === null)
          return ok({ spec: '-m icmp', words: 'icmp', matches: ({ packet }) => packet.payload instanceof IcmpMessage });
        const text = found.type === 255 ? 'any' : `${found.type}${found.code === null ? '' : `/${found.code}`}`;
        return ok({
          spec: `-m icmp ${found.not ? '! ' : ''}--icmp-type ${text}`,
          words:
            found.type === 255
              ? 'icmp'
              : `icmptype ${found.not ? '!' : ''}${found.type}${found.code === null ? '' : ` code ${found.code}`}`,
          matches: ({ packet: { payload } }) =>
            payload instanceof IcmpMessage &&
            (found.type === 255 ||
              (payload.type === found.type && (found.code === null || payload.code === found.code))) !== found.not,
        });
      },
    };
  },
};
