import { ellipsis } from '../../format/table.ts';
import { joinLabels, type Listing } from '../../format/listing.ts';
import { displayablePorts } from '../../format/ports.ts';
import { goTime, humanDuration, humanSize, truncateId } from '../../format/units.ts';
import type { ContainerSummary } from '../api-objects.ts';
import { parseReference } from '../image/reference.ts';

/** Columns of `docker ps` (docker/cli formatter/container.go). */
export const CONTAINERS: Listing<ContainerSummary> = {
  goType: '*formatter.ContainerContext',
  table: 'table {{.ID}}\\t{{.Image}}\\t{{.Command}}\\t{{.RunningFor}}\\t{{.Status}}\\t{{.Ports}}\\t{{.Names}}',
  quiet: '{{.ID}}',
  labels: (row) => row.Labels ?? {},
  columns: {
    ID: ['CONTAINER ID', (row, { truncate }) => (truncate ? truncateId(row.Id) : row.Id)],
    Names: ['NAMES', (row, { truncate }) => namesOf(row, truncate)],
    Image: ['IMAGE', (row, { truncate }) => imageOf(row, truncate)],
    Command: ['COMMAND', (row, { truncate }) => goQuote(truncate ? ellipsis(row.Command, 20) : row.Command)],
    CreatedAt: ['CREATED AT', (row) => goTime(row.Created)],
    RunningFor: ['CREATED', (row, { now }) => `${humanDuration(now - row.Created * 1000)} ago`],
    Ports: ['PORTS', (row) => displayablePorts(row.Ports ?? [])],
    State: ['STATE', (row) => row.State],
    Status: ['STATUS', (row) => row.Status],
    Size: ['SIZE', sizeOf],
    Labels: ['LABELS', (row) => joinLabels(row.Labels)],
    Mounts: [
      'MOUNTS',
      (row, { truncate }) =>
        (row.Mounts ?? [])
          .map((mount) => mount.Name || (mount.Source ?? ''))
          .map((name) => (truncate ? ellipsis(name, 15) : name))
          .join(','),
    ],
    LocalVolumes: [
      'LOCAL VOLUMES',
      (row) => String((row.Mounts ?? []).filter((each) => each.Driver === 'local').length),
    ],
    Networks: ['NETWORKS', (row) => Object.keys(row.NetworkSettings?.Networks ?? {}).join(',')],
    Platform: ['PLATFORM', () => '<nil>'],
  },
};

/** The table of `docker ps --size`. */
export const TABLE_WITH_SIZE = `${CONTAINERS.table}\\t{{.Size}}`;

function namesOf(row: ContainerSummary, truncate: boolean): string {
  const names = row.Names.map((name) => name.replace(/^\//, ''));
  // A link gives its target another name, `/client/alias`; the short list shows the container's own alone.
  const own = truncate ? names.find((name) => !name.includes('/')) : undefined;
  return own ?? names.join(',');
}

function imageOf(row: ContainerSummary, truncate: boolean): string {
  if (row.Image === '') return '<no image>';
  if (!truncate) return row.Image;
  const short = truncateId(row.ImageID);
  if (short === truncateId(row.Image)) return short;
  if (row.Image.startsWith('sha256:')) return row.Image;
  const { name, tag } = parseReference(row.Image);
  return tag === '' ? name : `${name}:${tag}`;
}

function sizeOf(row: ContainerSummary): string {
  const own = humanSize(row.SizeRw ?? 0, 3);
  return (row.SizeRootFs ?? 0) > 0 ? `${own} (virtual ${humanSize(row.SizeRootFs ?? 0, 3)})` : own;
}

/** strconv.Quote: printable characters stay, unlike JSON's idea of them. */
function goQuote(text: string): string {
  return JSON.stringify(text).replace(/\\u00([0-9a-f]{2})/g, '\\x$1');
}
