import { ANY_ADDRESS, formatIpv4, type Ipv4, isLoopback } from '../../wire/address.ts';
import { type Cidr, formatCidr, networkOf } from '../../wire/cidr.ts';
import type { GatewayMode } from './network.ts';
import type { IpAddress } from '../../wire/ipv6-address.ts';
import type { Netns } from '../../kernel/net/netns.ts';

/**
 * The rules that Docker Engine 28.5 writes (libnetwork/drivers/bridge/internal/iptabler). A rule is a table, a chain and its words;
 * `insert` puts it first. Each has its undo: the same rule with -D.
 */
export interface IptablesRule {
  readonly table: 'filter' | 'nat' | 'raw';
  readonly chain: string;
  readonly words: readonly string[];
  readonly insert?: boolean;
}

const rule = (table: IptablesRule['table'], chain: string, text: string, insert = false): IptablesRule => ({
  table,
  chain,
  words: text.split(' '),
  insert,
});

export function program(netns: Netns, rules: readonly IptablesRule[]): void {
  for (const { table, chain, words, insert } of rules) run(netns, ['-t', table, insert ? '-I' : '-A', chain, ...words]);
}

export function withdraw(netns: Netns, rules: readonly IptablesRule[]): void {
  // Somebody may have removed one by hand: then there is nothing to do.
  for (const { table, chain, words } of rules) netns.netfilter.iptables(['-t', table, '-D', chain, ...words]);
}

function run(netns: Netns, args: readonly string[]): void {
  const result = netns.netfilter.iptables(args);
  if (result.exit !== 0) throw new Error(`iptables ${args.join(' ')}: ${result.error}`);
}

/** The chains that the daemon makes when it starts, and the jumps to them. */
export function setUpChains(netns: Netns): void {
  const chains = [
    'DOCKER',
    'DOCKER-BRIDGE',
    'DOCKER-CT',
    'DOCKER-FORWARD',
    'DOCKER-ISOLATION-STAGE-1',
    'DOCKER-ISOLATION-STAGE-2',
    'DOCKER-USER',
  ];
  for (const chain of chains) run(netns, ['-N', chain]);
  run(netns, ['-t', 'nat', '-N', 'DOCKER']);
  run(netns, ['-P', 'FORWARD', 'DROP']);
  program(netns, [
    rule('filter', 'FORWARD', '-j DOCKER-USER'),
    rule('filter', 'FORWARD', '-j DOCKER-FORWARD'),
    rule('filter', 'DOCKER-FORWARD', '-j DOCKER-CT'),
    rule('filter', 'DOCKER-FORWARD', '-j DOCKER-ISOLATION-STAGE-1'),
    rule('filter', 'DOCKER-FORWARD', '-j DOCKER-BRIDGE'),
    rule('nat', 'PREROUTING', '-m addrtype --dst-type LOCAL -j DOCKER'),
    rule('nat', 'OUTPUT', '! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER'),
  ]);
}

export interface BridgeRuleOptions {
  readonly bridge: string;
  readonly subnet: Cidr;
  readonly internal: boolean;
  readonly interContainer: boolean;
  readonly masquerade: boolean;
  readonly mode: GatewayMode;
}

/** What a bridge network needs: its way out, its isolation from the others, the end of unsolicited traffic. */
export function networkRules({
  bridge,
  subnet,
  internal,
  interContainer,
  masquerade,
  mode,
}: BridgeRuleOptions): readonly IptablesRule[] {
  const net = formatCidr({ address: networkOf(subnet), prefix: subnet.prefix });
  const icc = interContainer ? [] : [rule('filter', 'DOCKER-FORWARD', `-i ${bridge} -o ${bridge} -j DROP`)];
  if (internal) {
    return [
      rule('filter', 'DOCKER-ISOLATION-STAGE-1', `! -s ${net} -o ${bridge} -j DROP`, true),
      rule('filter', 'DOCKER-ISOLATION-STAGE-1', `! -d ${net} -i ${bridge} -j DROP`, true),
      ...(interContainer ? [rule('filter', 'DOCKER-FORWARD', `-i ${bridge} -o ${bridge} -j ACCEPT`)] : icc),
    ];
  }
  return [
    ...(masquerade ? [rule('nat', 'POSTROUTING', `-s ${net} ! -o ${bridge} -j MASQUERADE`, true)] : []),
    rule('nat', 'DOCKER', `-i ${bridge} -j RETURN`, true),
    ...(mode === 'routed' ? [rule('filter', 'DOCKER', `-o ${bridge} -p icmp -j ACCEPT`)] : []),
    rule('filter', 'DOCKER', `! -i ${bridge} -o ${bridge} -j ${mode === 'nat-unprotected' ? 'ACCEPT' : 'DROP'}`),
    rule('filter', 'DOCKER-BRIDGE', `-o ${bridge} -j DOCKER`),
    rule('filter', 'DOCKER-CT', `-o ${bridge} -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT`),
    ...icc,
    rule(
      'filter',
      'DOCKER-FORWARD',
      interContainer ? `-i ${bridge} -j ACCEPT` : `-i ${bridge} ! -o ${bridge} -j ACCEPT`,
    ),
    rule('filter', 'DOCKER-ISOLATION-STAGE-1', `-i ${bridge} ! -o ${bridge} -j DOCKER-ISOLATION-STAGE-2`),
    rule('filter', 'DOCKER-ISOLATION-STAGE-2', `-o ${bridge} -j DROP`, true),
  ];
}

/** In mode "nat" nobody reaches a container's own address but through its bridge (28.0: "direct routing" is closed in raw). */
export function endpointRules(bridge: string, address: Ipv4): readonly IptablesRule[] {
  return [rule('raw', 'PREROUTING', `-d ${formatIpv4(address)}/32 ! -i ${bridge} -j DROP`)];
}

export interface PublishedPort {
  readonly protocol: 'tcp' | 'udp';
  /** `ANY_ADDRESS`, of either version: every one. */
  readonly hostAddress: IpAddress;
  /** 0 on a routed network, whose containers have no port of the host. */
  readonly hostPort: number;
  readonly containerPort: number;
}

/** A published port: DNAT on the way in, and leave to pass. What comes by IPv6 is the proxy's alone. */
export function portRules(bridge: string, address: Ipv4, port: PublishedPort): readonly IptablesRule[] {
  const { protocol, hostAddress, hostPort, containerPort } = port;
  if (typeof hostAddress === 'bigint') return [];
  const container = formatIpv4(address);
  const pass = rule(
    'filter',
    'DOCKER',
    `-d ${container}/32 ! -i ${bridge} -o ${bridge} -p ${protocol} -m ${protocol} --dport ${containerPort} -j ACCEPT`,
    true,
  );
  if (hostPort === 0) return [pass];
  const host = hostAddress === ANY_ADDRESS ? '' : `-d ${formatIpv4(hostAddress)}/32 `;
  return [
    rule(
      'nat',
      'DOCKER',
      `${host}! -i ${bridge} -p ${protocol} -m ${protocol} --dport ${hostPort} -j DNAT --to-destination ${container}:${containerPort}`,
    ),
    pass,
    ...(isLoopback(hostAddress)
      ? [
          rule(
            'raw',
            'PREROUTING',
            `-d ${formatIpv4(hostAddress)}/32 ! -i lo -p ${protocol} -m ${protocol} --dport ${hostPort} -j DROP`,
          ),
        ]
      : []),
  ];
}
