import { err, ok, type Result } from '../../../base/result.ts';
import { contains, parsePrefix } from '../address-check.ts';

export interface IpamFlags {
  readonly subnet: readonly string[];
  readonly 'ip-range': readonly string[];
  readonly gateway: readonly string[];
  readonly 'aux-address': ReadonlyMap<string, string>;
}

interface IpamConfig {
  Subnet: string;
  IPRange?: string;
  Gateway?: string;
  AuxiliaryAddresses?: Record<string, string>;
}

/**
 * Finds each range, gateway and auxiliary address its subnet (docker/cli createIPAMConfig). Whether a single subnet is
 * a good one is left to the engine; it is looked at here only when something has to be matched with it.
 */
export function ipamConfig(flags: IpamFlags): Result<readonly IpamConfig[], string> {
  const { subnet: subnets, 'ip-range': ranges, gateway: gateways } = flags;
  if (subnets.length < ranges.length || subnets.length < gateways.length)
    return err('every ip-range or gateway must have a corresponding subnet');
  const configs = new Map<string, IpamConfig>();
  for (const subnet of subnets) {
    for (const other of configs.keys()) {
      const overlap = either(matches(subnet, other), matches(other, subnet));
      if (!overlap.ok) return overlap;
      if (overlap.value) return err('multiple overlapping subnet configuration is not supported');
    }
    configs.set(subnet, { Subnet: subnet });
  }
  for (const range of ranges) {
    if (!range.includes('/') || parsePrefix(range) === null) return err(`invalid CIDR address: ${range}`);
    const found = find(configs, range);
    if (!found.ok) return found;
    if (found.value === null) return err(`no matching subnet for range ${range}`);
    const { IPRange, Subnet } = found.value;
    if (IPRange !== undefined)
      return err(`cannot configure multiple ranges (${range}, ${IPRange}) on the same subnet (${Subnet})`);
    found.value.IPRange = range;
  }
  for (const gateway of gateways) {
    const found = find(configs, gateway);
    if (!found.ok) return found;
    if (found.value === null) return err(`no matching subnet for gateway ${gateway}`);
    const { Gateway, Subnet } = found.value;
    if (Gateway !== undefined)
      return err(`cannot configure multiple gateways (${gateway}, ${Gateway}) for the same subnet (${Subnet})`);
    found.value.Gateway = gateway;
  }
  for (const [name, address] of flags['aux-address']) {
    const found = find(configs, address);
    if (!found.ok) return found;
    if (found.value === null) return err(`no matching subnet for aux-address ${address}`);
    (found.value.AuxiliaryAddresses ??= {})[name] = address;
  }
  return ok([...configs.values()]);
}

function find(configs: ReadonlyMap<string, IpamConfig>, address: string): Result<IpamConfig | null, string> {
  for (const [subnet, config] of configs) {
    const matching = matches(subnet, address);
    if (!matching.ok) return matching;
    if (matching.value) return ok(config);
  }
  return ok(null);
}

function matches(subnet: string, address: string): Result<boolean, string> {
  const prefix = subnet.includes('/') ? parsePrefix(subnet) : null;
  if (prefix === null) return err(`invalid subnet: invalid CIDR address: ${subnet}`);
  const other = parsePrefix(address);
  if (other === null) return address.includes('/') ? err(`invalid CIDR address: ${address}`) : ok(false);
  return ok(contains(prefix, other));
}

function either(a: Result<boolean, string>, b: Result<boolean, string>): Result<boolean, string> {
  if (!a.ok || a.value) return a;
  return b;
}
