import type { Table, TableName } from './table.ts';

/** All tables that have anything in them, in the form of iptables-save. The lines with the date are the caller's. */
export function saveTables(
  tables: Readonly<Record<TableName, Table>>,
  { counters = false, table: only }: { readonly counters?: boolean; readonly table?: string },
): string {
  return Object.values(tables)
    .filter((table) => only === undefined || table.name === only)
    .filter(
      (table) =>
        only !== undefined || !table.empty || [...table.chains.values()].some((chain) => chain.policy === null),
    )
    .map((table) => {
      const chains = table
        .ordered()
        .map(
          ({ name, policy, packets, bytes }) =>
            `:${name} ${policy ?? '-'} [${policy === null ? '0:0' : `${packets}:${bytes}`}]`,
        );
      const rules = table
        .ordered()
        .flatMap((chain) =>
          chain.rules.map(
            (rule) =>
              `${counters ? `[${rule.packets}:${rule.bytes}] ` : ''}-A ${chain.name}${rule.text ? ` ${rule.text}` : ''}`,
          ),
        );
      return `${[`*${table.name}`, ...chains, ...rules, 'COMMIT'].join('\n')}\n`;
    })
    .join('');
}
