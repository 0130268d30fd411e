import type { HopRecord, Journey, SimTime } from '../../lab/feed/feed.ts';
import type { FetchedPage } from '../../lab/messages.ts';
import { factsOf } from '../inspector/journey/journey-facts.ts';
import type { TraceStore } from '../session/trace-store.ts';
import { portOf } from './address.ts';

/** Why there is no page, in the kinds that a reader can tell apart. */
export type FailureKind =
  | 'no name'
  | 'refused'
  | 'unreachable'
  | 'timed out'
  | 'blocked'
  | 'could not connect'
  | 'broken off'
  | 'empty'
  | 'not http'
  | 'scheme'
  | 'bad address'
  | 'circle'
  | 'other';

export interface ExplainedFailure {
  readonly kind: FailureKind;
  /** The packet that tells: the SYN that was refused, dropped or never answered. */
  readonly journey: Journey | null;
}

type Failed = Extract<FetchedPage, { ok: false }>;

/** What the fetching program's words mean; why it could not connect is seen by what became of its SYN. */
export function explainFailure(
  page: Failed,
  asked: { readonly machine: 'host' | 'lan'; readonly time: SimTime },
  trace: TraceStore,
): ExplainedFailure {
  const { error } = page;
  const plain = (kind: FailureKind): ExplainedFailure => ({ kind, journey: null });
  if (error.startsWith('Could not resolve host')) return plain('no name');
  if (error.startsWith('Failed to connect') || error.startsWith('Connection timed out'))
    return explainSyn(page, asked, trace);
  if (error.includes('timed out')) return plain('timed out');
  if (error.startsWith('Recv failure') || error.startsWith('Send failure') || error.includes('in the middle of'))
    return plain('broken off');
  if (error.startsWith('Empty reply')) return plain('empty');
  if (error.includes('HTTP/0.9')) return plain('not http');
  if (error.startsWith('Protocol')) return plain('scheme');
  if (error.startsWith('URL rejected')) return plain('bad address');
  return plain(error.includes('redirects in a circle') ? 'circle' : 'other');
}

const NAMESPACE = { host: 'ubuntu', lan: 'lan' } as const;

/** Looks for the last SYN to that port that this machine sent for the request. */
function explainSyn(
  { url, error }: Failed,
  { machine, time }: { readonly machine: 'host' | 'lan'; readonly time: SimTime },
  trace: TraceStore,
): ExplainedFailure {
  const port = portOf(url);
  const syn = trace.journeys.findLast((journey) => {
    if (journey.time < time || journey.origin !== NAMESPACE[machine] || journey.protocol !== 'tcp') return false;
    const { flags, to } = factsOf(journey, trace);
    return flags.length === 1 && flags[0] === 'SYN' && to.port === port;
  });
  if (syn === undefined)
    return { kind: error.includes('timed out') ? 'timed out' : 'could not connect', journey: null };
  const { fate } = factsOf(syn, trace);
  const kind: FailureKind = fate.is === 'dropped' ? kindOfDrop(fate.record) : 'timed out';
  return { kind, journey: syn };
}

function kindOfDrop({ detail }: HopRecord): FailureKind {
  if (detail === 'no listener') return 'refused';
  if (detail === 'dropped by netfilter') return 'blocked';
  return 'unreachable';
}
