import type { PortSpec } from '../load/port-spec.ts';

/** A compose project, after reading, merging, interpolation and normalisation: what both faces work on. */
export interface Project {
  readonly name: string;
  /** The `version:` of the file, where it states one. */
  readonly version: string | null;
  /** Absolute path of the folder that relative paths are meant from. */
  readonly workingDirectory: string;
  readonly files: readonly string[];
  /** In the order of the file. */
  readonly services: readonly Service[];
  readonly networks: readonly ProjectNetwork[];
  readonly volumes: readonly ProjectVolume[];
  /** The data that it was made of: for `config`. */
  readonly source: Readonly<Record<string, unknown>>;
}

export interface Service {
  readonly name: string;
  readonly image: string | null;
  /** The service has a `build:`, which this host can't carry out. */
  readonly build: boolean;
  readonly containerName: string | null;
  readonly command: readonly string[] | null;
  readonly entrypoint: readonly string[] | null;
  /** A name without a value takes the shell's, or is left out. */
  readonly environment: ReadonlyMap<string, string | null>;
  readonly labels: ReadonlyMap<string, string>;
  readonly hostname: string | null;
  readonly domainname: string | null;
  readonly workingDir: string | null;
  readonly user: string | null;
  readonly tty: boolean;
  readonly stdinOpen: boolean;
  readonly init: boolean;
  readonly privileged: boolean;
  readonly readOnly: boolean;
  readonly capAdd: readonly string[];
  readonly capDrop: readonly string[];
  readonly sysctls: ReadonlyMap<string, string>;
  readonly restart: string | null;
  readonly stopSignal: string | null;
  /** Nanoseconds. */
  readonly stopGracePeriod: number | null;
  readonly ports: readonly PortSpec[];
  readonly expose: readonly string[];
  readonly volumes: readonly ServiceMount[];
  readonly tmpfs: readonly string[];
  /** `bridge`, `host`, `none`, `service:x`, `container:x`; null: the networks below. */
  readonly networkMode: string | null;
  readonly networks: readonly ServiceNetwork[];
  readonly links: readonly Link[];
  readonly externalLinks: readonly string[];
  readonly extraHosts: readonly string[];
  readonly dns: readonly string[];
  readonly dnsSearch: readonly string[];
  readonly dnsOptions: readonly string[];
  readonly macAddress: string | null;
  readonly pid: string | null;
  readonly ipc: string | null;
  readonly dependsOn: readonly Dependency[];
  readonly healthcheck: Healthcheck | null;
  readonly profiles: readonly string[];
  readonly scale: number;
  /** The normalised data of the service: what its configuration hash is made of, and what `config` prints. */
  readonly source: Readonly<Record<string, unknown>>;
}

export interface ServiceMount {
  readonly type: 'bind' | 'volume' | 'tmpfs';
  /** Absolute path, a volume's key in the project, or null for an anonymous volume. */
  readonly source: string | null;
  readonly target: string;
  readonly readOnly: boolean;
}

export interface ServiceNetwork {
  /** The network's key in the project. */
  readonly network: string;
  readonly aliases: readonly string[];
  readonly ipv4Address: string | null;
  readonly ipv6Address: string | null;
  readonly macAddress: string | null;
  readonly priority: number;
  readonly gatewayPriority: number;
}

export interface Link {
  readonly service: string;
  readonly alias: string;
}

export interface Dependency {
  readonly service: string;
  readonly condition: 'service_started' | 'service_healthy' | 'service_completed_successfully';
  readonly required: boolean;
  /** Restart the dependent when this is restarted or made anew. */
  readonly restart: boolean;
}

export interface Healthcheck {
  /** The Engine API's form: `['CMD', …]`, `['CMD-SHELL', text]` or `['NONE']`. */
  readonly test: readonly string[];
  /** Nanoseconds; 0: the engine's default. */
  readonly interval: number;
  readonly timeout: number;
  readonly startPeriod: number;
  readonly startInterval: number;
  readonly retries: number;
}

export interface ProjectNetwork {
  readonly key: string;
  /** The engine's name for it: `1-default_default`. */
  readonly name: string;
  readonly external: boolean;
  readonly driver: string | null;
  readonly driverOptions: ReadonlyMap<string, string>;
  readonly ipamDriver: string | null;
  readonly ipam: readonly IpamConfig[];
  readonly internal: boolean;
  readonly enableIpv6: boolean;
  readonly attachable: boolean;
  readonly labels: ReadonlyMap<string, string>;
}

export interface IpamConfig {
  readonly subnet: string | null;
  readonly ipRange: string | null;
  readonly gateway: string | null;
  readonly auxAddresses: ReadonlyMap<string, string>;
}

export interface ProjectVolume {
  readonly key: string;
  readonly name: string;
  readonly external: boolean;
  readonly driver: string | null;
  readonly labels: ReadonlyMap<string, string>;
}
