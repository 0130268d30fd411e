import { err, ok, type Result } from '../../../base/result.ts';
import type { Proc, Sys } from '../../../kernel/syscalls/proc.ts';
import { resolveHost } from '../../libc/resolve.ts';
import type { HttpConfig } from '../config/http-config.ts';
import type { Location, ProxyPass } from '../config/location.ts';
import { splitHostPort, type UpstreamServer } from '../config/upstream.ts';
import { type Peer, UpstreamPeers } from './upstream-peers.ts';

/** Looks up every name that requests may be passed to, once, when the configuration is read. */
export function* resolvePeers(proc: Proc, config: HttpConfig): Sys<Result<ReadonlyMap<string, UpstreamPeers>, string>> {
  const all = new Map<string, UpstreamPeers>();
  for (const { name, servers, balance } of config.upstreams.values()) {
    const peers: Peer[] = [];
    for (const server of servers) {
      const found = yield* peersOf(proc, server);
      if (!found) return err(`host not found in upstream "${server.text}" in ${server.file}:${server.line}`);
      peers.push(...found);
    }
    all.set(name, new UpstreamPeers(peers, balance));
  }
  for (const pass of config.servers.flatMap(({ location }) => passesOf(location))) {
    const { host: text, file, line } = pass;
    if (text === null || all.has(text)) continue;
    const end = splitHostPort(text);
    if (!end) return err(`invalid port in upstream "${text}" in ${file}:${line}`);
    if (config.upstreams.has(end.host))
      return err(`upstream "${end.host}" may not have port ${end.port} in ${file}:${line}`);
    const found = yield* peersOf(proc, implicitServer(text, end.host, end.port, pass));
    if (!found) return err(`host not found in upstream "${end.host}" in ${file}:${line}`);
    all.set(text, new UpstreamPeers(found, 'round robin'));
  }
  return ok(all);
}

const passesOf = ({ proxyPass, locations }: Location): readonly ProxyPass[] => [
  ...(proxyPass ? [proxyPass] : []),
  ...locations.flatMap(passesOf),
];

export const implicitServer = (
  text: string,
  host: string,
  port: number,
  { file, line }: Pick<ProxyPass, 'file' | 'line'>,
): UpstreamServer => ({
  text,
  host,
  port,
  weight: 1,
  maxFails: 1,
  failTimeout: 10,
  backup: false,
  down: false,
  file,
  line,
});

function* peersOf(proc: Proc, server: UpstreamServer): Sys<Peer[] | null> {
  const found = yield* resolveHost(proc, server.host);
  if (!found.ok) return null;
  return found.value.map((address) => ({
    address,
    port: server.port,
    server,
    current: 0,
    fails: 0,
    failedAt: 0,
    active: 0,
  }));
}
