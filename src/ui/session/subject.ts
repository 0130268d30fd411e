import type { JourneyId, PacketId, RecordId } from '../../lab/feed/feed.ts';
import type { ContainerId, DeviceId, NamespaceId, NetworkId } from '../../lab/view/lab-view.ts';

/** Something that can be pointed at, and then lights up wherever it is shown: picture, lists, tables, terminal, editor. */
export type Subject =
  | { readonly kind: 'record'; readonly record: RecordId }
  | { readonly kind: 'packet'; readonly packet: PacketId }
  | { readonly kind: 'journey'; readonly journey: JourneyId }
  | { readonly kind: 'container'; readonly container: ContainerId }
  | { readonly kind: 'network'; readonly network: NetworkId }
  | { readonly kind: 'namespace'; readonly namespace: NamespaceId }
  | { readonly kind: 'device'; readonly device: DeviceId }
  | {
      readonly kind: 'chain';
      readonly namespace: NamespaceId;
      readonly table: string;
      readonly chain: string;
      /** Counted from 1; absent: the chain. */
      readonly rule?: number;
    }
  | { readonly kind: 'conntrack'; readonly namespace: NamespaceId; readonly key: string }
  | {
      readonly kind: 'port';
      readonly container: ContainerId;
      readonly protocol: 'tcp' | 'udp';
      readonly hostPort: number;
    };

/** Whether two subjects are the same thing. */
export function sameSubject(a: Subject | null, b: Subject | null): boolean {
  if (a === null || b === null || a.kind !== b.kind) return a === b;
  const [one, other] = [a, b] as unknown as [Record<string, unknown>, Record<string, unknown>];
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].every((key) => one[key] === other[key]);
}
