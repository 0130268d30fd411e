/** A port as the list of containers has it; without IP it is only exposed. */
export interface PortSummary {
  readonly IP?: string;
  readonly PrivatePort: number;
  readonly PublicPort?: number;
  readonly Type: string;
}

/**
 * The PORTS column: `0.0.0.0:8080->80/tcp, [::]:8080->80/tcp`. Neighbouring ports that keep their number are one range
 * (docker/cli formatter.DisplayablePorts).
 */
export function displayablePorts(ports: readonly PortSummary[]): string {
  const groups = new Map<string, { first: number; last: number }>();
  const closed: string[] = [];
  const mappings: string[] = [];
  for (const port of [...ports].sort(comparePorts)) {
    const { IP, PrivatePort, PublicPort, Type } = port;
    if (IP && PublicPort !== PrivatePort) {
      mappings.push(`${joinHostPort(IP, String(PublicPort))}->${PrivatePort}/${Type}`);
      continue;
    }
    const key = IP ? `${IP}/${Type}` : Type;
    const group = groups.get(key);
    if (group?.last === PrivatePort - 1) {
      group.last = PrivatePort;
      continue;
    }
    if (group !== undefined) closed.push(formGroup(key, group.first, group.last));
    groups.set(key, { first: PrivatePort, last: PrivatePort });
  }
  const open = [...groups].map(([key, { first, last }]) => formGroup(key, first, last));
  return [...closed, ...open, ...mappings].join(', ');
}

/** `[::]:80` and `1.2.3.4:80`. */
export function joinHostPort(host: string, port: string): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

function formGroup(key: string, first: number, last: number): string {
  const parts = key.split('/');
  const range = first === last ? String(first) : `${first}-${last}`;
  const [ip, type] = parts.length > 1 ? [parts[0] as string, parts[1]] : ['', parts[0]];
  return ip === '' ? `${range}/${type}` : `${joinHostPort(ip, range)}->${range}/${type}`;
}

function comparePorts(a: PortSummary, b: PortSummary): number {
  if (a.PrivatePort !== b.PrivatePort) return a.PrivatePort - b.PrivatePort;
  const byIp = compareText(a.IP ?? '', b.IP ?? '');
  if (byIp !== 0) return byIp;
  if (a.PublicPort !== b.PublicPort) return (a.PublicPort ?? 0) - (b.PublicPort ?? 0);
  return compareText(a.Type, b.Type);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
