import type { Kernel } from '../../kernel/kernel.ts';
import type { Namespaces } from '../../kernel/process/namespaces.ts';
import { Rule } from '../../kernel/net/netfilter/rule.ts';
import { Observer } from '../../scenario/evidence/observer.ts';
import type { Party } from '../../scenario/evidence/evidence.ts';
import type { Probe, ProbeResult } from '../../scenario/probes/probe.ts';
import { type RecordId, type Trace, TraceKind } from '../../sim/trace.ts';
import type { Lab } from '../lab.ts';
import { type Attempt, attempt, SILENCE } from './attempt.ts';

/** A probe that has found nothing by then finds nothing. */
const PATIENCE = 6e9;
const EVENTS = 200;
/** What a proxy does for a connection is done by then. */
const AFTERWARDS = 50e6;

/** Tries something out on a machine that nobody needs afterwards, in small steps. */
export function* runProbe(lab: Lab, probe: Probe): Generator<void, ProbeResult, void> {
  const { world } = lab;
  const observer = new Observer(world);
  observer.look();
  const origin = originOf(lab, probe.from);
  const firstRecord = world.trace.length;
  const found: Attempt[] = origin ? [] : [SILENCE];
  origin?.machine.spawn({
    run: { program: attempt(probe, (each) => found.push(each)) },
    argv: ['probe'],
    namespaces: origin.namespaces,
  });
  for (const deadline = lab.now + PATIENCE; found.length === 0 && lab.now < deadline; yield)
    lab.advanceUpTo(Math.min(deadline, Math.max(lab.now, world.queue.nextTime)), EVENTS);
  for (const end = lab.now + AFTERWARDS; !lab.advanceUpTo(end, EVENTS); ) yield;
  observer.look();
  return {
    ...(found[0] ?? SILENCE),
    takers: takersOf(observer, probe.from),
    drop: dropSince(world.trace, firstRecord),
  };
}

function originOf({ world }: Lab, from: string): { readonly machine: Kernel; readonly namespaces: Namespaces } | null {
  if (from === 'host') return { machine: world.host, namespaces: world.host.hostNamespaces };
  if (from === 'lan') return { machine: world.lan, namespaces: world.lan.hostNamespaces };
  const namespaces = world.docker.containers.list().find(({ id }) => id === from)?.namespaces;
  return namespaces ? { machine: world.host, namespaces } : null;
}

/** Who took a connection from there; where it was docker-proxy on the host, also those to whom it passed it on. */
function takersOf({ evidence }: Observer, from: string): readonly Party[] {
  const direct = evidence.conversations.filter(({ opener }) => opener.includes(from));
  const behind = direct.some(({ accepter }) => accepter.includes('host'))
    ? evidence.conversations.filter(({ opener }) => opener.includes('host'))
    : [];
  return [...direct, ...behind].map(({ accepter }) => accepter);
}

/** The first packet that netfilter dropped, and the last rule that decided about it. */
function dropSince(trace: Trace, from: RecordId): ProbeResult['drop'] {
  for (let id = Math.max(from, trace.dropped); id < trace.length; id++) {
    const record = trace.read(id);
    if (record?.kind !== TraceKind.drop || !record.detail.includes('netfilter')) continue;
    const before = trace.read(record.cause);
    const row = [record.because, before?.because].find((each) => each instanceof Rule);
    return { reason: record.detail, rule: row instanceof Rule ? row.text : null };
  }
  return null;
}
