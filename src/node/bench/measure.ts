import type { Measured, Prepared } from '../../lab/workload/workload.ts';
import { WORKLOADS } from '../../lab/workload/workloads.ts';

/**
 * Measures one workload: `measure.js NAME N off|on json|text`, a process of its own for each row of the bench.
 *
 * What counts is the CPU time of the process, user and system, garbage collection included, from the first packet to the
 * last, each time beginning without neighbours and connections; the network is set up before. The steady state is wanted:
 * the workload runs at its full size until V8 has compiled it; then come the samples, as many runs in each as make enough
 * hops or take long enough, and the best one counts, since whatever else runs on the machine only ever adds.
 */
const WARM_UP = { hops: 2_000_000, seconds: 3 };
const SAMPLE = { hops: 400_000, seconds: 0.5 };
const SAMPLES = 5;

interface Sample {
  readonly last: Measured;
  readonly runs: number;
  readonly hops: number;
  readonly seconds: number;
}

function sample(prepared: Prepared, enough: typeof SAMPLE): Sample {
  let hops = 0;
  let seconds = 0;
  for (let runs = 1; ; runs++) {
    prepared.reset();
    const before = process.cpuUsage();
    const last = prepared.run();
    const { user, system } = process.cpuUsage(before);
    seconds += (user + system) / 1e6;
    hops += last.hops;
    if (hops >= enough.hops || seconds >= enough.seconds) return { last, runs, hops, seconds };
  }
}

function main([name, size, trace, format]: readonly string[]): void {
  const workload = WORKLOADS.find((each) => each.name === name);
  if (!workload) throw new Error(`no workload ${name}`);
  const n = Number(size);
  const traced = trace === 'on';
  const prepared = workload.prepare(n, traced);
  sample(prepared, WARM_UP);
  let best = sample(prepared, SAMPLE);
  let peakRss = process.memoryUsage.rss();
  for (let i = 1; i < SAMPLES; i++) {
    const next = sample(prepared, SAMPLE);
    peakRss = Math.max(peakRss, process.memoryUsage.rss());
    if (next.seconds / next.hops < best.seconds / best.hops) best = next;
  }
  const { last, runs, hops, seconds } = best;
  const row = {
    workload: workload.name,
    n,
    trace: traced,
    hops: last.hops,
    events: last.events,
    delivered: last.delivered,
    cpuNsPerHop: Math.round((seconds * 1e9) / hops),
    cpuMsPerRun: Math.round((seconds * 1e5) / runs) / 100,
    hopsPerSecond: Math.round(hops / seconds),
    peakRssMiB: Math.round(peakRss / 2 ** 20),
  };
  const text = `${row.workload}  n ${String(n).padStart(9)}  trace ${traced ? 'on ' : 'off'}  ${String(row.cpuNsPerHop).padStart(6)} ns a hop  ${row.cpuMsPerRun.toFixed(1).padStart(8)} ms a run  ${String(row.hops).padStart(9)} hops  ${row.peakRssMiB} MiB`;
  process.stdout.write(`${format === 'json' ? JSON.stringify(row) : text}\n`);
}

main(process.argv.slice(2));
