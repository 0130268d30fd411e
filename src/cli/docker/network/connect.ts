import { exactly } from '../../command/argument-rule.ts';
import { defineCommand } from '../../command/command.ts';
import { int, list, string, strings } from '../../command/flag.ts';
import { networkThenContainer } from '../completion.ts';
import { checkLink } from '../container/checks.ts';
import { pathPart } from '../path-part.ts';

/** `docker network connect`. */
export const connect = defineCommand({
  use: 'connect [OPTIONS] NETWORK CONTAINER',
  short: 'Connect a container to a network',
  args: exactly(2),
  flags: {
    alias: strings('Alias of the container on the network'),
    'driver-opt': strings("Option of the network's driver"),
    'gw-priority': int('The network with the highest one gives the default gateway'),
    ip: string('IPv4 address (172.30.100.104)'),
    ip6: string('IPv6 address (2001:db8::33)'),
    link: list('Link to another container', { check: checkLink }),
    'link-local-ip': strings('Link-local address of the container'),
  },
  complete: networkThenContainer,
  *run({ cli, flags, args: [network = '', container = ''] }) {
    const options: Record<string, string> = {};
    for (const each of flags['driver-opt']) {
      const at = each.indexOf('=');
      const key = each.slice(0, at).trim();
      if (at < 0 || key === '') return yield* cli.fail('invalid key/value pair format in driver options');
      options[key] = each.slice(at + 1).trim();
    }
    const connected = yield* cli.call('POST', `/networks/${pathPart(network)}/connect`, {
      body: {
        Container: container,
        EndpointConfig: {
          IPAMConfig: {
            ...(flags.ip === '' ? {} : { IPv4Address: flags.ip }),
            ...(flags.ip6 === '' ? {} : { IPv6Address: flags.ip6 }),
            ...(flags['link-local-ip'].length === 0 ? {} : { LinkLocalIPs: flags['link-local-ip'] }),
          },
          Links: flags.link.length > 0 ? flags.link : null,
          Aliases: flags.alias,
          DriverOpts: options,
          GwPriority: flags['gw-priority'],
        },
      },
    });
    return connected.ok ? 0 : yield* cli.fail(connected.error.message);
  },
});
