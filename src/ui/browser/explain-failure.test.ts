import { describe, expect, it } from 'vitest';
import { at, packet, tcp, TraceBuilder } from '../inspector/trace.fixture.ts';
import { TraceStore } from '../session/trace-store.ts';
import { explainFailure } from './explain-failure.ts';

const failed = (error: string, url = 'http://localhost:81/') => ({ ok: false as const, error, url });
const COULD_NOT = 'Failed to connect to localhost:81 after 0 ms: Could not connect to server';
const ASKED = { machine: 'host', time: 0 } as const;

/** A trace of one SYN from the host to port 81 that came to this end. */
function synThat(end: (trace: TraceBuilder) => void): TraceStore {
  const builder = new TraceBuilder();
  builder.journey({ origin: 'ubuntu' });
  builder.packet(packet('127.0.0.1', '127.0.0.1', tcp(40000, 81)));
  builder.hop('transmit', at.device('ubuntu', 'lo'), 'sent');
  end(builder);
  const trace = new TraceStore();
  trace.add(builder.chunk);
  return trace;
}

const dropped = (reason: string) =>
  synThat((trace) => {
    trace.hop('drop', at.namespace('ubuntu'), reason);
  });

describe('why there is no page', () => {
  it.each([
    ['Could not resolve host: web', 'no name'],
    ['Recv failure: Connection reset by peer', 'broken off'],
    ['Empty reply from server', 'empty'],
    ['Received HTTP/0.9 when not allowed', 'not http'],
    ['Protocol "https" is not modelled on this simulated host: use http', 'scheme'],
    ['URL rejected: Bad hostname', 'bad address'],
    ['The page redirects in a circle', 'circle'],
    ['Operation timed out after 300000 milliseconds with 0 bytes received', 'timed out'],
    ['Something new', 'other'],
  ])('%s', (error, kind) => expect(explainFailure(failed(error), ASKED, new TraceStore()).kind).toBe(kind));

  it('is seen by what became of the SYN where it could not connect', () => {
    const kind = (trace: TraceStore) => explainFailure(failed(COULD_NOT), ASKED, trace);
    expect(kind(dropped('no listener'))).toMatchObject({ kind: 'refused', journey: { id: 1 } });
    expect(kind(dropped('dropped by netfilter')).kind).toBe('blocked');
    expect(kind(dropped('host unreachable')).kind).toBe('unreachable');
    expect(kind(synThat(() => {})).kind).toBe('timed out');
    expect(kind(new TraceStore())).toEqual({ kind: 'could not connect', journey: null });
  });

  it('is not taken from packets of an earlier request, another port or another machine', () => {
    const trace = dropped('no listener');
    expect(explainFailure(failed(COULD_NOT), { machine: 'lan', time: 0 }, trace).journey).toBeNull();
    expect(explainFailure(failed(COULD_NOT), { machine: 'host', time: 1 }, trace).journey).toBeNull();
    expect(explainFailure(failed(COULD_NOT, 'http://localhost:82/'), ASKED, trace).journey).toBeNull();
  });
});
