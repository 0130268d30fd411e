import { err, ok, type Result } from '../../../base/result.ts';
import { isIpAddress } from './ip-address.ts';
import type { Tree } from './tree.ts';

/** A port in its short form, as the long ones that it stands for (go-connections nat.ParsePortSpec, compose-go ParsePortConfig). */
export function readPorts(text: string): Result<readonly Tree[], string> {
  const parts = text.split(':');
  const [containerPort = '', protocol = 'tcp'] = (parts.pop() as string).split('/');
  const hostPort = parts.pop() ?? '';
  const rawIp = parts.join(':');
  const hostIp = /^\[(.*)\]$/.exec(rawIp)?.[1] ?? rawIp;
  if (hostIp === rawIp && rawIp.includes(':'))
    return err(`Invalid ip address ${rawIp}: address ${rawIp}:: too many colons in address`);
  if (hostIp !== '' && !isIpAddress(hostIp)) return err(`Invalid ip address: ${hostIp}`);
  if (containerPort === '') return err(`No port specified: ${text}<empty>`);
  const inside = readRange(containerPort);
  if (!inside) return err(`Invalid containerPort: ${containerPort}`);
  const outside = hostPort === '' ? null : readRange(hostPort);
  if (outside === undefined) return err(`Invalid hostPort: ${hostPort}`);
  const single = inside.first === inside.last;
  if (outside && outside.last - outside.first !== inside.last - inside.first && !single)
    return err(`Invalid ranges specified for container and host Ports: ${containerPort} and ${hostPort}`);
  const transport = (protocol === '' ? 'tcp' : protocol).toLowerCase();
  if (!['tcp', 'udp', 'sctp'].includes(transport)) return err(`Invalid proto: ${protocol}`);
  const published = (i: number) => {
    if (!outside) return {};
    const first = String(outside.first + i);
    // One port of the container takes any of the host's range.
    return { published: single && outside.first !== outside.last ? `${first}-${outside.last}` : first };
  };
  const ports = Array.from({ length: inside.last - inside.first + 1 }, (_, i) => ({
    mode: 'ingress',
    ...(hostIp !== '' && { host_ip: hostIp }),
    target: inside.first + i,
    ...published(i),
    protocol: transport,
  }));
  // The original sorts them as texts.
  return ok(ports.toSorted((a, b) => (String(a.target) < String(b.target) ? -1 : 1)));
}

function readRange(text: string): { readonly first: number; readonly last: number } | undefined {
  const match = /^(\d+)(?:-(\d+))?$/.exec(text);
  if (!match) return undefined;
  const first = Number(match[1]);
  const last = match[2] === undefined ? first : Number(match[2]);
  return last < first || last > 65_535 ? undefined : { first, last };
}
