import { joinLabels, type Listing } from '../../format/listing.ts';
import { truncateId } from '../../format/units.ts';
import { GoTime } from '../../template/value.ts';
import type { NetworkSummary } from '../api-objects.ts';

/** Columns of `docker network ls` (docker/cli network/formatter.go). */
export const NETWORKS: Listing<NetworkSummary> = {
  goType: '*network.networkContext',
  table: 'table {{.ID}}\\t{{.Name}}\\t{{.Driver}}\\t{{.Scope}}',
  quiet: '{{.ID}}',
  labels: (row) => row.Labels ?? {},
  columns: {
    ID: ['NETWORK ID', (row, { truncate }) => (truncate ? truncateId(row.Id) : row.Id)],
    Name: ['NAME', (row) => row.Name],
    Driver: ['DRIVER', (row) => row.Driver],
    Scope: ['SCOPE', (row) => row.Scope],
    IPv4: ['IPV4', (row) => String(row.EnableIPv4 ?? true)],
    IPv6: ['IPV6', (row) => String(row.EnableIPv6)],
    Internal: ['INTERNAL', (row) => String(row.Internal)],
    Labels: ['LABELS', (row) => joinLabels(row.Labels)],
    CreatedAt: ['CREATED AT', (row) => new GoTime(row.Created).toString()],
  },
};
