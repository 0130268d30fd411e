import type { ExerciseReport } from '../../scenario/course/report.ts';
import type { SimTime } from '../../sim/clock.ts';

/**
 * What people look at, as plain immutable data: made from the machine at most once a frame, sent over the wall as patches, and kept by
 * the interface for looking back. Texts are as the tools print them; addresses are dotted, MACs with colons.
 */
export interface LabView {
  /** When it was so. */
  readonly time: SimTime;
  readonly namespaces: Readonly<Record<NamespaceId, NamespaceView>>;
  readonly containers: Readonly<Record<ContainerId, ContainerView>>;
  readonly networks: Readonly<Record<NetworkId, NetworkView>>;
  readonly terminals: Readonly<Record<number, TerminalView>>;
  /** The latest commands that were run at prompts, oldest first. */
  readonly commands: readonly CommandView[];
  /** Where the learner stands in the exercise that is open. */
  readonly exercise: ExerciseReport | null;
}

/** `ubuntu`, `lan`, or a container's full id. */
export type NamespaceId = string;
export type ContainerId = string;
export type NetworkId = string;
/** `<namespace>/<device>`: `ubuntu/docker0`. */
export type DeviceId = string;

export interface NamespaceView {
  readonly id: NamespaceId;
  /** For people: `ubuntu`, `gateway`, a container's name. */
  readonly name: string;
  readonly kind: 'host' | 'lan' | 'container';
  readonly devices: Readonly<Record<string, DeviceView>>;
  readonly routes: readonly string[];
  readonly neighbors: readonly NeighborView[];
  readonly fdb: readonly FdbView[];
  readonly sockets: readonly SocketView[];
  readonly conntrack: readonly ConntrackView[];
  /** Only chains that a packet could meet: built-in ones with rules, and all others. */
  readonly chains: readonly ChainView[];
  /** The embedded DNS that answers here at 127.0.0.11; null where there is none. */
  readonly names: readonly DnsRecordView[] | null;
  /** `net.ipv4.ip_forward`. */
  readonly forwards: boolean;
}

export interface DeviceView {
  readonly id: DeviceId;
  readonly name: string;
  readonly index: number;
  readonly kind: 'loopback' | 'veth' | 'bridge' | 'ethernet' | 'dummy' | 'macvlan';
  readonly mac: string;
  readonly mtu: number;
  readonly up: boolean;
  readonly carrier: boolean;
  /** With prefix length: `172.18.0.2/16`. */
  readonly addresses: readonly string[];
  /** The bridge in the same namespace that it is a port of. */
  readonly master: string | null;
  /** Its number there, which it keeps as others come and go. */
  readonly portNumber: number | null;
  /** The other end of its cable; of a macvlan the device that it is on. */
  readonly peer: DeviceId | null;
  readonly rxPackets: number;
  readonly txPackets: number;
}

export interface NeighborView {
  readonly address: string;
  readonly mac: string | null;
  readonly device: string;
  readonly state: string;
}

export interface FdbView {
  readonly mac: string;
  readonly bridge: string;
  readonly port: string;
  readonly local: boolean;
}

export interface SocketView {
  readonly protocol: 'tcp' | 'udp' | 'raw';
  readonly family: 'inet' | 'inet6';
  readonly state: string;
  /** `0.0.0.0:8888`. */
  readonly local: string;
  readonly remote: string;
  readonly program: string | null;
  readonly pid: number | null;
}

export interface ConntrackView {
  /** Stable as long as the entry lives. */
  readonly key: string;
  readonly protocol: string;
  readonly state: string | null;
  readonly original: ConntrackSideView;
  readonly reply: ConntrackSideView;
  readonly unreplied: boolean;
  readonly assured: boolean;
}

export interface ConntrackSideView {
  readonly source: string;
  readonly destination: string;
  readonly sourcePort: number;
  readonly destinationPort: number;
}

export interface ChainView {
  readonly table: 'raw' | 'mangle' | 'nat' | 'filter';
  readonly name: string;
  /** null: not built in. */
  readonly policy: 'ACCEPT' | 'DROP' | null;
  readonly packets: number;
  readonly bytes: number;
  readonly rules: readonly RuleView[];
}

export interface RuleView {
  /** What `iptables -S` prints behind `-A CHAIN`. */
  readonly text: string;
  readonly packets: number;
  readonly bytes: number;
}

export interface DnsRecordView {
  readonly name: string;
  readonly addresses: readonly string[];
  /** The network on which it holds; a link's alias holds for its own container alone. */
  readonly network: string;
}

export interface ContainerView {
  readonly id: ContainerId;
  readonly name: string;
  readonly image: string;
  readonly command: string;
  readonly state: 'created' | 'running' | 'paused' | 'restarting' | 'exited' | 'removing' | 'dead';
  /** As `docker ps` says it: `Up 2 minutes (healthy)`. */
  readonly health: 'starting' | 'healthy' | 'unhealthy' | null;
  readonly exitCode: number;
  /** `bridge`, `host`, `none`, `container:<id>`, or a network's name. */
  readonly networkMode: string;
  readonly endpoints: readonly EndpointView[];
  readonly ports: readonly PortView[];
  /** Labels of compose; null where it was not made by it. */
  readonly compose: {
    readonly project: string;
    readonly service: string;
    readonly number: string;
    readonly folder: string;
  } | null;
  readonly mounts: readonly { readonly source: string; readonly target: string; readonly readOnly: boolean }[];
  /** Host name inside. */
  readonly hostname: string;
}

export interface EndpointView {
  readonly network: NetworkId;
  readonly address: string | null;
  readonly mac: string | null;
  readonly aliases: readonly string[];
  /** `eth0` inside; null while it is not running. */
  readonly device: string | null;
}

export interface PortView {
  readonly protocol: 'tcp' | 'udp';
  /** `0.0.0.0` or `::` for all. */
  readonly hostAddress: string;
  readonly hostPort: number;
  readonly containerPort: number;
  /** docker-proxy's process on the host. */
  readonly proxyPid: number | null;
}

export interface NetworkView {
  readonly id: NetworkId;
  readonly name: string;
  readonly driver: string;
  readonly subnet: string | null;
  readonly gateway: string | null;
  /** The bridge's device on the host; null where there is none. */
  readonly bridge: string | null;
  /** The host's device that its containers share (macvlan); null: each has a cable of its own. */
  readonly parent: string | null;
  readonly internal: boolean;
  readonly hasNames: boolean;
  readonly compose: { readonly project: string; readonly network: string } | null;
}

export interface TerminalView {
  readonly id: number;
  /** The foreground command's name; null at the prompt. */
  readonly command: string | null;
  readonly folder: string;
  /** The container in which the foreground command works, when it is attached to one. */
  readonly container: ContainerId | null;
  readonly ended: boolean;
}

export interface CommandView {
  /** Counted from 1 over all terminals. */
  readonly number: number;
  readonly terminal: number;
  readonly line: string;
  readonly time: SimTime;
}
