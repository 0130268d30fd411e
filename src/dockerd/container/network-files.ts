import type { Daemon } from '../daemon.ts';
import { hostsFile, type HostsEntry, internalResolvConf, legacyResolvConf } from '../libnetwork/container-files.ts';
import { endpointAddress } from '../libnetwork/sandbox.ts';
import type { Container } from './container.ts';

/** Where the engine keeps a container's own files. */
export const filesFolder = (container: Container): string => `/var/lib/docker/containers/${container.id}`;

/** Where those are that tell of its network: another container's, where it lives in that one's namespace. */
export function networkFilesFolder(daemon: Daemon, container: Container): string {
  const mode = container.hostConfig.NetworkMode;
  const other = mode.startsWith('container:') ? daemon.containers.find(mode.slice('container:'.length)) : null;
  return filesFolder(other?.ok ? other.value : container);
}

/** Writes /etc/hosts, /etc/hostname and /etc/resolv.conf for what the container is joined to now. */
export function writeNetworkFiles(daemon: Daemon, container: Container): void {
  if (container.hostConfig.NetworkMode.startsWith('container:')) return;
  const { files } = daemon.kernel;
  const folder = filesFolder(container);
  files.write(`${folder}/hosts`, hostsText(daemon, container));
  files.write(`${folder}/hostname`, `${container.hostname}\n`);
  files.write(`${folder}/resolv.conf`, resolvConfText(daemon, container));
}

/** libnetwork/etchosts: fixed lines, `--add-host`, links, and the container's own addresses. */
function hostsText(daemon: Daemon, container: Container): string {
  const { hostConfig, config } = container;
  const extra = (hostConfig.ExtraHosts ?? []).map((entry): HostsEntry => {
    const at = entry.indexOf(':');
    const address = entry.slice(at + 1);
    return { address: address === 'host-gateway' ? hostGateway(daemon) : address, names: entry.slice(0, at) };
  });
  if (hostConfig.NetworkMode === 'host') {
    const host = daemon.kernel.files.read('/etc/hosts');
    return (host.ok ? host.value : '') + extra.map(({ address, names }) => `${address}\t${names}\n`).join('');
  }
  const fullName = config.Domainname
    ? `${container.hostname}.${config.Domainname} ${container.hostname}`
    : container.hostname;
  const own = [...container.endpoints.values()]
    .filter((each) => each.address !== null)
    .map((each): HostsEntry => ({ address: endpointAddress(each), names: fullName }));
  return hostsFile([...extra, ...legacyLinks(daemon, container)], own);
}

/** `host-gateway` of `--add-host`: the host, as the default bridge knows it. */
function hostGateway(daemon: Daemon): string {
  const bridge = daemon.networks.find('bridge');
  return bridge.ok ? bridge.value.gatewayText : '';
}

function resolvConfText(daemon: Daemon, { hostConfig, endpoints }: Container): string {
  const overrides = { servers: hostConfig.Dns, search: hostConfig.DnsSearch, options: hostConfig.DnsOptions };
  const hasNames = [...endpoints.values()].some((each) => each.network.hasNames);
  return (hasNames ? internalResolvConf : legacyResolvConf)(daemon.resolvConf(), overrides);
}

/** `--link` on the default bridge: the name given to it, and those that the other container bears itself. */
function legacyLinks(daemon: Daemon, container: Container): readonly HostsEntry[] {
  return (container.hostConfig.Links ?? []).flatMap((link) => {
    const [name = '', given] = link.split(':');
    const target = daemon.containers.find(name);
    const endpoint = target.ok ? target.value.endpoints.get('bridge') : undefined;
    if (!target.ok || !endpoint || endpoint.address === null) return [];
    const alias = (given ?? target.value.name).replace(/^.*\//, '');
    const names = [...new Set([alias, target.value.hostname, target.value.name])].join(' ');
    return [{ address: endpointAddress(endpoint), names }];
  });
}
