import { joinLabels, type Listing } from '../../format/listing.ts';
import { humanSize } from '../../format/units.ts';
import type { VolumeSummary } from '../api-objects.ts';

/** Columns of `docker volume ls` (docker/cli formatter/volume.go). */
export const VOLUMES: Listing<VolumeSummary> = {
  goType: '*formatter.volumeContext',
  table: 'table {{.Driver}}\\t{{.Name}}',
  quiet: '{{.Name}}',
  labels: (row) => row.Labels ?? {},
  columns: {
    Name: ['VOLUME NAME', (row) => row.Name],
    Driver: ['DRIVER', (row) => row.Driver],
    Scope: ['SCOPE', (row) => row.Scope],
    Mountpoint: ['MOUNTPOINT', (row) => row.Mountpoint],
    Labels: ['LABELS', (row) => joinLabels(row.Labels)],
    Links: ['LINKS', (row) => String(row.UsageData?.RefCount ?? 'N/A')],
    Size: ['SIZE', (row) => (row.UsageData ? humanSize(row.UsageData.Size) : 'N/A')],
    Group: ['GROUP', () => 'N/A'],
    Availability: ['AVAILABILITY', () => 'N/A'],
    Status: ['STATUS', () => 'N/A'],
  },
};
