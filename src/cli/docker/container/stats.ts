import type { Sys } from '../../../kernel/syscalls/proc.ts';
import { anyArguments } from '../../command/argument-rule.ts';
import { defineCommand } from '../../command/command.ts';
import { bool, string } from '../../command/flag.ts';
import { formatList, type Listing } from '../../format/listing.ts';
import { bytesSize, humanSize, truncateId } from '../../format/units.ts';
import type { ContainerSummary } from '../api-objects.ts';
import type { Cli } from '../cli.ts';
import { containerNames } from '../completion.ts';

interface ApiStats {
  readonly id?: string;
  readonly name?: string;
  readonly cpu_stats?: CpuStats;
  readonly precpu_stats?: CpuStats;
  readonly memory_stats?: { readonly usage?: number; readonly limit?: number };
  readonly networks?: Readonly<Record<string, { readonly rx_bytes: number; readonly tx_bytes: number }>>;
  readonly pids_stats?: { readonly current?: number };
}

interface CpuStats {
  readonly cpu_usage?: { readonly total_usage?: number };
  readonly system_cpu_usage?: number;
  readonly online_cpus?: number;
}

interface StatsRow {
  readonly asked: string;
  readonly stats: ApiStats;
}

const STATS: Listing<StatsRow> = {
  goType: '*container.statsContext',
  table:
    'table {{.ID}}\\t{{.Name}}\\t{{.CPUPerc}}\\t{{.MemUsage}}\\t{{.MemPerc}}\\t{{.NetIO}}\\t{{.BlockIO}}\\t{{.PIDs}}',
  quiet: '{{.ID}}',
  columns: {
    Container: ['CONTAINER', (row) => row.asked],
    Name: ['NAME', ({ stats }) => (stats.name ?? '').replace(/^\//, '') || '--'],
    ID: ['CONTAINER ID', ({ stats }, { truncate }) => (truncate ? truncateId(stats.id ?? '') : (stats.id ?? ''))],
    CPUPerc: ['CPU %', ({ stats }) => `${cpuPercent(stats).toFixed(2)}%`],
    MemUsage: [
      'MEM USAGE / LIMIT',
      ({ stats }) => `${bytesSize(memory(stats).usage)} / ${bytesSize(memory(stats).limit)}`,
    ],
    MemPerc: [
      'MEM %',
      ({ stats }) =>
        `${(memory(stats).limit === 0 ? 0 : (100 * memory(stats).usage) / memory(stats).limit).toFixed(2)}%`,
    ],
    NetIO: [
      'NET I/O',
      ({ stats }) => `${humanSize(traffic(stats, 'rx_bytes'), 3)} / ${humanSize(traffic(stats, 'tx_bytes'), 3)}`,
    ],
    BlockIO: ['BLOCK I/O', () => `${humanSize(0, 3)} / ${humanSize(0, 3)}`],
    PIDs: ['PIDS', ({ stats }) => String(stats.pids_stats?.current ?? 0)],
  },
};

const HALF_SECOND = 500_000_000;

/** `docker stats`: once, or again and again on the same screen until Ctrl+C. Disks are not modelled. */
export const stats = defineCommand({
  use: 'stats [OPTIONS] [CONTAINER...]',
  short: 'Show what containers use of the machine, live',
  top: 'stats [OPTIONS] [CONTAINER...]',
  args: anyArguments,
  flags: {
    all: bool('Show all containers, not only those that run', { short: 'a' }),
    format: string("Print in this form: 'table', 'table TEMPLATE', 'json', or a Go template"),
    'no-stream': bool('Only once'),
    'no-trunc': bool("Don't shorten anything"),
  },
  complete: containerNames({ all: false }),
  *run({ cli, flags, args }) {
    for (;;) {
      const rows = yield* collect(cli, args, flags.all);
      if (typeof rows === 'string') return yield* cli.fail(rows);
      const text = formatList(STATS, rows, {
        format: flags.format,
        truncate: !flags['no-trunc'],
        now: cli.proc.date(),
      });
      if (!text.ok) return yield* cli.fail(text.error);
      // Home, each line cleared to its end, and what is left of the screen cleared.
      yield* cli.out(flags['no-stream'] ? text.value : `\x1b[H${text.value.replaceAll('\n', '\x1b[K\n')}\x1b[J`);
      if (flags['no-stream']) return 0;
      yield* cli.proc.sleep(HALF_SECOND);
    }
  },
});

function* collect(cli: Cli, names: readonly string[], all: boolean): Sys<StatsRow[] | string> {
  let asked = names;
  if (asked.length === 0) {
    const listed = yield* cli.call<ContainerSummary[]>('GET', '/containers/json', { query: all ? { all: '1' } : {} });
    if (!listed.ok) return listed.error.message;
    asked = listed.value.map((each) => truncateId(each.Id));
  }
  const rows: StatsRow[] = [];
  for (const name of asked) {
    const answer = yield* cli.call<ApiStats>('GET', `/containers/${name}/stats`, { query: { stream: '0' } });
    if (!answer.ok) return answer.error.message;
    rows.push({ asked: name, stats: answer.value });
  }
  return rows;
}

function cpuPercent(stats: ApiStats): number {
  const used = (stats.cpu_stats?.cpu_usage?.total_usage ?? 0) - (stats.precpu_stats?.cpu_usage?.total_usage ?? 0);
  const passed = (stats.cpu_stats?.system_cpu_usage ?? 0) - (stats.precpu_stats?.system_cpu_usage ?? 0);
  return used > 0 && passed > 0 ? (used / passed) * (stats.cpu_stats?.online_cpus ?? 1) * 100 : 0;
}

function memory(stats: ApiStats): { readonly usage: number; readonly limit: number } {
  return { usage: stats.memory_stats?.usage ?? 0, limit: stats.memory_stats?.limit ?? 0 };
}

function traffic(stats: ApiStats, field: 'rx_bytes' | 'tx_bytes'): number {
  return Object.values(stats.networks ?? {}).reduce((total, each) => total + each[field], 0);
}
