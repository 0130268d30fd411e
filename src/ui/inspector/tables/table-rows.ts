import type { HopRecord, RowData } from '../../../lab/feed/feed.ts';
import type { NamespaceId, NamespaceView } from '../../../lab/view/lab-view.ts';
import type { Subject } from '../../session/subject.ts';
import { sideText } from '../subjects/side-text.ts';
import type { TableName, TableWords } from './words.ts';

/** One row of a table: its cells, what it points at, and whether the selected step went by it. */
export interface TableRow {
  readonly cells: readonly string[];
  /** What lights up with it; null: nothing. */
  readonly subject: Subject | null;
  /** Selecting it shows its details; others only point at the device that they name. */
  readonly opens: boolean;
  readonly lit: boolean;
}

/** Rows under one heading: a chain of iptables; other tables have one group without a heading. */
export interface RowGroup {
  readonly heading: string | null;
  readonly subject: Subject | null;
  readonly rows: readonly TableRow[];
}

export interface Table {
  readonly columns: readonly string[];
  readonly groups: readonly RowGroup[];
}

/** One table of a namespace, with the rows lit by which a step was decided. */
export function tableOf(
  name: TableName,
  namespace: NamespaceView,
  step: HopRecord | null,
  { columns, policy, own, unreplied }: TableWords,
): Table {
  const because = step?.place.namespace === namespace.id ? step.because : null;
  const device = (text: string): Subject => ({ kind: 'device', device: `${namespace.id}/${text}` });
  const one = (heads: readonly string[], rows: readonly TableRow[]): Table => ({
    columns: heads,
    groups: rows.length === 0 ? [] : [{ heading: null, subject: null, rows }],
  });
  switch (name) {
    case 'interfaces':
      return one(
        [columns.device, columns.addresses, columns.state],
        Object.values(namespace.devices).map(({ id, name, addresses, up, carrier, master }) => ({
          cells: [
            name,
            addresses.join(', '),
            `${up ? (carrier ? 'up' : 'no carrier') : 'down'}${master === null ? '' : ` · ${master}`}`,
          ],
          subject: { kind: 'device', device: id },
          opens: true,
          lit: step?.place.kind === 'device' && step.place.namespace === namespace.id && step.place.device === name,
        })),
      );
    case 'routes':
      return one(
        [columns.route],
        namespace.routes.map((text) => {
          const [, through] = / dev (\S+)/.exec(text) ?? [];
          return {
            cells: [text],
            subject: through === undefined ? null : device(through),
            opens: false,
            lit: because?.kind === 'route' && because.text === text,
          };
        }),
      );
    case 'neighbors':
      return one(
        [columns.address, columns.mac, columns.device, columns.state],
        namespace.neighbors.map((row) => ({
          cells: [row.address, row.mac ?? '–', row.device, row.state],
          subject: device(row.device),
          opens: false,
          lit: because?.kind === 'neighbor' && because.address === row.address && because.device === row.device,
        })),
      );
    case 'fdb':
      return one(
        [columns.mac, columns.port, columns.bridge],
        namespace.fdb.map(({ mac, port, bridge, local }) => ({
          cells: [mac, local ? `${port} (${own})` : port, bridge],
          subject: device(port),
          opens: false,
          lit: because?.kind === 'fdb' && because.mac === mac && because.port === port,
        })),
      );
    case 'iptables':
      return {
        columns: ['#', columns.rule, columns.packets],
        groups: namespace.chains.map((chain) => ({
          heading: `${chain.table} ${chain.name}${chain.policy === null ? '' : ` (${policy(chain.policy, chain.packets)})`}`,
          subject: { kind: 'chain', namespace: namespace.id, table: chain.table, chain: chain.name },
          rows: chain.rules.map((rule, i) => ({
            cells: [String(i + 1), rule.text, String(rule.packets)],
            subject: { kind: 'chain', namespace: namespace.id, table: chain.table, chain: chain.name, rule: i + 1 },
            opens: true,
            lit: isRule(because, chain.table, chain.name, i + 1),
          })),
        })),
      };
    case 'conntrack':
      return one(
        [columns.protocol, columns.there, columns.back],
        namespace.conntrack.map((entry) => ({
          cells: [
            `${entry.protocol} ${entry.state ?? ''}`.trim(),
            sideText(entry.original),
            `${sideText(entry.reply)}${entry.unreplied ? ` (${unreplied})` : ''}`,
          ],
          subject: { kind: 'conntrack', namespace: namespace.id, key: entry.key },
          opens: true,
          lit:
            because?.kind === 'conntrack' &&
            because.original === sideText(entry.original) &&
            because.protocol === entry.protocol,
        })),
      );
    case 'sockets':
      return one(
        [columns.protocol, columns.local, columns.remote, columns.program],
        namespace.sockets.map(({ protocol, state, local, remote, program, pid }) => ({
          cells: [
            `${protocol} ${state}`.trim(),
            local,
            remote,
            program === null ? '' : `${program} ${pid ?? ''}`.trim(),
          ],
          subject: null,
          opens: false,
          lit: step?.kind === 'process' && step.place.kind === 'process' && pid !== null && step.place.pid === pid,
        })),
      );
    case 'names':
      return one(
        [columns.name, columns.address, columns.network],
        (namespace.names ?? []).map((record) => ({
          cells: [record.name, record.addresses.join(', '), record.network],
          subject: null,
          opens: false,
          lit: because?.kind === 'dns' && because.name.replace(/\.$/, '') === record.name,
        })),
      );
  }
}

function isRule(row: RowData | null, table: string, chain: string, number: number): boolean {
  return row?.kind === 'rule' && row.table === table && row.chain === chain && row.number === number;
}

/** The namespace that a subject is about, if it is about one. */
export function namespaceOf(subject: Subject | null, step: HopRecord | null): NamespaceId | null {
  if (step !== null) return step.place.namespace;
  switch (subject?.kind) {
    case 'container':
      return subject.container;
    case 'namespace':
    case 'chain':
    case 'conntrack':
      return subject.namespace;
    case 'device':
      return subject.device.slice(0, subject.device.lastIndexOf('/'));
    default:
      return null;
  }
}
