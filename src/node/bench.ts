import { WORKLOADS, type Workload } from '../lab/workload/workloads.ts';

/** `npm run bench -- [--json] [W1 …]`: CPU time of each workload per hop, with the trace off and on; set-up and warm-up not counted. */

interface Row {
  readonly workload: string;
  readonly n: number;
  readonly trace: boolean;
  readonly hops: number;
  readonly events: number;
  readonly delivered: number;
  readonly cpuNsPerHop: number;
  readonly hopsPerSecond: number;
  readonly peakRssMiB: number;
}

const WARM_UP = 0.1;

function measure(workload: Workload, n: number, trace: boolean): Row {
  workload.prepare(workload.name === 'W4' || workload.name === 'W5' ? Math.min(n, 100) : n, trace, WARM_UP).run();
  const prepared = workload.prepare(n, trace, 1);
  const before = process.cpuUsage();
  const { hops, events, delivered } = prepared.run();
  const { user, system } = process.cpuUsage(before);
  const seconds = (user + system) / 1e6;
  return {
    workload: workload.name,
    n,
    trace,
    hops,
    events,
    delivered,
    cpuNsPerHop: Math.round((seconds * 1e9) / hops),
    hopsPerSecond: Math.round(hops / seconds),
    peakRssMiB: Math.round(process.resourceUsage().maxRSS / 1024),
  };
}

const args = process.argv.slice(2);
const json = args.includes('--json');
const names = args.filter((arg) => !arg.startsWith('--') && arg !== 'all');
const unknown = names.find((name) => !WORKLOADS.some((workload) => workload.name === name));
if (unknown !== undefined) {
  process.stderr.write(`no such workload: ${unknown}; there are ${WORKLOADS.map(({ name }) => name).join(', ')}\n`);
  process.exit(2);
}
for (const workload of WORKLOADS.filter(({ name }) => names.length === 0 || names.includes(name)))
  for (const n of workload.sizes)
    for (const trace of [false, true]) {
      const row = measure(workload, n, trace);
      const text = `${row.workload}  n ${String(row.n).padStart(9)}  trace ${trace ? 'on ' : 'off'}  ${String(row.cpuNsPerHop).padStart(6)} ns a hop  ${String(row.hops).padStart(9)} hops  ${row.peakRssMiB} MiB`;
      process.stdout.write(`${json ? JSON.stringify(row) : text}\n`);
    }
