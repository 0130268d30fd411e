import type { ContainerView, DeviceView, LabView, NamespaceView, NetworkView } from '../../../lab/view/lab-view.ts';

/** Views made for tests: a host with networks and containers, wired as Docker wires them. */
export class ViewBuilder {
  private readonly namespaces: Record<string, NamespaceView> = {};
  private readonly containers: Record<string, ContainerView> = {};
  private readonly networks: Record<string, NetworkView> = {};
  private readonly hostDevices: Record<string, DeviceView> = {};
  private index = 1;

  constructor() {
    this.hostDevices['lo'] = this.device('ubuntu', 'lo', { kind: 'loopback', addresses: ['127.0.0.1/8'] });
    this.hostDevices['eth0'] = this.device('ubuntu', 'eth0', { peer: 'lan/eth0', addresses: ['192.168.0.10/24'] });
    const lan = { eth0: this.device('lan', 'eth0', { peer: 'ubuntu/eth0', addresses: ['192.168.0.1/24'] }) };
    this.namespaces['lan'] = namespace('lan', 'gateway', 'lan', lan);
  }

  network(name: string, { internal = false }: { readonly internal?: boolean } = {}): this {
    const number = Object.keys(this.networks).length;
    const bridge = number === 0 ? 'docker0' : `br-${name.padEnd(12, '0').slice(0, 12)}`;
    const gateway = `172.${17 + number}.0.1`;
    this.hostDevices[bridge] = this.device('ubuntu', bridge, { kind: 'bridge', addresses: [`${gateway}/16`] });
    this.networks[name] = {
      id: name,
      name,
      driver: 'bridge',
      subnet: `172.${17 + number}.0.0/16`,
      gateway,
      bridge,
      parent: null,
      internal,
      hasNames: number > 0,
      compose: null,
    };
    return this;
  }

  container(
    id: string,
    {
      networks = [],
      state = 'running',
      ports = [],
      name = id,
      networkMode = networks[0] ?? 'none',
    }: {
      readonly networks?: readonly string[];
      readonly state?: ContainerView['state'];
      readonly ports?: readonly (readonly [number, number])[];
      readonly name?: string;
      readonly networkMode?: string;
    } = {},
  ): this {
    const devices: Record<string, DeviceView> = { lo: this.device(id, 'lo', { kind: 'loopback' }) };
    // Who is in another's namespace has none.
    const live = (state === 'running' || state === 'paused') && !networkMode.startsWith('container:');
    const endpoints = networks.map((network, i) => {
      const { bridge, gateway } = this.networks[network] as NetworkView;
      const address = `${(gateway as string).replace(/\.1$/, '')}.${2 + Object.keys(this.containers).length}`;
      if (live) {
        const veth = `veth${id}${i}`;
        devices[`eth${i}`] = this.device(id, `eth${i}`, { peer: `ubuntu/${veth}`, addresses: [`${address}/16`] });
        this.hostDevices[veth] = this.device('ubuntu', veth, {
          peer: `${id}/eth${i}`,
          master: bridge,
          portNumber: this.portsOf(bridge) + 1,
        });
      }
      return { network, address: live ? address : null, mac: null, aliases: [], device: live ? `eth${i}` : null };
    });
    if (live) this.namespaces[id] = namespace(id, name, 'container', devices);
    this.containers[id] = {
      id,
      name,
      image: 'busybox:latest',
      command: 'sleep 1000',
      state,
      health: null,
      exitCode: 0,
      networkMode,
      endpoints,
      ports: ports.map(([hostPort, containerPort]) => ({
        protocol: 'tcp',
        hostAddress: '0.0.0.0',
        hostPort,
        containerPort,
        proxyPid: null,
      })),
      compose: null,
      mounts: [],
      hostname: name,
    };
    return this;
  }

  build(): LabView {
    return {
      time: 0,
      namespaces: { ubuntu: namespace('ubuntu', 'ubuntu', 'host', { ...this.hostDevices }), ...this.namespaces },
      containers: { ...this.containers },
      networks: { ...this.networks },
      terminals: {},
      commands: [],
      exercise: null,
    };
  }

  private portsOf(bridge: string | null): number {
    return Object.values(this.hostDevices).filter(({ master }) => master === bridge).length;
  }

  private device(owner: string, name: string, rest: Partial<DeviceView>): DeviceView {
    return {
      id: `${owner}/${name}`,
      name,
      index: this.index++,
      kind: 'veth',
      mac: '',
      mtu: 1500,
      up: true,
      carrier: true,
      addresses: [],
      master: null,
      portNumber: null,
      peer: null,
      rxPackets: 0,
      txPackets: 0,
      ...rest,
    };
  }
}

function namespace(
  id: string,
  name: string,
  kind: NamespaceView['kind'],
  devices: NamespaceView['devices'],
): NamespaceView {
  const listens = kind !== 'container' || id.length % 2 === 0;
  return {
    id,
    name,
    kind,
    devices,
    routes: [],
    neighbors: [],
    fdb: [],
    sockets: listens
      ? [
          {
            protocol: 'tcp',
            family: 'inet',
            state: 'LISTEN',
            local: '0.0.0.0:80',
            remote: '0.0.0.0:0',
            program: 'nginx',
            pid: 1,
          },
        ]
      : [],
    conntrack: [],
    chains: [],
    names: kind === 'container' ? [] : null,
    forwards: true,
  };
}
