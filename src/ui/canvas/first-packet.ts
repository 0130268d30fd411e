import type { LabView } from '../../lab/view/lab-view.ts';

/** A command that makes something move on a host where nothing has: its next router is asked for a sign of life. null: it has none. */
export function firstPacketCommand({ namespaces }: LabView): string | null {
  for (const { kind, routes } of Object.values(namespaces)) {
    if (kind !== 'host') continue;
    const gateway = routes.map((route) => /^default via (\S+)/.exec(route)?.[1]).find((each) => each !== undefined);
    if (gateway !== undefined) return `ping -c 1 ${gateway}`;
  }
  return null;
}
