import type { Party } from '../evidence/evidence.ts';

/** Something to be tried out: whether one end reaches another. `from` is `host`, `lan` or a container's id. */
export type Probe =
  | { readonly try: 'connect'; readonly from: string; readonly to: string; readonly port: number }
  | { readonly try: 'page'; readonly from: string; readonly url: string }
  | { readonly try: 'resolve'; readonly from: string; readonly name: string };

/** How an attempt can end. */
export const OUTCOMES = ['reached', 'refused', 'silent', 'unreachable', 'no-name'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What came of a probe. */
export interface ProbeResult {
  readonly outcome: Outcome;
  /** Who took the connection, those behind a proxy among them; empty where nobody did. */
  readonly takers: readonly Party[];
  /** Of the name, where one was asked for. */
  readonly addresses: readonly string[];
  /** Of a page. */
  readonly status: number;
  readonly body: string;
  /** Why a packet ended on its way, and by which rule; null: none did. */
  readonly drop: { readonly reason: string; readonly rule: string | null } | null;
}
