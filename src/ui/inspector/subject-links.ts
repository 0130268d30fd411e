import type { HopRecord, JourneyId } from '../../lab/feed/feed.ts';
import type { Subject } from '../session/subject.ts';
import type { TraceStore } from '../session/trace-store.ts';

/** The journey that a subject belongs to; null where it is none of a packet's. */
export function journeyOf(subject: Subject | null, trace: TraceStore): JourneyId | null {
  if (subject?.kind === 'journey') return subject.journey;
  if (subject?.kind === 'record') return trace.record(subject.record)?.journey ?? null;
  return subject?.kind === 'packet' ? (firstWith(subject.packet, trace)?.journey ?? null) : null;
}

/** The record that a subject points at: the first in which a packet appears; null for a whole journey and everything else. */
export function recordOf(subject: Subject | null, trace: TraceStore): HopRecord | null {
  if (subject?.kind === 'record') return trace.record(subject.record) ?? null;
  return subject?.kind === 'packet' ? firstWith(subject.packet, trace) : null;
}

function firstWith(packet: number, trace: TraceStore): HopRecord | null {
  return trace.records.find((record) => record.packet === packet) ?? null;
}
