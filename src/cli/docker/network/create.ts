import { exactly } from '../../command/argument-rule.ts';
import { defineCommand } from '../../command/command.ts';
import { bool, list, map, string, strings } from '../../command/flag.ts';
import { words } from '../completion.ts';
import { checkLabel } from '../container/checks.ts';
import { toRecord } from '../container/key-value-files.ts';
import { ipamConfig } from './ipam-config.ts';

const NO_CONFIG = 'refused: networks that only keep a configuration are not here';

/** `docker network create`. */
export const create = defineCommand({
  use: 'create [OPTIONS] NETWORK',
  short: 'Create a network',
  args: exactly(1),
  flags: {
    attachable: bool('Let containers be attached by hand'),
    'aux-address': map('Addresses that are in use by something else on the network'),
    'config-from': string('Take the configuration from this network', { limit: NO_CONFIG }),
    'config-only': bool('Only keep a configuration for other networks', { limit: NO_CONFIG }),
    driver: string('Driver of the network', { short: 'd', initial: 'bridge' }),
    gateway: strings("Address of the subnet's gateway"),
    ingress: bool("Make the swarm's routing mesh"),
    internal: bool('No way out of the network'),
    'ip-range': strings('Give containers addresses from this part of the subnet'),
    'ipam-driver': string('Driver that gives out addresses', { initial: 'default' }),
    'ipam-opt': map('Option of that driver'),
    ipv4: bool('Give out IPv4 addresses', { initial: true }),
    ipv6: bool('Give out IPv6 addresses'),
    label: list('Set a label on the network', { check: checkLabel }),
    opt: map('Option of the driver', { short: 'o' }),
    scope: string('Scope of the network'),
    subnet: strings('Subnet in CIDR form'),
  },
  completeFlag: { driver: words('bridge', 'host', 'ipvlan', 'macvlan', 'none', 'overlay') },
  *run({ cli, flags, args: [name = ''], changed }) {
    const config = ipamConfig(flags);
    if (!config.ok) return yield* cli.fail(config.error);
    const created = yield* cli.call<{ Id: string; Warning?: string }>('POST', '/networks/create', {
      body: {
        Name: name,
        Driver: flags.driver,
        Scope: flags.scope,
        ...(changed('ipv4') ? { EnableIPv4: flags.ipv4 } : {}),
        ...(changed('ipv6') ? { EnableIPv6: flags.ipv6 } : {}),
        IPAM: {
          Driver: flags['ipam-driver'],
          Options: Object.fromEntries(flags['ipam-opt']),
          Config: config.value,
        },
        Internal: flags.internal,
        Attachable: flags.attachable,
        Ingress: flags.ingress,
        ConfigOnly: flags['config-only'],
        ConfigFrom: flags['config-from'] === '' ? null : { Network: flags['config-from'] },
        Options: Object.fromEntries(flags.opt),
        Labels: toRecord(flags.label),
      },
    });
    if (!created.ok) return yield* cli.fail(created.error.message);
    yield* cli.out(`${created.value.Id}\n`);
    return 0;
  },
});
