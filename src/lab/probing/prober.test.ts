import { describe, expect, it } from 'vitest';
import { ProbeBook } from '../../scenario/probes/probe-book.ts';
import type { Probe, ProbeResult } from '../../scenario/probes/probe.ts';
import { Lab } from '../lab.ts';
import { PartsHolder } from '../parts.ts';
import { traceHash } from '../trace-hash.ts';
import { WHOLE } from '../whole.ts';
import { Prober } from './prober.ts';

const parts = new PartsHolder(WHOLE);
const start = { seed: 5, startDate: 1_795_461_300_000, files: {} };

/** A learner's machine with somebody who probes beside it. */
function session(...lines: readonly string[]) {
  const lab = new Lab({ ...start, parts });
  const book = new ProbeBook();
  const prober = new Prober({ lab, parts, start, book });
  const terminal = lab.openTerminal({ columns: 100, rows: 30, onOutput: () => {} });
  lab.advance(1e9);
  const run = (line: string) => {
    lab.type(terminal, `${line}\r`);
    lab.advance(4e9);
  };
  lines.forEach(run);
  const idOf = (name: string) => lab.world.docker.containers.list().find((each) => each.name === name)?.id ?? '';
  const find = (probe: Probe): ProbeResult | undefined => {
    book.ask(probe);
    prober.work();
    book.ask(probe);
    lab.advance(1e9);
    while (prober.work());
    return book.ask(probe);
  };
  return { lab, book, prober, run, idOf, find };
}

const SERVER = [
  'docker network create n',
  'docker run -d --name aa --network n busybox sleep 9999',
  'docker run -d --name bb --network n busybox nc -lk -p 5000 -e cat',
];

describe('a prober', () => {
  it('leaves no mark on the machine that it is asked about', () => {
    const { lab, find, idOf } = session(...SERVER);
    const other = session(...SERVER);
    expect(find({ try: 'connect', from: idOf('aa'), to: 'bb', port: 5000 })?.outcome).toBe('reached');
    other.lab.advance(1e9);
    expect(lab.fingerprint()).toBe(other.lab.fingerprint());
    expect(traceHash(lab.world.trace)).toBe(traceHash(other.lab.world.trace));
    expect(lab.log).toEqual(other.lab.log);
    expect(lab.world.host.random.int32()).toBe(other.lab.world.host.random.int32());
  });

  it.each([
    ['reached', 'bb', 5000],
    ['refused', 'bb', 5001],
    ['no-name', 'cc', 5000],
    ['unreachable', '172.18.0.77', 5000],
  ] as const)('finds a connection %s', (outcome, to, port) => {
    const { find, idOf } = session(...SERVER);
    const result = find({ try: 'connect', from: idOf('aa'), to, port });
    expect(result?.outcome).toBe(outcome);
    expect(result?.takers).toEqual(outcome === 'reached' ? [[idOf('bb')]] : []);
    expect(result?.drop).toBe(null);
  });

  it('says which rule has dropped the packets', () => {
    const { find, idOf } = session(
      ...SERVER,
      'docker network create m',
      'docker run -d --name cc --network m busybox sleep 9999',
    );
    const result = find({ try: 'connect', from: idOf('cc'), to: '172.18.0.3', port: 5000 });
    expect(result?.outcome).toBe('silent');
    expect(result?.drop?.rule).toMatch(/-j DROP/);
  });

  it('does not take a listener away that serves one connection only', () => {
    const { find, idOf, lab } = session(
      'docker network create n',
      'docker run -d --name aa --network n busybox sleep 9999',
      'docker run -d --name bb --network n busybox nc -l -p 5000',
    );
    const address = { try: 'connect', from: idOf('aa'), to: '172.18.0.3', port: 5000 } as const;
    expect(find({ try: 'connect', from: idOf('aa'), to: 'bb', port: 5000 })?.outcome).toBe('reached');
    expect(find(address)?.outcome).toBe('reached');
    expect(lab.world.docker.containers.list().every(({ running }) => running)).toBe(true);
  });

  it('forgets what it found as soon as the world has moved on', () => {
    const { find, run, idOf, book, prober } = session(...SERVER);
    const probe = { try: 'connect', from: idOf('aa'), to: 'bb', port: 5000 } as const;
    expect(find(probe)?.outcome).toBe('reached');
    run('docker stop -t 0 bb');
    prober.work();
    expect(book.ask(probe)).toBe(undefined);
    expect(find(probe)?.outcome).toBe('no-name');
  });

  it('waits until the host is at rest', () => {
    const { lab, book, prober, idOf } = session(...SERVER);
    const probe = { try: 'connect', from: idOf('aa'), to: 'bb', port: 5000 } as const;
    book.ask(probe);
    prober.work();
    book.ask(probe);
    expect(prober.work()).toBe(false);
    lab.advance(0.6e9);
    expect(prober.work()).toBe(true);
  });
});
