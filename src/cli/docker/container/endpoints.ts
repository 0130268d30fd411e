import { err, ok, type Result } from '../../../base/result.ts';
import { isMac } from '../address-check.ts';
import { plainAttachment, type NetworkAttachment } from './network-flag.ts';

/** The flags that speak of the first network alone: `--ip`, `--network-alias`, … */
export interface EndpointFlags {
  readonly network: readonly NetworkAttachment[];
  readonly 'network-alias': readonly string[];
  readonly link: readonly string[];
  readonly ip: string;
  readonly ip6: string;
  readonly 'link-local-ip': readonly string[];
  readonly 'mac-address': string;
}

export type EndpointSettings = Readonly<Record<string, unknown>>;

/** The networks to join and how (docker/cli parseNetworkOpts). */
export function endpointsOf(flags: EndpointFlags): Result<Record<string, EndpointSettings>, string> {
  const endpoints: Record<string, EndpointSettings> = {};
  const attachments = flags.network.length > 0 ? flags.network : [plainAttachment('default')];
  for (const [i, attachment] of attachments.entries()) {
    const merged = i === 0 ? merge(attachment, flags) : ok({ ...attachment, links: [] });
    const settings = merged.ok ? settingsOf(merged.value) : merged;
    if (!settings.ok) return settings;
    if (endpoints[attachment.target] !== undefined)
      return err(`network "${attachment.target}" is specified multiple times`);
    // A single network without any options stays out of the request, as older engines expect.
    const bare = attachments.length === 1 && Object.keys(settings.value).length === 0;
    // The real client leaves it to the engine to put `bridge` for `default`.
    if (!bare) endpoints[attachment.target === 'default' ? 'bridge' : attachment.target] = settings.value;
  }
  const kinds = new Set(flags.network.map((each) => isUserDefined(each.target)));
  if (kinds.size > 1)
    return err('conflicting options: cannot attach both user-defined and non-user-defined network-modes');
  return ok(endpoints);
}

/** Whether a network mode is the name of a network that somebody made. */
export function isUserDefined(mode: string): boolean {
  return !['default', 'bridge', 'host', 'none'].includes(mode) && !mode.startsWith('container:');
}

interface Merged extends NetworkAttachment {
  readonly links: readonly string[];
}

function merge(attachment: NetworkAttachment, flags: EndpointFlags): Result<Merged, string> {
  const both = (flag: string, what: string): Result<never, string> =>
    err(`conflicting options: cannot specify both --${flag} and per-network ${what}`);
  if (attachment.aliases.length > 0 && flags['network-alias'].length > 0) return both('network-alias', 'alias');
  if (attachment.ipv4 !== '' && flags.ip !== '') return both('ip', 'IPv4 address');
  if (attachment.ipv6 !== '' && flags.ip6 !== '') return both('ip6', 'IPv6 address');
  if (attachment.mac !== '' && flags['mac-address'] !== '') return both('mac-address', 'MAC address');
  if (attachment.linkLocal.length > 0 && flags['link-local-ip'].length > 0)
    return both('link-local-ip', 'link-local IP addresses');
  return ok({
    ...attachment,
    aliases: flags['network-alias'].length > 0 ? flags['network-alias'] : attachment.aliases,
    // On the default bridge a link is an affair of the container, not of its endpoint.
    links: isUserDefined(attachment.target) ? flags.link : [],
    ipv4: flags.ip || attachment.ipv4,
    ipv6: flags.ip6 || attachment.ipv6,
    mac: flags['mac-address'] || attachment.mac,
    linkLocal: flags['link-local-ip'].length > 0 ? flags['link-local-ip'] : attachment.linkLocal,
  });
}

function settingsOf(from: Merged): Result<EndpointSettings, string> {
  if (from.target.trim() === '') return err('no name set for network');
  if (!isUserDefined(from.target) && from.aliases.length > 0)
    return err('network-scoped aliases are only supported for user-defined networks');
  if (from.mac !== '' && !isMac(from.mac.trim())) return err(`${from.mac} is not a valid mac address`);
  const ipam: Record<string, unknown> = {};
  if (from.ipv4 !== '') ipam['IPv4Address'] = from.ipv4;
  if (from.ipv6 !== '') ipam['IPv6Address'] = from.ipv6;
  if (from.linkLocal.length > 0) ipam['LinkLocalIPs'] = from.linkLocal;
  const settings: Record<string, unknown> = {};
  if (Object.keys(ipam).length > 0) settings['IPAMConfig'] = ipam;
  if (from.aliases.length > 0) settings['Aliases'] = from.aliases;
  if (from.links.length > 0) settings['Links'] = from.links;
  if (from.mac !== '') settings['MacAddress'] = from.mac;
  if (Object.keys(from.driverOptions).length > 0) settings['DriverOpts'] = from.driverOptions;
  if (from.gatewayPriority !== 0) settings['GwPriority'] = from.gatewayPriority;
  return ok(settings);
}
