import type { LabView } from '../../lab/view/lab-view.ts';

/** Addresses worth a try: one for each TCP port that a container publishes, and for port 80 if somebody on the host listens there. */
export function openAddresses(view: LabView, machine: 'host' | 'lan'): readonly string[] {
  const host = Object.values(view.namespaces).find(({ kind }) => kind === 'host');
  const reach = machine === 'host' ? 'localhost' : hostAddress(view);
  if (reach === null) return [];
  const published = Object.values(view.containers).flatMap(({ ports }) =>
    ports
      .filter(
        ({ protocol, hostAddress }) => protocol === 'tcp' && (machine === 'host' || !hostAddress.startsWith('127.')),
      )
      .map(({ hostPort }) => hostPort),
  );
  const listening = (host?.sockets ?? []).filter(
    ({ protocol, state, local }) => protocol === 'tcp' && state === 'LISTEN' && local.endsWith(':80'),
  );
  const ports = new Set([...published, ...(listening.length > 0 ? [80] : [])]);
  return [...ports].sort((a, b) => a - b).map((port) => `http://${reach}${port === 80 ? '' : `:${port}`}/`);
}

/** The host's address on the LAN, by which other machines reach it; null: it has none. */
export function hostAddress(view: LabView): string | null {
  const host = Object.values(view.namespaces).find(({ kind }) => kind === 'host');
  const card = Object.values(host?.devices ?? {}).find(({ kind }) => kind === 'ethernet');
  return card?.addresses[0]?.split('/')[0] ?? null;
}
