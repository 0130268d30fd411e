import type { NamespaceView } from '../../../lab/view/lab-view.ts';
import { gateId } from './part-id.ts';
import type { Gate } from './scene.ts';

/** The hooks of netfilter and, at each, the tables in the order of their priority (linux/netfilter_ipv4.h). */
export const HOOKS: Readonly<Record<string, readonly string[]>> = {
  PREROUTING: ['raw', 'mangle', 'nat'],
  INPUT: ['mangle', 'filter', 'nat'],
  FORWARD: ['mangle', 'filter'],
  OUTPUT: ['raw', 'mangle', 'nat', 'filter'],
  POSTROUTING: ['mangle', 'nat'],
};

/** The chains that Docker always uses keep their place even while they have no rule. */
const ALWAYS = new Set(['raw PREROUTING', 'nat PREROUTING', 'filter FORWARD', 'nat OUTPUT', 'nat POSTROUTING']);

/** The built-in chains in which a packet could meet a rule, in the order of its way. */
export function buildGates({ id, chains }: NamespaceView): Gate[] {
  return Object.entries(HOOKS).flatMap(([hook, tables]) =>
    tables.flatMap((table) => {
      const chain = chains.find((each) => each.table === table && each.name === hook);
      if (!chain && !ALWAYS.has(`${table} ${hook}`)) return [];
      return [
        {
          id: gateId(id, table, hook),
          subject: { kind: 'chain', namespace: id, table, chain: hook } as const,
          table,
          chain: hook,
          rules: chain?.rules.length ?? 0,
          policy: chain?.policy ?? 'ACCEPT',
        },
      ];
    }),
  );
}
