import { FdbEntry } from '../../kernel/net/link/fdb.ts';
import { NeighborRow } from '../../kernel/net/neigh/neighbor.ts';
import { Chain } from '../../kernel/net/netfilter/chain.ts';
import { ConntrackEntry } from '../../kernel/net/netfilter/conntrack.ts';
import type { Netfilter } from '../../kernel/net/netfilter/netfilter.ts';
import { Rule } from '../../kernel/net/netfilter/rule.ts';
import type { Tuple } from '../../kernel/net/netfilter/tuple.ts';
import { Route } from '../../kernel/net/route/route.ts';
import { routeInfo } from '../../kernel/net/route/route-info.ts';
import { type RouteForm, routeLine } from '../../programs/ip/route-text.ts';
import { formatIpv4, formatMac, type Ipv4 } from '../../wire/address.ts';
import { IpProtocol } from '../../wire/packet.ts';
import type { RowData } from './feed.ts';

/** As `ip route` prints it without further ado. */
export const ROUTE_FORM: RouteForm = { face: 'iproute2', device: false, protocol: false, scope: false, table: 'main' };

/**
 * The row that a record cites, as plain data.
 * @param netfilter of the place's namespace, to find the chain in which a rule stands
 */
export function describeRow(row: unknown, netfilter: Netfilter | null): RowData | null {
  if (row === null || row === undefined) return null;
  if (row instanceof Rule) return describeRule(row, netfilter);
  if (row instanceof Chain) {
    const [table = ''] = (row.placeName.split(':')[1] ?? '').split('/');
    return { kind: 'policy', table, chain: row.name, policy: row.policy ?? 'RETURN' };
  }
  if (row instanceof Route) return { kind: 'route', text: routeLine(routeInfo(row), ROUTE_FORM).trim() };
  if (row instanceof NeighborRow)
    return {
      kind: 'neighbor',
      address: formatIpv4(row.address),
      mac: row.mac === null ? null : formatMac(row.mac),
      state: row.state.toUpperCase(),
      device: row.device.name,
    };
  if (row instanceof FdbEntry) return { kind: 'fdb', mac: formatMac(row.mac), port: row.port.name, local: row.local };
  if (row instanceof ConntrackEntry)
    return {
      kind: 'conntrack',
      protocol: protocolName(row.original.protocol),
      original: tupleText(row.original),
      reply: tupleText(row.reply),
    };
  if (isDnsRecord(row))
    return {
      kind: 'dns',
      name: row.name,
      answer: typeof row.data === 'number' ? formatIpv4(row.data as Ipv4) : String(row.data),
    };
  if (Array.isArray(row)) return { kind: 'other', text: row.join(' ') };
  return typeof row === 'string' ? { kind: 'other', text: row } : null;
}

function describeRule(rule: Rule, netfilter: Netfilter | null): RowData {
  for (const table of Object.values(netfilter?.tables ?? {}))
    for (const chain of table.chains.values()) {
      const index = chain.rules.indexOf(rule);
      if (index >= 0) return { kind: 'rule', table: table.name, chain: chain.name, number: index + 1, text: rule.text };
    }
  // It has been taken out since.
  return { kind: 'rule', table: '', chain: '', number: 0, text: rule.text };
}

export const tupleText = ({ source, destination, protocol, sourcePort, destinationPort }: Tuple): string =>
  protocol === IpProtocol.tcp || protocol === IpProtocol.udp
    ? `${formatIpv4(source)}:${sourcePort} → ${formatIpv4(destination)}:${destinationPort}`
    : `${formatIpv4(source)} → ${formatIpv4(destination)}`;

export const protocolName = (protocol: number): string =>
  protocol === IpProtocol.tcp
    ? 'tcp'
    : protocol === IpProtocol.udp
      ? 'udp'
      : protocol === IpProtocol.icmp
        ? 'icmp'
        : String(protocol);

const isDnsRecord = (row: unknown): row is { readonly name: string; readonly data: unknown } =>
  typeof row === 'object' && row !== null && 'ttl' in row && 'data' in row;
