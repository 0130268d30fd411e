import type { Subject } from '../../session/subject.ts';
import type { ContainerId, ContainerView, DeviceId, NamespaceId } from '../../../lab/view/lab-view.ts';

/** How deep the picture looks: services and networks as compose names them, or the plumbing that Linux makes of them. */
export type Depth = 'compose' | 'plumbing';

/** Everything that is drawn, before it has a place. Each part has an id that stays with it, whatever comes and goes around it. */
export interface Scene {
  readonly depth: Depth;
  readonly host: Host | null;
  readonly lan: Machine | null;
}

export interface Part {
  readonly id: string;
  readonly subject: Subject | null;
}

/** A machine beyond the host. */
export interface Machine extends Part {
  readonly namespace: NamespaceId;
  readonly name: string;
  readonly interfaces: readonly Interface[];
  readonly listeners: readonly Listener[];
  /** What lies behind it: addresses of the internet. */
  readonly internet: Interface | null;
}

export interface Host extends Part {
  readonly namespace: NamespaceId;
  readonly name: string;
  readonly uplink: Interface | null;
  readonly loopback: Interface | null;
  readonly doors: readonly Door[];
  readonly listeners: readonly Listener[];
  readonly gates: readonly Gate[];
  readonly ledger: Ledger;
  readonly networks: readonly Network[];
}

export interface Interface extends Part {
  readonly device: DeviceId;
  readonly name: string;
  readonly addresses: readonly string[];
  readonly up: boolean;
  readonly packets: number;
}

/** A program that listens. */
export interface Listener extends Part {
  readonly program: string;
  readonly protocol: string;
  readonly port: number;
  /** Its ways in differ: docker-proxy carries from one side to the other. */
  readonly proxy: boolean;
}

/** A published port, a door in the host's wall. */
export interface Door extends Part {
  readonly container: ContainerId;
  readonly protocol: 'tcp' | 'udp';
  readonly hostAddress: string;
  readonly hostPort: number;
  readonly containerPort: number;
  /** Only a compose file says so yet. */
  readonly planned: boolean;
}

/** A built-in chain of netfilter on the packet's way. */
export interface Gate extends Part {
  readonly table: string;
  readonly chain: string;
  readonly rules: number;
  readonly policy: string | null;
}

export interface Ledger extends Part {
  readonly entries: readonly LedgerEntry[];
}

export interface LedgerEntry extends Part {
  readonly protocol: string;
  readonly state: string | null;
  readonly original: string;
  readonly reply: string;
  /** The reply is not just the original turned round: an address or port was rewritten. */
  readonly rewritten: boolean;
}

/** A bridge, or a card that macvlans share, with the rooms at its ports; without either: the rooms that are on no network, or on the host's. */
export interface Network extends Part {
  readonly kind: 'bridge' | 'macvlan' | 'host' | 'none';
  readonly name: string;
  readonly bridge: Bridge | null;
  readonly internal: boolean;
  /** Only a compose file says so yet. */
  readonly planned: boolean;
  readonly rooms: readonly Room[];
}

/** Of a macvlan network: the little switch that the kernel makes of a network card. */
export interface Bridge extends Part {
  readonly device: DeviceId;
  readonly name: string;
  readonly addresses: readonly string[];
  readonly up: boolean;
  readonly ports: readonly Port[];
}

/** A port of a bridge and the cable in it. */
export interface Port extends Part {
  readonly device: DeviceId;
  readonly name: string;
  readonly number: number;
  readonly up: boolean;
  /** The plug at the cable's other end. */
  readonly peer: DeviceId | null;
  /** The room where that is. */
  readonly room: string | null;
}

/** A container: a room with walls of its own, or a guest in another's. */
export interface Room extends Part {
  readonly container: ContainerId;
  /** Keeps its place when the container is made anew. */
  readonly slot: string;
  readonly name: string;
  readonly image: string;
  readonly state: ContainerView['state'];
  /** Only a compose file says so yet. */
  readonly planned: boolean;
  readonly health: ContainerView['health'];
  readonly namespace: NamespaceId | null;
  /** The container in whose network namespace it is; null where it has its own, or the host's. */
  readonly guestOf: string | null;
  readonly interfaces: readonly Interface[];
  readonly listeners: readonly Listener[];
  /** The embedded DNS answers here. */
  readonly desk: boolean;
  readonly ports: readonly string[];
}
