import { err, ok, type Result } from '../../base/result.ts';
import { parseIpv4 } from '../../wire/address.ts';

export interface PortSpec {
  /** Empty: every address. */
  readonly hostIp: string;
  /** Empty: any free port; `8000-8010`: one of them. */
  readonly published: string;
  readonly target: number;
  readonly protocol: 'tcp' | 'udp' | 'sctp';
}

/** [[host address:]published:]target[/protocol], each side a port or a range; a range yields one spec for each port. */
export function readPortSpec(text: string): Result<readonly PortSpec[], string> {
  const match = /^(?:(?:(\[[0-9a-fA-F:]+\]|[\d.]+):)?(\d+(?:-\d+)?)?:)?(\d+)(?:-(\d+))?(?:\/(tcp|udp|sctp))?$/.exec(
    text,
  );
  if (!match) return err(`invalid port ${text}`);
  const [, hostIp = '', published = '', first, last, protocol = 'tcp'] = match;
  if (hostIp && !hostIp.startsWith('[') && !parseIpv4(hostIp).ok) return err(`invalid IP address: ${hostIp}`);
  const targets = range(Number(first), last === undefined ? undefined : Number(last));
  if (!targets) return err(`invalid containerPort: ${text}`);
  const [from, to] = published.split('-').map(Number);
  const sources = published ? range(from as number, to) : undefined;
  if (published && !sources) return err(`invalid hostPort: ${published}`);
  if (sources && targets.length > 1 && sources.length !== targets.length)
    return err(`Port ranges don't match in length`);
  return ok(
    targets.map((target, i) => ({
      hostIp: hostIp.replace(/^\[|\]$/g, ''),
      published: !sources ? '' : targets.length > 1 ? String(sources[i]) : published,
      target,
      protocol: protocol as PortSpec['protocol'],
    })),
  );
}

function range(from: number, to = from): readonly number[] | undefined {
  if (from < 0 || to < from || to > 65535) return undefined;
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}
