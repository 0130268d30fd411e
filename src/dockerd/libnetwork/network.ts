import { formatCidr, type Cidr } from '../../wire/cidr.ts';
import { formatIpv4, type Ipv4 } from '../../wire/address.ts';
import type { Endpoint } from './endpoint.ts';
import type { AddressPool } from './ipam/address-pool.ts';

export interface IpamConfig {
  readonly Subnet?: string;
  readonly IPRange?: string;
  readonly Gateway?: string;
  readonly AuxiliaryAddresses?: Readonly<Record<string, string>>;
}

export const PREDEFINED_NETWORKS: readonly string[] = ['bridge', 'host', 'none'];
const GATEWAY_MODE = 'com.docker.network.bridge.gateway_mode_ipv4';
export const GATEWAY_MODES = ['nat', 'nat-unprotected', 'routed', 'isolated'] as const;
export type GatewayMode = (typeof GATEWAY_MODES)[number];

/** A network of libnetwork: those of its endpoints that are alive, and what the driver made for it. */
export class Network {
  readonly endpoints = new Set<Endpoint>();
  /** Where its addresses come from, and the one through which they leave; null on the host's network and on none. */
  pool: AddressPool | null = null;
  gateway: Ipv4 | null = null;
  /** Bridge networks: the device. */
  bridge = '';

  constructor(
    readonly id: string,
    readonly name: string,
    readonly driver: 'bridge' | 'macvlan' | 'host' | 'null',
    readonly created: string,
    readonly settings: {
      readonly internal: boolean;
      readonly attachable: boolean;
      readonly options: Readonly<Record<string, string>>;
      readonly labels: Readonly<Record<string, string>>;
      /** As the user gave it: what inspect shows. */
      readonly ipam: readonly IpamConfig[] | null;
      readonly ipamOptions: Readonly<Record<string, string>> | null;
      readonly isDefaultBridge: boolean;
      /** The subnet came from the default pools. */
      readonly ipamAutomatic: boolean;
    },
  ) {}

  get subnet(): Cidr | null {
    return this.pool?.subnet ?? null;
  }

  get gatewayText(): string {
    return addressText(this.gateway);
  }

  /** Always there, and made by the engine itself (daemon/network, IsPredefined). */
  get isPredefined(): boolean {
    return PREDEFINED_NETWORKS.includes(this.name);
  }

  /** Containers have a place of their own on it. */
  get hasAddresses(): boolean {
    return this.pool !== null;
  }

  /** Names resolve on every network with addresses but the default one. */
  get hasNames(): boolean {
    return this.hasAddresses && !this.settings.isDefaultBridge;
  }

  option(name: string): string | undefined {
    return this.settings.options[name];
  }

  flag(name: string, otherwise: boolean): boolean {
    const value = this.option(name);
    return value === undefined ? otherwise : /^(?:1|t|T|TRUE|true|True)$/.test(value);
  }

  /** How the bridge driver connects it with the outside (com.docker.network.bridge.gateway_mode_ipv4). */
  get natMode(): GatewayMode {
    const mode = this.option(GATEWAY_MODE);
    return GATEWAY_MODES.find((each) => each === mode) ?? 'nat';
  }

  /** The Engine API's view of it. */
  inspect(): Record<string, unknown> {
    const { internal, attachable, options, labels, ipam, ipamOptions } = this.settings;
    return {
      Name: this.name,
      Id: this.id,
      Created: this.created,
      Scope: 'local',
      Driver: this.driver,
      EnableIPv4: true,
      EnableIPv6: false,
      IPAM: { Driver: 'default', Options: ipamOptions, Config: ipam },
      Internal: internal,
      Attachable: attachable,
      Ingress: false,
      ConfigFrom: { Network: '' },
      ConfigOnly: false,
      Containers: Object.fromEntries([...this.endpoints].map((endpoint) => [endpoint.containerId, endpoint.summary()])),
      Options: options,
      Labels: labels,
    };
  }
}

export const addressWithPrefix = (address: Ipv4 | null, subnet: Cidr | null): string =>
  address === null || subnet === null ? '' : formatCidr({ address, prefix: subnet.prefix });
export const addressText = (address: Ipv4 | null): string => (address === null ? '' : formatIpv4(address));
