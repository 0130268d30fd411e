import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { runToEnd, WORKLOADS, type Workload } from '../lab/bench/workloads.ts';

/** One line of `npm run bench -- --json`. */
interface Measurement {
  readonly workload: string;
  readonly n: number;
  readonly trace: 'off' | 'on';
  readonly hops: number;
  readonly events: number;
  readonly delivered: number;
  readonly cpuNsPerHop: number;
  readonly hopsPerSecond: number;
  readonly peakRssMiB: number;
}

/** CPU time of this process, user and system, of the simulation loop only. */
function measure(workload: Workload, n: number, traced: boolean): Measurement {
  runToEnd(workload.prepare({ n: workload.warmUp, traced }));
  const run = workload.prepare({ n, traced });
  const { queue } = run.network;
  const [hopsBefore, firedBefore, began] = [run.hops, queue.fired, process.cpuUsage()];
  runToEnd(run);
  const { user, system } = process.cpuUsage(began);
  const hops = run.hops - hopsBefore;
  const nanoseconds = (user + system) * 1000;
  return {
    workload: workload.name,
    n,
    trace: traced ? 'on' : 'off',
    hops,
    events: queue.fired - firedBefore,
    delivered: run.delivered,
    cpuNsPerHop: Math.round(nanoseconds / hops),
    hopsPerSecond: Math.round(hops / (nanoseconds / 1e9)),
    peakRssMiB: Math.round(process.resourceUsage().maxRSS / 1024),
  };
}

/** Each measurement in a process of its own: what ran before would be in its memory and in its machine code. */
function measureApart(workload: Workload, n: number, traced: boolean): Measurement {
  const own = [
    ...process.execArgv,
    fileURLToPath(import.meta.url),
    '--one',
    workload.name,
    `${n}`,
    traced ? 'on' : 'off',
  ];
  const { stdout, stderr, status } = spawnSync(process.execPath, own, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Measurement;
}

const COLUMNS = ['workload', 'n', 'trace', 'hops', 'events', 'cpuNsPerHop', 'hopsPerSecond', 'peakRssMiB'] as const;

function row(cells: readonly (string | number)[]): string {
  return cells.map((cell, i) => `${cell}`.padStart((COLUMNS[i]?.length ?? 0) + 2)).join('');
}

function main(args: readonly string[]): number {
  if (args[0] === '--one') {
    const [, name, n, trace] = args;
    const workload = WORKLOADS.find((each) => each.name === name) as Workload;
    process.stdout.write(JSON.stringify(measure(workload, Number(n), trace === 'on')));
    return 0;
  }
  const names = args.filter((arg) => arg !== '--json');
  const unknown = names.find((name) => !WORKLOADS.some((workload) => workload.name === name));
  if (unknown !== undefined) {
    const known = WORKLOADS.map(({ name, what }) => `  ${name}  ${what}`).join('\n');
    process.stderr.write(`No workload '${unknown}'. There are:\n${known}\n`);
    return 2;
  }
  const json = args.includes('--json');
  if (!json) process.stdout.write(`${row(COLUMNS)}\n`);
  for (const workload of WORKLOADS) {
    if (names.length > 0 && !names.includes(workload.name)) continue;
    for (const n of workload.sizes) {
      for (const traced of [false, true]) {
        const measured = measureApart(workload, n, traced);
        const line = json ? JSON.stringify(measured) : row(COLUMNS.map((column) => measured[column]));
        process.stdout.write(`${line}\n`);
      }
    }
  }
  return 0;
}

process.exitCode = main(process.argv.slice(2));
