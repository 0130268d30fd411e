import { noArguments } from '../../command/argument-rule.ts';
import { defineCommand } from '../../command/command.ts';
import { bool, string } from '../../command/flag.ts';
import { formatList, type Listing } from '../../format/listing.ts';
import { humanSize } from '../../format/units.ts';
import type { ContainerSummary, ImageSummary, VolumeSummary } from '../api-objects.ts';
import type { ApiCall, Cli } from '../cli.ts';
import { CONTAINERS } from '../container/container-listing.ts';
import { IMAGES, imageRows } from '../image/image-listing.ts';
import { VOLUMES } from '../volume/volume-listing.ts';

interface DiskUsage {
  readonly LayersSize?: number;
  readonly Images?: readonly ImageSummary[] | null;
  readonly Containers?: readonly ContainerSummary[] | null;
  readonly Volumes?: readonly VolumeSummary[] | null;
}

interface Usage {
  readonly type: string;
  readonly total: number;
  readonly active: number;
  readonly size: number;
  readonly reclaimable: number;
}

const USAGE: Listing<Usage> = {
  goType: '*formatter.diskUsageContext',
  table: 'table {{.Type}}\\t{{.TotalCount}}\\t{{.Active}}\\t{{.Size}}\\t{{.Reclaimable}}',
  quiet: '{{.Type}}',
  columns: {
    Type: ['TYPE', (row) => row.type],
    TotalCount: ['TOTAL', (row) => String(row.total)],
    Active: ['ACTIVE', (row) => String(row.active)],
    Size: ['SIZE', (row) => humanSize(row.size)],
    Reclaimable: [
      'RECLAIMABLE',
      ({ reclaimable, size }) =>
        humanSize(reclaimable) + (size > 0 ? ` (${Math.trunc((reclaimable * 100) / size)}%)` : ''),
    ],
  },
};

/** `docker system df`. */
export const df = defineCommand({
  use: 'df [OPTIONS]',
  short: 'Show how much space images, containers and volumes take',
  args: noArguments,
  flags: {
    format: string("Print in this form: 'table', 'table TEMPLATE', 'json', or a Go template"),
    verbose: bool('Show the single objects', { short: 'v' }),
  },
  *run({ cli, flags }) {
    const usage = yield* diskUsage(cli);
    if (!usage.ok) return yield* cli.fail(usage.error.message);
    if (flags.verbose) {
      if (flags.format !== '' && flags.format !== 'table')
        return yield* cli.fail('docker system df --verbose: only the table is printed here; leave --format out');
      yield* cli.out(verboseText(usage.value, cli.proc.date()));
      return 0;
    }
    const text = formatList(USAGE, usageRows(usage.value), {
      format: flags.format,
      truncate: true,
      now: cli.proc.date(),
    });
    if (!text.ok) return yield* cli.fail(text.error);
    yield* cli.out(text.value);
    return 0;
  },
});

/** One table for each kind of object. */
function verboseText(usage: DiskUsage, now: number): string {
  const table = <T>(listing: Listing<T>, columns: string, rows: readonly T[]): string => {
    const format = `table ${columns
      .split(' ')
      .map((name) => `{{.${name}}}`)
      .join('\\t')}`;
    const text = formatList(listing, rows, { format, truncate: true, now });
    return text.ok ? text.value : `${text.error}\n`;
  };
  const images = imageRows(usage.Images ?? [], { digests: false });
  const containers = (usage.Containers ?? []).map((each) => ({ ...each, SizeRootFs: 0 }));
  return [
    'Images space usage:\n',
    table(IMAGES, 'Repository Tag ID CreatedSince Size SharedSize UniqueSize Containers', images),
    'Containers space usage:\n',
    table(CONTAINERS, 'ID Image Command LocalVolumes Size RunningFor Status Names', containers),
    'Local Volumes space usage:\n',
    table(VOLUMES, 'Name Links Size', usage.Volumes ?? []),
    'Build cache usage: 0B\n',
    'CACHE ID   CACHE TYPE   SIZE      CREATED   LAST USED   USAGE     SHARED\n',
  ].join('\n');
}

function* diskUsage(cli: Cli): ApiCall<DiskUsage> {
  return yield* cli.call<DiskUsage>('GET', '/system/df');
}

function usageRows(usage: DiskUsage): Usage[] {
  const images = usage.Images ?? [];
  const containers = usage.Containers ?? [];
  const volumes = usage.Volumes ?? [];
  const active = (each: ContainerSummary): boolean => ['running', 'paused', 'restarting'].includes(each.State);
  const used = images.filter((each) => (each.Containers ?? 0) > 0);
  const layers = usage.LayersSize ?? sum(images.map((each) => each.Size));
  const written = sum(containers.map((each) => each.SizeRw ?? 0));
  const volumeSize = sum(volumes.map((each) => Math.max(0, each.UsageData?.Size ?? 0)));
  const idle = volumes.filter((each) => (each.UsageData?.RefCount ?? 0) === 0);
  return [
    {
      type: 'Images',
      total: images.length,
      active: used.length,
      size: layers,
      reclaimable: layers - sum(used.map((each) => each.Size - Math.max(0, each.SharedSize ?? 0))),
    },
    {
      type: 'Containers',
      total: containers.length,
      active: containers.filter(active).length,
      size: written,
      reclaimable: sum(containers.filter((each) => !active(each)).map((each) => each.SizeRw ?? 0)),
    },
    {
      type: 'Local Volumes',
      total: volumes.length,
      active: volumes.length - idle.length,
      size: volumeSize,
      reclaimable: sum(idle.map((each) => Math.max(0, each.UsageData?.Size ?? 0))),
    },
    { type: 'Build Cache', total: 0, active: 0, size: 0, reclaimable: 0 },
  ];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
