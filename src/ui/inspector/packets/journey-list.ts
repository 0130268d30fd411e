import type { JourneyId } from '../../../lab/feed/feed.ts';
import type { TraceStore } from '../../session/trace-store.ts';
import { factsOf, type JourneyFacts } from '../journey/journey-facts.ts';
import type { PacketFilter } from './parse-filter.ts';

interface Known {
  readonly facts: JourneyFacts;
  /** How many records it had when they were read: more may come. */
  readonly records: number;
}

/** The journeys of the trace that a filter lets through, in order; each is read again only when something new happened to it. */
export class JourneyList {
  rows: readonly JourneyFacts[] = [];
  private readonly known = new Map<JourneyId, Known>();
  private readonly places = new Map<JourneyId, number>();

  refresh(trace: TraceStore, filter: PacketFilter): void {
    if (this.known.size > trace.journeys.length * 2) this.known.clear();
    const rows: JourneyFacts[] = [];
    this.places.clear();
    for (const journey of trace.journeys) {
      const records = trace.recordsOf(journey.id).length;
      let known = this.known.get(journey.id);
      if (known === undefined || known.records !== records || known.facts.journey !== journey) {
        known = { facts: factsOf(journey, trace), records };
        this.known.set(journey.id, known);
      }
      if (!filter(known.facts)) continue;
      this.places.set(journey.id, rows.length);
      rows.push(known.facts);
    }
    this.rows = rows;
  }

  /** Where a journey stands among the rows; -1: it doesn't. */
  placeOf(journey: JourneyId | null): number {
    return journey === null ? -1 : (this.places.get(journey) ?? -1);
  }
}
