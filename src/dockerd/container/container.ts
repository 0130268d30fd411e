import type { Kernel } from '../../kernel/kernel.ts';
import type { Namespaces } from '../../kernel/process/namespaces.ts';
import type { Task } from '../../kernel/process/task.ts';
import { WaitQueue } from '../../kernel/process/wait-queue.ts';
import type { OpenFile } from '../../kernel/fs/open-file.ts';
import type { Pty } from '../../kernel/tty/pty.ts';
import type { Image } from '../image/image.ts';
import type { Endpoint, EndpointSettings } from '../libnetwork/endpoint.ts';
import type { PortMapping } from '../libnetwork/port-mapper.ts';
import type { Resolver } from '../libnetwork/resolver.ts';
import type { Sandbox } from '../libnetwork/sandbox.ts';
import { NEVER } from '../timestamp.ts';
import { Lifecycle } from './lifecycle.ts';
import { ContainerLog } from './log.ts';
import { RestartManager } from './restart-manager.ts';
import type { ContainerConfig, HostConfig } from './spec.ts';

/** A network that a container belongs to, running or not. */
export interface NetworkAttachment {
  readonly settings: EndpointSettings;
  /** Empty until it was joined once; from then on this very network is meant, whatever bears its name. */
  networkId: string;
  dnsNames: readonly string[];
}

export interface ContainerMount {
  readonly type: 'bind' | 'volume' | 'tmpfs';
  /** Name of the volume, for `volume`. */
  readonly volume: string | null;
  /** On the host; empty for tmpfs. */
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
  /** What was written behind the second colon of `-v`, for inspect. */
  readonly mode: string;
  /** Asked for by `--tmpfs`: inspect shows it with the host's settings, not among the mounts. */
  readonly apart?: true;
  /** An empty volume stays empty, whatever the image has at its place. */
  readonly noCopy?: boolean;
}

/** Who listens to a process: an attached client. */
export interface Attachment {
  output(stream: 'stdout' | 'stderr', bytes: Uint8Array): void;
  /** Woken when it takes output again; null: it does. Until then the process has to wait, too. */
  readonly congested: WaitQueue | null;
  ended(): void;
}

/** Standard streams of a container's or exec's process: a terminal, or three pipes. */
export interface ProcessStreams {
  readonly pty: Pty | null;
  /** Where its input is written to; null when it has none. */
  stdin: OpenFile | null;
  /** Who hears its output. */
  attachments: Set<Attachment>;
  /** All of its output has been carried. */
  ended: boolean;
}

/** One run of a health check, as inspect shows it. */
export interface HealthcheckResult {
  readonly Start: string;
  readonly End: string;
  readonly ExitCode: number;
  readonly Output: string;
}

export interface Health {
  status: 'starting' | 'healthy' | 'unhealthy';
  failingStreak: number;
  log: HealthcheckResult[];
}

/** A container, as the engine keeps it: what was asked for, and what it is at the moment. */
export class Container {
  readonly lifecycle = new Lifecycle();
  readonly log = new ContainerLog();
  /** Woken on every change of state. */
  readonly changed = new WaitQueue();
  readonly endpoints = new Map<string, Endpoint>();
  readonly mounts: ContainerMount[] = [];
  /** The networks that it joins at its start, by the name or id it was told. */
  readonly networks = new Map<string, NetworkAttachment>();
  name: string;
  task: Task | null = null;
  streams: ProcessStreams | null = null;
  /** Who is attached; from one start to the next, because clients attach before they start it. */
  readonly attachments = new Set<Attachment>();
  namespaces: Namespaces | null = null;
  sandbox: Sandbox | null = null;
  resolver: Resolver | null = null;
  ports: readonly PortMapping[] = [];
  exitCode = 0;
  error = '';
  oomKilled = false;
  startedAt = NEVER;
  finishedAt = NEVER;
  /** Milliseconds since 1970. */
  startedDate = 0;
  finishedDate = 0;
  readonly restarts = new RestartManager();
  /** A stop or kill was asked for: no restart policy brings it back. */
  stoppedByUser = false;
  health: Health | null = null;
  /** The thread that runs its health checks. */
  healthMonitor: Task | null = null;
  /** Somebody removes it, which takes a moment. */
  removing = false;
  /** Execs that run in it. */
  readonly execIds = new Set<string>();

  constructor(
    /** What it has written over its image; it stays from one start to the next. */
    readonly upper: ReturnType<Kernel['createUpper']>,
    readonly id: string,
    name: string,
    readonly image: Image,
    readonly imageName: string,
    readonly config: ContainerConfig,
    public hostConfig: HostConfig,
    readonly created: string,
    readonly createdDate: number,
  ) {
    this.name = name;
  }

  get running(): boolean {
    return this.lifecycle.running;
  }

  /** Its processes: those that see its files, whatever namespace numbers them. */
  get tasks(): readonly Task[] {
    const { namespaces } = this;
    if (!namespaces) return [];
    return [...namespaces.pids.tasks.values()].filter((task) => task.namespaces.mounts === namespaces.mounts);
  }

  get hostname(): string {
    return this.config.Hostname;
  }
}
