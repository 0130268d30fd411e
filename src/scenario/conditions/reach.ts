import { type Outcome, OUTCOMES, type Probe, type ProbeResult } from '../probes/probe.ts';
import type { HostView } from '../host-view.ts';
import { type Answer, definePredicate } from './predicate.ts';

/*
 * These predicates try things out, on a second machine: who can reach whom as the world is now, whoever made it so and however.
 * As long as nothing is known they answer `unknown`.
 */

/** Who tries: a part that runs, `host` or `lan`. */
function originOf(view: HostView, part: string): string | null {
  return part === 'host' || part === 'lan' ? part : (view.running(part)?.id ?? null);
}

/** What is dialled: a name or an address as it stands, or every way to call a running part. */
function targetsOf(view: HostView, to: string, at: string): readonly string[] {
  if (at !== '') return [at];
  const container = view.running(to);
  if (!container) return [];
  return [to, ...view.attachments(container).flatMap(({ address }) => (address === '' ? [] : [address]))];
}

/** Any of them is enough; what is not known yet leaves it open. */
function some(answers: readonly Answer[]): Answer {
  if (answers.includes(true)) return true;
  return answers.includes('unknown') ? 'unknown' : false;
}

function judge(view: HostView, probe: Probe, holds: (result: ProbeResult) => boolean): Answer {
  const result = view.probes.ask(probe);
  return result === undefined ? 'unknown' : holds(result);
}

const takes = (view: HostView, { outcome, takers }: ProbeResult, to: string): boolean =>
  outcome === 'reached' && takers.some((party) => view.involves(party, to));

/**
 * From the one part a TCP connection to the other comes about, and it is that part which takes it. `at` is the name or address that is
 * dialled; without it the part's name and each of its addresses are tried, and one is enough.
 */
export const reaches = definePredicate({
  name: 'reaches',
  parse: (args) => {
    args.only('from', 'to', 'port', 'at');
    return { from: args.text('from'), to: args.text('to'), port: args.number('port'), at: args.text('at', '') };
  },
  holds: ({ from, to, port, at }, view) => {
    const origin = originOf(view, from);
    if (origin === null) return false;
    return some(
      targetsOf(view, to, at).map((target) =>
        judge(view, { try: 'connect', from: origin, to: target, port }, (result) => takes(view, result, to)),
      ),
    );
  },
});

/**
 * A connection to that name or address comes about with nobody, and this is how it ends: `refused`, `silent` (no answer),
 * `unreachable`, `no-name`; with `dropped` a packet of it ended by a netfilter rule.
 */
export const fails = definePredicate({
  name: 'fails',
  parse: (args) => {
    args.only('from', 'at', 'port', 'how', 'dropped');
    return {
      from: args.text('from'),
      at: args.text('at'),
      port: args.number('port'),
      how: args.texts('how').filter((each): each is Outcome => (OUTCOMES as readonly string[]).includes(each)),
      dropped: args.flag('dropped'),
    };
  },
  holds: ({ from, at, port, how, dropped }, view) => {
    const origin = originOf(view, from);
    if (origin === null) return false;
    return judge(
      view,
      { try: 'connect', from: origin, to: at, port },
      ({ outcome, drop }) =>
        outcome !== 'reached' && (how.length === 0 || how.includes(outcome)) && (!dropped || drop !== null),
    );
  },
});

/** A browser there gets a page from that part: with that status, and that text in it. */
export const getsPage = definePredicate({
  name: 'gets-page',
  parse: (args) => {
    args.only('from', 'url', 'of', 'status', 'contains');
    return {
      from: args.text('from'),
      url: args.text('url'),
      of: args.text('of', ''),
      status: args.has('status') ? args.number('status') : 200,
      contains: args.text('contains', ''),
    };
  },
  holds: ({ from, url, of, status, contains }, view) => {
    const origin = originOf(view, from);
    if (origin === null) return false;
    return judge(
      view,
      { try: 'page', from: origin, url },
      (result) =>
        result.outcome === 'reached' &&
        result.status === status &&
        result.body.includes(contains) &&
        (of === '' || takes(view, result, of)),
    );
  },
});

/** From there a name stands for an address of that part. */
export const resolves = definePredicate({
  name: 'resolves',
  parse: (args) => {
    args.only('from', 'name', 'to');
    return { from: args.text('from'), name: args.text('name'), to: args.text('to') };
  },
  holds: ({ from, name, to }, view) => {
    const origin = originOf(view, from);
    const container = view.running(to);
    if (origin === null || !container) return false;
    const own = view.attachments(container).map(({ address }) => address);
    return judge(view, { try: 'resolve', from: origin, name }, ({ addresses }) =>
      addresses.some((address) => own.includes(address)),
    );
  },
});

/** The rule at which such an attempt ended, if it has been made; empty where no rule is to blame. */
export function ruleThatDrops(
  view: HostView,
  { from, at, port }: { readonly from: string; readonly at: string; readonly port: number },
): string {
  const origin = originOf(view, from);
  const result = origin === null ? undefined : view.probes.known({ try: 'connect', from: origin, to: at, port });
  return result?.drop?.rule ?? '';
}
