import type { DeviceId, NamespaceId } from '../../../lab/view/lab-view.ts';

/** Ids of parts and spots: one spelling for scene, layout and playhead. */
export const deviceId = (device: DeviceId): string => `dev:${device}`;
export const namespaceId = (namespace: NamespaceId): string => `ns:${namespace}`;
export const programsId = (namespace: NamespaceId): string => `programs:${namespace}`;
export const deskId = (namespace: NamespaceId): string => `desk:${namespace}`;
export const gateId = (namespace: NamespaceId, table: string, chain: string): string =>
  `gate:${namespace}/${table}/${chain}`;
export const listenerId = (namespace: NamespaceId, protocol: string, port: number): string =>
  `sock:${namespace}/${protocol}/${port}`;
export const ledgerId = (namespace: NamespaceId): string => `ledger:${namespace}`;

/** The namespace that a spot is in, or null where it is none's. */
export function namespaceOf(spot: string): NamespaceId | null {
  const [kind, rest] = [spot.slice(0, spot.indexOf(':')), spot.slice(spot.indexOf(':') + 1)];
  return kind === 'ns' || kind === 'programs' || kind === 'desk' || kind === 'ledger'
    ? rest
    : (rest.split('/')[0] ?? null);
}
