import type { Timer } from '../../sim/timer.ts';
import { formatMac, type Ipv4, type Mac } from '../../wire/address.ts';
import type { NetDevice } from '../../kernel/net/link/device.ts';
import type { Veth } from '../../kernel/net/link/veth.ts';
import type { IptablesRule } from './iptables-rules.ts';
import { addressText, addressWithPrefix, type Network } from './network.ts';

/** What the user wants of an endpoint (`EndpointSettings` of the API). */
export interface EndpointSettings {
  readonly Aliases?: readonly string[] | null;
  readonly Links?: readonly string[] | null;
  readonly IPAMConfig?: {
    readonly IPv4Address?: string;
    readonly IPv6Address?: string;
    readonly LinkLocalIPs?: readonly string[];
  } | null;
  readonly MacAddress?: string;
  readonly DriverOpts?: Readonly<Record<string, string>> | null;
  readonly GwPriority?: number;
}

/** A container's place on one network: its address, its veth pair, its names. */
export class Endpoint {
  /** Empty until the container starts. */
  id = '';
  address: Ipv4 | null = null;
  mac: Mac | null = null;
  /** Its device in the container. */
  inside: NetDevice | null = null;
  /** The other end of that, where it is a port of a bridge. */
  outside: Veth | null = null;
  rules: readonly IptablesRule[] = [];
  announcement: Timer | null = null;
  /** Names under which it is known on its network, in the order of inspect. */
  dnsNames: readonly string[] = [];

  constructor(
    readonly network: Network,
    readonly containerId: string,
    readonly containerName: () => string,
    readonly settings: EndpointSettings,
  ) {}

  get active(): boolean {
    return this.id !== '';
  }

  /** For `docker network inspect`. */
  summary(): Record<string, string> {
    return {
      Name: this.containerName(),
      EndpointID: this.id,
      MacAddress: this.mac === null ? '' : formatMac(this.mac),
      IPv4Address: addressWithPrefix(this.address, this.network.subnet),
      IPv6Address: '',
    };
  }

  /** For `docker inspect`: the container's settings on this network. */
  inspect(): Record<string, unknown> {
    const { settings, network } = this;
    const ipam = settings.IPAMConfig ?? null;
    const aliases = settings.Aliases ?? null;
    return {
      IPAMConfig: ipam === null || Object.keys(ipam).length > 0 || network.hasNames ? ipam : null,
      Links: settings.Links ?? null,
      Aliases: aliases === null || aliases.length === 0 ? (network.hasNames && aliases ? aliases : null) : aliases,
      MacAddress: this.mac === null ? '' : formatMac(this.mac),
      DriverOpts: settings.DriverOpts ?? null,
      GwPriority: settings.GwPriority ?? 0,
      NetworkID: network.id,
      EndpointID: this.id,
      Gateway: this.active && !network.settings.internal ? addressText(network.gateway) : '',
      IPAddress: addressText(this.address),
      IPPrefixLen: this.address === null ? 0 : (network.subnet?.prefix ?? 0),
      IPv6Gateway: '',
      GlobalIPv6Address: '',
      GlobalIPv6PrefixLen: 0,
      DNSNames: network.hasNames && this.dnsNames.length > 0 ? this.dnsNames : null,
    };
  }
}
