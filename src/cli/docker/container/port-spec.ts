import { err, ok, type Result } from '../../../base/result.ts';
import { isIp } from '../address-check.ts';

export interface PortBinding {
  readonly HostIp: string;
  readonly HostPort: string;
}

export interface PublishedPorts {
  readonly exposed: Record<string, Record<string, never>>;
  readonly bindings: Record<string, PortBinding[]>;
}

/** Reads all of `-p`: `[[ip:]hostPort:]containerPort[/proto]`, with ranges (docker/go-connections nat.ParsePortSpecs). */
export function parsePortSpecs(specs: readonly string[]): Result<PublishedPorts, string> {
  const ports: PublishedPorts = { exposed: {}, bindings: {} };
  for (const spec of specs) {
    const standard = standardNotation(spec);
    const added = standard.ok ? addPortSpec(standard.value, ports) : standard;
    if (!added.ok) return added;
  }
  return ok(ports);
}

/** Adds all of `--expose`. */
export function addExposed(specs: readonly string[], exposed: Record<string, unknown>): Result<void, string> {
  for (const spec of specs) {
    if (spec.includes(':')) return err(`invalid port format for --expose: ${spec}`);
    const { port, protocol } = splitProtocol(spec);
    const range = parseRange(port);
    if (range === null) return err(`invalid range format for --expose: ${spec}, error: invalid port`);
    for (let each = range.first; each <= range.last; each++) exposed[`${each}/${protocol}`] ??= {};
  }
  return ok();
}

/** `published=8080,target=80,protocol=tcp` to `8080:80/tcp`. */
function standardNotation(spec: string): Result<string, string> {
  if (!spec.includes('=')) return ok(spec);
  const fields: Record<string, string> = { protocol: 'tcp', published: '', target: '' };
  for (const field of spec.split(',')) {
    const at = field.indexOf('=');
    if (at <= 0) return err(`invalid publish opts format (should be name=value but got '${field}')`);
    fields[field.slice(0, at)] = field.slice(at + 1);
  }
  return ok(`${fields['published']}:${fields['target']}/${fields['protocol']}`);
}

function addPortSpec(spec: string, ports: PublishedPorts): Result<void, string> {
  const parts = spec.split(':');
  const containerPart = parts.pop() as string;
  const host = parts.pop() ?? '';
  const rawIp = parts.join(':');
  const { port, protocol } = splitProtocol(containerPart);
  const ip = /^\[(.*)\]$/.exec(rawIp)?.[1] ?? rawIp;
  if (ip === rawIp && rawIp.includes(':'))
    return err(`Invalid ip address ${rawIp}: address ${rawIp}:: too many colons in address`);
  if (ip !== '' && !isIp(ip)) return err(`Invalid ip address: ${ip}`);
  if (port === '') return err(`No port specified: ${spec}<empty>`);
  const inside = parseRange(port);
  if (inside === null) return err(`Invalid containerPort: ${port}`);
  const outside = host === '' ? { first: 0, last: 0 } : parseRange(host);
  if (outside === null) return err(`Invalid hostPort: ${host}`);
  const single = inside.first === inside.last;
  if (host !== '' && inside.last - inside.first !== outside.last - outside.first && !single)
    return err(`Invalid ranges specified for container and host Ports: ${port} and ${host}`);
  if (!['tcp', 'udp', 'sctp'].includes(protocol)) return err(`Invalid proto: ${protocol}`);
  for (let i = 0; i <= inside.last - inside.first; i++) {
    const key = `${inside.first + i}/${protocol}`;
    const first = String(outside.first + i);
    const HostPort = host === '' ? '' : single && outside.first !== outside.last ? `${first}-${outside.last}` : first;
    ports.exposed[key] = {};
    (ports.bindings[key] ??= []).push({ HostIp: ip, HostPort });
  }
  return ok();
}

function splitProtocol(text: string): { readonly port: string; readonly protocol: string } {
  const [port = '', protocol = ''] = text.split('/');
  return { port, protocol: protocol === '' ? 'tcp' : protocol.toLowerCase() };
}

function parseRange(text: string): { readonly first: number; readonly last: number } | null {
  const match = /^(\d+)(?:-(\d+))?$/.exec(text);
  if (match === null) return null;
  const first = Number(match[1]);
  const last = match[2] === undefined ? first : Number(match[2]);
  return first > 65_535 || last > 65_535 || last < first ? null : { first, last };
}
