import { err, ok, type Result } from '../../../base/result.ts';
import type { Sys } from '../../../kernel/syscalls/proc.ts';
import { type Ipv4, parseIpv4 } from '../../../wire/address.ts';
import { DnsCode, DnsType } from '../../../wire/dns.ts';
import { exchange } from '../../libc/resolve.ts';
import type { ProxyPass } from '../config/location.ts';
import { splitHostPort } from '../config/upstream.ts';
import { implicitServer } from '../server/resolve-peers.ts';
import { UpstreamPeers } from '../server/upstream-peers.ts';
import type { Exchange } from './exchange.ts';
import { escapePath } from './uri.ts';
import { interpolate } from './variables.ts';

/** Where a request goes on to. */
export interface ProxyTarget {
  readonly peers: UpstreamPeers;
  /** `backend:8080`, without the port where that is 80. */
  readonly host: string;
  /** Path and query. */
  readonly uri: string;
}

/** Makes sense of proxy_pass for one request; the error is a text for the log. */
export function* proxyTarget(x: Exchange, pass: ProxyPass): Sys<Result<ProxyTarget, string>> {
  const text = pass.host === null ? interpolate(x, pass.text) : pass.text;
  const match = /^http:\/\/([^/?]*)(.*)$/i.exec(text);
  if (!match) return err(`invalid URL prefix in "${text}"`);
  const [, name = '', given = ''] = match;
  if (name === '') return err(`no host in upstream "${text.slice(7)}"`);
  const host = name.replace(/:80$/, '');
  const uri = targetUri(x, pass, given);
  const known = x.cycle.peers.get(name);
  if (known) return ok({ peers: known, host, uri });
  const end = splitHostPort(name);
  if (!end) return err(`invalid port in upstream "${name}"`);
  const addresses = yield* lookUp(x, end.host);
  if (typeof addresses === 'string') return err(addresses);
  const server = implicitServer(name, end.host, end.port, pass);
  const peers = addresses.map((address) => ({
    address,
    port: end.port,
    server,
    current: 0,
    fails: 0,
    failedAt: 0,
    active: 0,
  }));
  return ok({ peers: new UpstreamPeers(peers, 'round robin'), host, uri });
}

/** The path that the upstream sees: its own URI instead of the location's prefix, else the request's path as it came. */
function targetUri(x: Exchange, pass: ProxyPass, given: string): string {
  const args = x.args === '' ? '' : `?${x.args}`;
  if (given === '') {
    const untouched = x.target !== null && x.path === x.target.path && x.args === (x.target.args ?? '');
    return untouched ? (x.target?.unparsed ?? '/') : escapePath(x.path) + args;
  }
  if (pass.host === null) return given.startsWith('?') ? `/${given}` : given;
  return given + escapePath(x.path.slice(x.location.pattern.length)) + args;
}

/** Names that only the request tells are asked from the `resolver` when they are needed. */
function* lookUp(x: Exchange, host: string): Sys<readonly Ipv4[] | string> {
  const literal = parseIpv4(host);
  if (literal.ok) return [literal.value];
  const servers = x.settings.resolver.flatMap((each) => {
    const address = parseIpv4(each.replace(/:53$/, ''));
    return address.ok ? [address.value] : [];
  });
  if (servers.length === 0) return `no resolver defined to resolve ${host}`;
  const timeout = x.settings.resolverTimeout * 1e9;
  const [answer] =
    (yield* exchange(x.proc, { servers, search: [], ndots: 0, timeout, attempts: 1 }, [
      { name: host, type: DnsType.a },
    ])) ?? [];
  if (!answer) return `${host} could not be resolved (110: Operation timed out)`;
  if (answer.code !== DnsCode.noError)
    return `${host} could not be resolved (${answer.code}: ${answer.code === DnsCode.nxDomain ? 'Host not found' : 'Server failure'})`;
  const found = answer.answers.flatMap(({ type, data }) =>
    type === DnsType.a && typeof data === 'number' ? [data as Ipv4] : [],
  );
  return found.length > 0 ? found : `${host} could not be resolved (3: Host not found)`;
}
