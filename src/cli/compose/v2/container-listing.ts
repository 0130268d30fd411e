import { type Listing } from '../../format/listing.ts';
import { displayablePorts } from '../../format/ports.ts';
import { ellipsis } from '../../format/table.ts';
import { goTime, humanDuration, truncateId } from '../../format/units.ts';
import { GoStruct, type GoValue } from '../../template/value.ts';

export interface Publisher {
  readonly url: string;
  readonly targetPort: number;
  /** 0: not published. */
  readonly publishedPort: number;
  readonly protocol: string;
}

/** What `docker compose ps` knows of a container. */
export interface PsRow {
  readonly id: string;
  readonly name: string;
  readonly names: readonly string[];
  readonly image: string;
  readonly command: string;
  readonly project: string;
  readonly service: string;
  /** Seconds since 1970. */
  readonly created: number;
  readonly state: string;
  readonly status: string;
  readonly health: string;
  readonly exitCode: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly publishers: readonly Publisher[];
  readonly mounts: readonly string[];
  readonly localVolumes: number;
  readonly networks: readonly string[];
}

/** Columns of `docker compose ps` (cmd/formatter/container.go). */
export const CONTAINERS: Listing<PsRow> = {
  goType: '*formatter.ContainerContext',
  table: 'table {{.Name}}\\t{{.Image}}\\t{{.Command}}\\t{{.Service}}\\t{{.RunningFor}}\\t{{.Status}}\\t{{.Ports}}',
  quiet: '{{.ID}}',
  labels: (row) => row.labels,
  columns: {
    ID: ['CONTAINER ID', (row, { truncate }) => (truncate ? truncateId(row.id) : row.id)],
    Name: ['NAME', (row) => row.name],
    Names: ['', (row) => row.names.join(',')],
    Project: ['PROJECT', (row) => row.project],
    Service: ['SERVICE', (row) => row.service],
    Image: ['IMAGE', (row) => row.image],
    Command: ['COMMAND', (row, { truncate }) => JSON.stringify(truncate ? ellipsis(row.command, 20) : row.command)],
    CreatedAt: ['CREATED AT', (row) => goTime(row.created)],
    RunningFor: ['CREATED', (row, { now }) => `${humanDuration(now - row.created * 1000)} ago`],
    ExitCode: ['', (row) => row.exitCode],
    State: ['STATE', (row) => row.state],
    Status: ['STATUS', (row) => row.status],
    Health: ['', (row) => row.health],
    Publishers: ['', (row) => row.publishers.map(publisherValue)],
    Ports: ['PORTS', (row) => displayablePorts(row.publishers.map(portOf))],
    Labels: [
      'LABELS',
      (row) =>
        Object.entries(row.labels)
          .map(([key, value]) => `${key}=${value}`)
          .join(','),
    ],
    Mounts: ['', (row, { truncate }) => row.mounts.map((each) => (truncate ? ellipsis(each, 15) : each)).join(',')],
    LocalVolumes: ['', (row) => String(row.localVolumes)],
    Networks: ['', (row) => row.networks.join(',')],
    Size: ['SIZE', () => '0B'],
  },
};

function publisherValue({ url, targetPort, publishedPort, protocol }: Publisher): GoValue {
  const fields = new Map<string, GoValue>([
    ['URL', url],
    ['TargetPort', targetPort],
    ['PublishedPort', publishedPort],
    ['Protocol', protocol],
  ]);
  return new GoStruct('api.PortPublisher', fields);
}

function portOf({ url, targetPort, publishedPort, protocol }: Publisher) {
  return {
    ...(url !== '' && { IP: url }),
    PrivatePort: targetPort,
    ...(publishedPort !== 0 && { PublicPort: publishedPort }),
    Type: protocol,
  };
}
