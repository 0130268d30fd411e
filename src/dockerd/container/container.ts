import type { Kernel } from '../../kernel/kernel.ts';
import type { Namespaces } from '../../kernel/process/namespaces.ts';
import type { Task } from '../../kernel/process/task.ts';
import { WaitQueue } from '../../kernel/process/wait-queue.ts';
import type { OpenFile } from '../../kernel/fs/open-file.ts';
import type { Pty } from '../../kernel/tty/pty.ts';
import type { Image } from '../image/image.ts';
import type { Endpoint, EndpointSettings } from '../libnetwork/endpoint.ts';
import type { PublishedPort } from '../libnetwork/iptables-rules.ts';
import type { Resolver } from '../libnetwork/resolver.ts';
import type { Sandbox } from '../libnetwork/sandbox.ts';
import { NEVER } from '../timestamp.ts';
import { Lifecycle } from './lifecycle.ts';
import { ContainerLog } from './log.ts';
import type { ContainerConfig, HostConfig } from './spec.ts';

export interface ContainerMount {
  readonly type: 'bind' | 'volume' | 'tmpfs';
  /** Name of the volume, for `volume`. */
  readonly volume: string | null;
  /** On the host; empty for tmpfs. */
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
}

/** Who listens to a process: an attached client. */
export interface Attachment {
  output(stream: 'stdout' | 'stderr', bytes: Uint8Array): void;
  ended(): void;
}

/** Standard streams of a container's or exec's process: a terminal, or three pipes. */
export interface ProcessStreams {
  readonly pty: Pty | null;
  /** Where its input is written to; null when it has none. */
  stdin: OpenFile | null;
  readonly attachments: Set<Attachment>;
}

export interface Health {
  status: 'starting' | 'healthy' | 'unhealthy';
  failingStreak: number;
  log: { Start: string; End: string; ExitCode: number; Output: string }[];
}

/** A container, as the engine keeps it: what was asked for, and what it is at the moment. */
export class Container {
  readonly lifecycle = new Lifecycle();
  readonly log = new ContainerLog();
  /** Woken on every change of state. */
  readonly changed = new WaitQueue();
  readonly endpoints = new Map<string, Endpoint>();
  readonly mounts: ContainerMount[] = [];
  /** Settings of networks that are joined at the start, by the network's name or id. */
  readonly pending = new Map<string, EndpointSettings>();
  name: string;
  hostname = '';
  task: Task | null = null;
  streams: ProcessStreams | null = null;
  namespaces: Namespaces | null = null;
  sandbox: Sandbox | null = null;
  resolver: Resolver | null = null;
  ports: (PublishedPort & { readonly endpoint: Endpoint; readonly proxies: Task[] })[] = [];
  exitCode = 0;
  error = '';
  oomKilled = false;
  startedAt = NEVER;
  finishedAt = NEVER;
  /** Milliseconds since 1970. */
  startedDate = 0;
  finishedDate = 0;
  restartCount = 0;
  /** A stop or kill was asked for: no restart policy brings it back. */
  stoppedByUser = false;
  /** The signal that is ending it, for its exit status. */
  health: Health | null = null;
  removing = false;
  readonly execIds: string[] = [];

  constructor(
    /** What it has written over its image; it stays from one start to the next. */
    readonly upper: ReturnType<Kernel['createUpper']>,
    readonly id: string,
    name: string,
    readonly image: Image,
    readonly imageName: string,
    readonly config: ContainerConfig,
    readonly hostConfig: HostConfig,
    readonly created: string,
    readonly createdDate: number,
  ) {
    this.name = name;
  }

  get running(): boolean {
    return this.lifecycle.running;
  }

  get tty(): boolean {
    return this.config.Tty;
  }
}
