import type { RowData } from '../../../lab/feed/feed.ts';
import type { ContainerView, LabView, PortView } from '../../../lab/view/lab-view.ts';

/** The published port for which Docker wrote a rule; null where the rule is not one of those. */
export function portBehindRule(
  row: RowData | null,
  view: LabView,
): { readonly container: ContainerView; readonly port: PortView } | null {
  if (row?.kind !== 'rule' || row.table !== 'nat') return null;
  const [, address, inside] = /--to-destination ([\d.]+):(\d+)/.exec(row.text) ?? [];
  const [, outside] = /--dport (\d+)/.exec(row.text) ?? [];
  for (const container of Object.values(view.containers)) {
    if (!container.endpoints.some((endpoint) => endpoint.address !== null && bare(endpoint.address) === address))
      continue;
    const port = container.ports.find(
      ({ hostPort, containerPort }) => hostPort === Number(outside) && containerPort === Number(inside),
    );
    if (port) return { container, port };
  }
  return null;
}

const bare = (address: string): string => address.split('/')[0] as string;
