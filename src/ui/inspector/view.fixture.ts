import { EMPTY_VIEW } from '../../lab/view/empty-view.ts';
import type { ContainerView, DeviceView, LabView, NamespaceView, NetworkView } from '../../lab/view/lab-view.ts';
import { TcpFlag } from '../../wire/packet.ts';
import { arpRequest, at, frame, packet, rule, tcp, TraceBuilder } from './trace.fixture.ts';

/** A host with one container that publishes a port, and what a request from the LAN leaves behind. */
export const WEB = 'c0ffee0123456789c0ffee0123456789c0ffee0123456789c0ffee0123456789';

export const device = (namespace: string, name: string, fields: Partial<DeviceView> = {}): DeviceView => ({
  id: `${namespace}/${name}`,
  name,
  index: 2,
  kind: 'veth',
  mac: '02:42:ac:11:00:02',
  mtu: 1500,
  up: true,
  carrier: true,
  addresses: [],
  master: null,
  portNumber: null,
  peer: null,
  rxPackets: 3,
  txPackets: 4,
  ...fields,
});

export const namespace = (id: string, fields: Partial<NamespaceView> = {}): NamespaceView => ({
  id,
  name: id,
  kind: 'container',
  devices: {},
  routes: [],
  neighbors: [],
  fdb: [],
  sockets: [],
  conntrack: [],
  chains: [],
  names: null,
  forwards: false,
  ...fields,
});

const DNAT = '! -i docker0 -p tcp -m tcp --dport 1234 -j DNAT --to-destination 172.17.0.2:80';

export const container: ContainerView = {
  id: WEB,
  name: '5-port_web_1',
  image: 'nginx:alpine',
  command: "/docker-entrypoint.sh nginx -g 'daemon off;'",
  state: 'running',
  health: null,
  exitCode: 0,
  networkMode: 'bridge',
  endpoints: [{ network: 'n-bridge', address: '172.17.0.2/16', mac: '02:42:ac:11:00:02', aliases: [], device: 'eth0' }],
  ports: [{ protocol: 'tcp', hostAddress: '0.0.0.0', hostPort: 1234, containerPort: 80, proxyPid: 812 }],
  compose: { project: '5-port', service: 'web', number: '1', folder: '/home/user/4-network/5-port' },
  mounts: [
    { source: '/home/user/4-network/5-port/index.html', target: '/usr/share/nginx/html/index.html', readOnly: false },
  ],
  hostname: 'c0ffee012345',
};

export const network: NetworkView = {
  id: 'n-bridge',
  name: 'bridge',
  driver: 'bridge',
  subnet: '172.17.0.0/16',
  gateway: '172.17.0.1',
  bridge: 'ubuntu/docker0',
  parent: null,
  internal: false,
  hasNames: false,
  compose: null,
};

export const VIEW: LabView = {
  ...EMPTY_VIEW,
  time: 40_000,
  commands: [{ number: 4, terminal: 1, line: 'docker-compose logs -f web', time: 0 }],
  namespaces: {
    ubuntu: namespace('ubuntu', {
      kind: 'host',
      forwards: true,
      devices: {
        lo: device('ubuntu', 'lo', {
          index: 1,
          kind: 'loopback',
          mac: '00:00:00:00:00:00',
          mtu: 65536,
          addresses: ['127.0.0.1/8'],
        }),
        eth0: device('ubuntu', 'eth0', {
          kind: 'ethernet',
          mac: '52:54:00:12:34:56',
          addresses: ['192.168.0.10/24'],
          peer: 'lan/eth0',
        }),
        docker0: device('ubuntu', 'docker0', {
          index: 3,
          kind: 'bridge',
          mac: '02:42:5e:11:22:33',
          addresses: ['172.17.0.1/16'],
        }),
        veth9a8b7c6: device('ubuntu', 'veth9a8b7c6', {
          index: 5,
          master: 'docker0',
          portNumber: 1,
          peer: `${WEB}/eth0`,
        }),
      },
      routes: [
        'default via 192.168.0.1 dev eth0',
        '172.17.0.0/16 dev docker0 proto kernel scope link src 172.17.0.1',
        '192.168.0.0/24 dev eth0 proto kernel scope link src 192.168.0.10',
      ],
      neighbors: [
        { address: '192.168.0.1', mac: '52:54:00:00:00:01', device: 'eth0', state: 'REACHABLE' },
        { address: '172.17.0.2', mac: '02:42:ac:11:00:02', device: 'docker0', state: 'STALE' },
      ],
      fdb: [
        { mac: '02:42:ac:11:00:02', bridge: 'docker0', port: 'veth9a8b7c6', local: false },
        { mac: '02:42:5e:11:22:33', bridge: 'docker0', port: 'docker0', local: true },
      ],
      sockets: [
        {
          protocol: 'tcp',
          family: 'inet',
          state: 'LISTEN',
          local: '0.0.0.0:1234',
          remote: '0.0.0.0:*',
          program: 'docker-proxy',
          pid: 812,
        },
      ],
      conntrack: [
        {
          key: 'tcp1',
          protocol: 'tcp',
          state: 'ESTABLISHED',
          original: { source: '192.168.0.1', destination: '192.168.0.10', sourcePort: 51824, destinationPort: 1234 },
          reply: { source: '172.17.0.2', destination: '192.168.0.1', sourcePort: 80, destinationPort: 51824 },
          unreplied: false,
          assured: true,
        },
      ],
      chains: [
        {
          table: 'nat',
          name: 'PREROUTING',
          policy: 'ACCEPT',
          packets: 12,
          bytes: 720,
          rules: [{ text: '-m addrtype --dst-type LOCAL -j DOCKER', packets: 2, bytes: 120 }],
        },
        {
          table: 'nat',
          name: 'DOCKER',
          policy: null,
          packets: 0,
          bytes: 0,
          rules: [
            { text: '-i docker0 -j RETURN', packets: 0, bytes: 0 },
            { text: DNAT, packets: 1, bytes: 60 },
          ],
        },
        {
          table: 'filter',
          name: 'FORWARD',
          policy: 'DROP',
          packets: 0,
          bytes: 0,
          rules: [{ text: '-j DOCKER-USER', packets: 4, bytes: 240 }],
        },
      ],
    }),
    lan: namespace('lan', {
      name: 'gateway',
      kind: 'lan',
      devices: {
        eth0: device('lan', 'eth0', { kind: 'ethernet', addresses: ['192.168.0.1/24'], peer: 'ubuntu/eth0' }),
      },
    }),
    [WEB]: namespace(WEB, {
      name: '5-port_web_1',
      devices: { eth0: device(WEB, 'eth0', { addresses: ['172.17.0.2/16'], peer: 'ubuntu/veth9a8b7c6' }) },
      sockets: [
        {
          protocol: 'tcp',
          family: 'inet',
          state: 'LISTEN',
          local: '0.0.0.0:80',
          remote: '0.0.0.0:*',
          program: 'nginx',
          pid: 1,
        },
      ],
    }),
  },
  containers: { [WEB]: container },
  networks: { 'n-bridge': network },
};

/** A SYN from the LAN through the published port; the ARP that it led to; a SYN that a rule dropped; a request for a page. */
export function portTrace(): TraceBuilder {
  const trace = new TraceBuilder();
  const syn = (destination: string, port: number, ttl: number) =>
    packet('192.168.0.1', destination, tcp(51824, port), { ttl });
  trace.journey({
    origin: 'lan',
    command: 4,
    summary: 'IP 192.168.0.1.51824 > 192.168.0.10.1234: Flags [S], seq 1000',
  });
  trace.packet(frame(syn('192.168.0.10', 1234, 64), 0x525400000001 as never, 0x525400123456 as never));
  trace.hop('transmit', at.device('lan', 'eth0'), 'sent').hop('receive', at.device('ubuntu', 'eth0'), 'received');
  trace.packet(syn('192.168.0.10', 1234, 64));
  trace.hop('netfilter', at.chain('ubuntu', 'nat', 'PREROUTING'), 'ACCEPT', {
    because: rule('nat', 'DOCKER', 2, DNAT),
  });
  trace.packet(syn('172.17.0.2', 80, 64));
  trace.hop('nat', at.chain('ubuntu', 'nat', 'PREROUTING'), 'destination rewritten', {
    because: {
      kind: 'conntrack',
      protocol: 'tcp',
      original: 'src=192.168.0.1 dst=192.168.0.10',
      reply: 'src=172.17.0.2 dst=192.168.0.1',
    },
  });
  trace.hop('route', at.namespace('ubuntu'), 'forwarded', {
    because: { kind: 'route', text: '172.17.0.0/16 dev docker0 proto kernel scope link src 172.17.0.1' },
  });
  trace.packet(syn('172.17.0.2', 80, 63));
  trace.hop('netfilter', at.chain('ubuntu', 'filter', 'FORWARD'), 'ACCEPT', {
    because: rule('filter', 'DOCKER', 1, '-d 172.17.0.2/32 ! -i docker0 -o docker0 -p tcp -m tcp --dport 80 -j ACCEPT'),
  });
  trace.hop('neighbor', at.device('ubuntu', 'docker0'), 'waits', {
    because: { kind: 'neighbor', address: '172.17.0.2', mac: null, state: 'incomplete', device: 'docker0' },
  });
  trace.packet(frame(syn('172.17.0.2', 80, 63), 0x02425e112233 as never, 0x0242ac110002 as never));
  trace.hop('bridge', at.device('ubuntu', 'docker0'), 'forwarded', {
    because: { kind: 'fdb', mac: '02:42:ac:11:00:02', port: 'veth9a8b7c6', local: false },
  });
  trace.hop('transmit', at.device('ubuntu', 'veth9a8b7c6'), 'sent').hop('receive', at.device(WEB, 'eth0'), 'received');
  trace.hop('deliver', at.namespace(WEB), 'LISTEN');

  trace.journey({
    origin: 'ubuntu',
    protocol: 'arp',
    parent: 1,
    command: 4,
    summary: 'ARP, Request who-has 172.17.0.2 tell 172.17.0.1',
  });
  trace.packet(arpRequest('172.17.0.1', '172.17.0.2'));
  trace
    .hop('transmit', at.device('ubuntu', 'docker0'), 'sent')
    .hop('bridge', at.device('ubuntu', 'docker0'), 'flooded');
  trace.hop('deliver', at.device(WEB, 'eth0'), 'ARP request');

  trace.journey({ origin: WEB, command: 5, summary: 'IP 172.17.0.2.40000 > 172.18.0.2.8888: Flags [S]' });
  trace.packet(frame(packet('172.17.0.2', '172.18.0.2', tcp(40000, 8888))));
  trace.hop('transmit', at.device(WEB, 'eth0'), 'sent').hop('receive', at.device('ubuntu', 'veth9a8b7c6'), 'received');
  trace.packet(packet('172.17.0.2', '172.18.0.2', tcp(40000, 8888)));
  trace.hop('netfilter', at.chain('ubuntu', 'raw', 'PREROUTING'), 'DROP', {
    because: rule('raw', 'PREROUTING', 1, '-d 172.18.0.2/32 ! -i br-0a1b2c3d4e5f -j DROP'),
  });
  trace.hop('drop', at.device('ubuntu', 'docker0'), 'dropped by netfilter');

  trace.journey({ origin: 'lan', protocol: 'tcp', parent: 1, command: 4, summary: 'IP … HTTP: GET / HTTP/1.1' });
  trace.packet(
    packet(
      '192.168.0.1',
      '172.17.0.2',
      tcp(51824, 80, TcpFlag.psh | TcpFlag.ack, 'GET / HTTP/1.1\r\nHost: 192.168.0.10:1234\r\n\r\n'),
    ),
  );
  trace.hop('receive', at.device(WEB, 'eth0'), 'received').hop('deliver', at.namespace(WEB), 'ESTABLISHED');
  return trace;
}
