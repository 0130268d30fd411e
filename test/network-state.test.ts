import { describe, expect, it } from 'vitest';
import type { Lab } from '../src/lab/lab.ts';
import { wholeLab } from '../src/lab/whole.ts';
import { Random } from '../src/sim/random.ts';

/** A host with Docker, spoken to by command lines alone. */
class CommandHost {
  readonly lab: Lab;

  constructor(seed: number) {
    this.lab = wholeLab({ seed });
  }

  run(command: string): string {
    const running = this.lab.spawnShell({ machine: 'host', command, cwd: this.lab.home });
    const deadline = this.lab.now + 600e9;
    while (!running.ended() && this.lab.now < deadline) this.lab.advance(10e6);
    if (!running.ended()) throw new Error(`${command}: does not end`);
    return running.output();
  }

  inspect<T>(what: 'network' | 'container', list: string): T[] {
    const said = this.run(`docker ${what} inspect $(docker ${list}) 2>/dev/null`);
    return said.startsWith('[') ? JSON.parse(said) : [];
  }

  /** What a host has of networks besides rules: routes, devices, and what its bridges know. */
  leftovers(): string {
    return this.run('iptables-save | sed "/^#/d; s/ \\[.*//"; ip route; ls /sys/class/net; bridge fdb show');
  }
}

interface NetworkJson {
  readonly Name: string;
  readonly Id: string;
  readonly Driver: string;
  readonly Internal: boolean;
  readonly IPAM: { readonly Config: readonly { readonly Subnet: string }[] };
  readonly Options: Readonly<Record<string, string>>;
  readonly Created: string;
  readonly Containers: Readonly<Record<string, { readonly IPv4Address: string }>>;
}

interface ContainerJson {
  readonly NetworkSettings: {
    readonly Ports: Readonly<
      Record<string, readonly { readonly HostIp: string; readonly HostPort: string }[] | null>
    > | null;
    readonly Networks: Readonly<Record<string, { readonly IPAddress: string }>>;
  };
}

/** Rules that stand together: in this order, or in the order in which containers happened to come. */
type Group = { readonly inOrder: readonly string[] } | { readonly anyOrder: readonly string[] };

const OPTION = 'com.docker.network.bridge.';

/**
 * The rules that networks and containers ask for, chain by chain, from what `inspect` says of them. Networks come in the order
 * in which they were made; where the engine inserts at the top, the last one comes first.
 */
function rulesFor(networks: readonly NetworkJson[], containers: readonly ContainerJson[]): Record<string, Group[]> {
  const bridges = networks
    .filter(({ Driver }) => Driver === 'bridge')
    .map(({ Name, Id, Internal, IPAM, Options }) => ({
      name: Name,
      device: Options[`${OPTION}name`] ?? `br-${Id.slice(0, 12)}`,
      subnet: IPAM.Config[0]?.Subnet ?? '',
      internal: Internal,
      talks: Options[`${OPTION}enable_icc`] !== 'false',
      masquerades: Options[`${OPTION}enable_ip_masquerade`] !== 'false',
    }));
  const open = bridges.filter(({ internal }) => !internal);
  const newestFirst = bridges.toReversed();
  const endpoints = containers.flatMap(({ NetworkSettings }) =>
    open.flatMap(({ name, device }) => {
      const address = NetworkSettings.Networks[name]?.IPAddress;
      return address ? [{ address, device }] : [];
    }),
  );
  const ports = containers.flatMap(({ NetworkSettings: { Networks, Ports } }) => {
    // The way out, and with it the ports, is the first by name of the networks that lead outside.
    const [way] = open.filter(({ name }) => Networks[name]?.IPAddress).sort((a, b) => (a.name < b.name ? -1 : 1));
    return Object.entries(Ports ?? {}).flatMap(([inside, published]) =>
      (published ?? [])
        .filter(({ HostIp }) => way !== undefined && !HostIp.includes(':'))
        .map(({ HostIp, HostPort }) => {
          const [port = '', protocol = ''] = inside.split('/');
          const address = Networks[way?.name ?? '']?.IPAddress ?? '';
          return { address, device: way?.device ?? '', port, protocol, hostIp: HostIp, hostPort: HostPort };
        }),
    );
  });
  return {
    'raw PREROUTING': [
      {
        anyOrder: [
          ...endpoints.map(({ address, device }) => `-d ${address}/32 ! -i ${device} -j DROP`),
          ...ports
            .filter(({ hostIp }) => hostIp.startsWith('127.'))
            .map(
              ({ hostIp, hostPort, protocol }) =>
                `-d ${hostIp}/32 ! -i lo -p ${protocol} -m ${protocol} --dport ${hostPort} -j DROP`,
            ),
        ],
      },
    ],
    'raw OUTPUT': [],
    'nat PREROUTING': [{ inOrder: ['-m addrtype --dst-type LOCAL -j DOCKER'] }],
    'nat INPUT': [],
    'nat OUTPUT': [{ inOrder: ['! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER'] }],
    'nat POSTROUTING': [
      {
        inOrder: newestFirst
          .filter(({ internal, masquerades }) => !internal && masquerades)
          .map(({ subnet, device }) => `-s ${subnet} ! -o ${device} -j MASQUERADE`),
      },
    ],
    'nat DOCKER': [
      { inOrder: newestFirst.filter(({ internal }) => !internal).map(({ device }) => `-i ${device} -j RETURN`) },
      {
        anyOrder: ports.map(
          ({ address, device, port, protocol, hostIp, hostPort }) =>
            `${hostIp === '0.0.0.0' ? '' : `-d ${hostIp}/32 `}! -i ${device} -p ${protocol} -m ${protocol} --dport ${hostPort} -j DNAT --to-destination ${address}:${port}`,
        ),
      },
    ],
    'filter INPUT': [],
    'filter OUTPUT': [],
    'filter FORWARD': [{ inOrder: ['-j DOCKER-USER', '-j DOCKER-FORWARD'] }],
    'filter DOCKER-USER': [],
    'filter DOCKER': [
      {
        anyOrder: ports.map(
          ({ address, device, port, protocol }) =>
            `-d ${address}/32 ! -i ${device} -o ${device} -p ${protocol} -m ${protocol} --dport ${port} -j ACCEPT`,
        ),
      },
      { inOrder: open.map(({ device }) => `! -i ${device} -o ${device} -j DROP`) },
    ],
    'filter DOCKER-BRIDGE': [{ inOrder: open.map(({ device }) => `-o ${device} -j DOCKER`) }],
    'filter DOCKER-CT': [
      { inOrder: open.map(({ device }) => `-o ${device} -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT`) },
    ],
    'filter DOCKER-FORWARD': [
      { inOrder: ['-j DOCKER-CT', '-j DOCKER-ISOLATION-STAGE-1', '-j DOCKER-BRIDGE'] },
      {
        inOrder: bridges.flatMap(({ device, internal, talks }) => {
          const within = `-i ${device} -o ${device} -j ${talks ? 'ACCEPT' : 'DROP'}`;
          if (internal) return [within];
          return talks ? [`-i ${device} -j ACCEPT`] : [within, `-i ${device} ! -o ${device} -j ACCEPT`];
        }),
      },
    ],
    'filter DOCKER-ISOLATION-STAGE-1': [
      {
        inOrder: newestFirst
          .filter(({ internal }) => internal)
          .flatMap(({ subnet, device }) => [
            `! -d ${subnet} -i ${device} -j DROP`,
            `! -s ${subnet} -o ${device} -j DROP`,
          ]),
      },
      { inOrder: open.map(({ device }) => `-i ${device} ! -o ${device} -j DOCKER-ISOLATION-STAGE-2`) },
    ],
    'filter DOCKER-ISOLATION-STAGE-2': [
      { inOrder: newestFirst.filter(({ internal }) => !internal).map(({ device }) => `-o ${device} -j DROP`) },
    ],
  };
}

/** `iptables-save` as lists of rules by table and chain, empty chains included. */
function parseSave(text: string): Record<string, string[]> {
  const chains: Record<string, string[]> = {};
  let table = '';
  for (const line of text.split('\n')) {
    if (line.startsWith('*')) table = line.slice(1);
    else if (line.startsWith(':')) chains[`${table} ${line.slice(1).split(' ')[0]}`] = [];
    else if (line.startsWith('-A ')) {
      const [, chain = '', ...words] = line.split(' ');
      (chains[`${table} ${chain}`] ??= []).push(words.join(' '));
    }
  }
  return chains;
}

/** The same rules with those sorted whose order is left to history. */
function comparable(rules: readonly string[], groups: readonly Group[]): string[] {
  const result: string[] = [];
  for (const group of groups) {
    const size = 'inOrder' in group ? group.inOrder.length : group.anyOrder.length;
    const part = rules.slice(result.length, result.length + size);
    result.push(...('inOrder' in group ? part : part.toSorted()));
  }
  return [...result, ...rules.slice(result.length)];
}

const rulesOf = (groups: readonly Group[]) =>
  groups.flatMap((group) => ('inOrder' in group ? group.inOrder : group.anyOrder.toSorted()));

/** What somebody might do next with what there is, and now and then with what isn't. */
function randomAct(random: Random, present: { readonly networks: string[]; readonly containers: string[] }): string {
  const pick = (list: readonly string[]) => list[random.below(list.length)] as string;
  const network = () => pick([...present.networks, ...present.networks, 'n1', 'n2', 'n3']);
  const container = () => pick([...present.containers, ...present.containers, 'c1', 'c2', 'c3']);
  const isNew = (names: readonly string[], known: readonly string[]) =>
    pick([...names.filter((name) => !known.includes(name)), ...names]);
  const port = () =>
    pick(['-p 8080:80', '-p 8081:80', '-p 127.0.0.1:8082:80', '-p 192.168.0.10:8083:80', '-p 53:53/udp', '-P -p 90']);
  const options = () =>
    pick(['', '', '', '--internal', `-o ${OPTION}enable_icc=false`, `-o ${OPTION}enable_ip_masquerade=false`]);
  switch (random.below(14)) {
    case 0:
    case 1:
      return `docker network create ${options()} ${isNew(['n1', 'n2', 'n3', 'n4'], present.networks)}`;
    case 2:
      return `docker network rm ${network()}`;
    case 3:
    case 4:
    case 5:
    case 6: {
      const name = isNew(['c1', 'c2', 'c3', 'c4'], present.containers);
      const mode = pick([network(), network(), network(), 'bridge', 'none', 'host']);
      return `docker run -d --name ${name} --network ${mode} ${random.below(3) ? port() : ''} busybox sleep 10000`;
    }
    case 7:
      return `docker rm -f ${container()}`;
    case 8:
    case 9:
      return `docker network connect ${network()} ${container()}`;
    case 10:
      return `docker network disconnect ${pick([network(), network(), 'bridge'])} ${container()}`;
    case 11:
      return `docker stop -t 0 ${container()}`;
    case 12:
      return `docker start ${container()}`;
    default:
      return `docker restart -t 0 ${container()}`;
  }
}

const STEPS = 20;

describe('whatever is done to networks, containers and ports', () => {
  for (let seed = 1; seed <= 30; seed++)
    it(`the rules are those of what there is, addresses are given once, and nothing stays behind: sequence ${seed}`, () => {
      const random = new Random(seed);
      const host = new CommandHost(seed);
      const start = host.leftovers();
      const done: string[] = [];
      let networks: NetworkJson[] = [];
      for (let i = 0; i < STEPS; i++) {
        const act = randomAct(random, {
          networks: networks.map(({ Name }) => Name).filter((name) => /^n\d$/.test(name)),
          containers: host.run('docker ps -a --format {{.Names}}').split('\n').slice(0, -1),
        });
        done.push(`${act}\n  ${host.run(act).trim().replaceAll('\n', '\n  ')}`);
        networks = host
          .inspect<NetworkJson>('network', 'network ls -q --no-trunc')
          .sort((a, b) => (a.Created < b.Created ? -1 : 1));
        for (const { Containers } of networks) {
          const addresses = Object.values(Containers).flatMap(({ IPv4Address }) => IPv4Address || []);
          expect(new Set(addresses).size, done.join('\n')).toBe(addresses.length);
        }
        const expected = rulesFor(networks, host.inspect<ContainerJson>('container', 'ps -q --no-trunc'));
        const actual = parseSave(host.run('iptables-save'));
        const shown = Object.fromEntries(
          Object.entries(actual).map(([chain, rules]) => [chain, comparable(rules, expected[chain] ?? [])]),
        );
        const wanted = Object.fromEntries(Object.keys(actual).map((chain) => [chain, rulesOf(expected[chain] ?? [])]));
        expect(shown, done.join('\n')).toEqual(wanted);
      }
      host.run('docker rm -f $(docker ps -aq); docker network prune -f');
      expect(host.leftovers()).toBe(start);
    });
});
