import type { SimTime } from '../../sim/clock.ts';

/**
 * What has been seen to happen since the exercise began: facts about packets and requests that have come and gone. Plain data,
 * made by an `Observer`; the same session seen again gives the same evidence.
 */
export interface Evidence {
  readonly conversations: readonly Conversation[];
  readonly refusals: readonly Refusal[];
  readonly lookups: readonly Lookup[];
  readonly drops: readonly DroppedPacket[];
  readonly requests: readonly HttpRequestLine[];
  readonly bindFailures: readonly BindFailure[];
  /** Containers that have been there, by id. */
  readonly containers: ReadonlyMap<string, KnownContainer>;
}

/** Who lives in a network namespace: `host`, `lan`, ids of containers. Several on the host network, or where one joins another's. */
export type Party = readonly string[];

export interface SocketEnd {
  readonly address: string;
  readonly port: number;
}

/** A TCP connection, from the SYN's arrival at a listener. */
export interface Conversation {
  readonly at: SimTime;
  readonly opener: Party;
  /** What the opener asked for, before any NAT. */
  readonly dialled: SocketEnd;
  readonly accepter: Party;
  /** Where it arrived, and as whose it arrived, after all NAT. */
  readonly reached: SocketEnd;
  readonly seenFrom: SocketEnd;
  /** The handshake's answer came back. */
  established: boolean;
  /** When bytes first arrived at the accepter, and at the opener; null: none have. */
  dataAt: SimTime | null;
  replyAt: SimTime | null;
}

/** A connection attempt that was answered with a reset. */
export interface Refusal {
  readonly at: SimTime;
  readonly opener: Party;
  readonly dialled: SocketEnd;
}

/** An answer to a DNS question, as it arrived at whoever asked. */
export interface Lookup {
  readonly at: SimTime;
  readonly asker: Party;
  readonly name: string;
  readonly server: string;
  readonly addresses: readonly string[];
  /** The server says that there is no such name. */
  readonly nxDomain: boolean;
}

/** The first packet of a TCP connection, or a ping, that ended on its way. */
export interface DroppedPacket {
  readonly at: SimTime;
  readonly source: string;
  readonly destination: string;
  /** 0: a ping. */
  readonly port: number;
  readonly reason: string;
}

/** A line of a web server's access log. */
export interface HttpRequestLine {
  readonly at: SimTime;
  readonly container: string;
  readonly client: string;
  readonly path: string;
  readonly status: number;
  /** Bytes of the body. */
  readonly size: number;
}

/** A server couldn't have its port, because somebody else in its namespace has it. */
export interface BindFailure {
  readonly at: SimTime;
  readonly container: string;
  readonly port: number;
}

/** What is remembered of a container after it has gone. */
export interface KnownContainer {
  readonly id: string;
  name: string;
  /** Of compose, by its labels. */
  readonly service: string | null;
  readonly workingDir: string | null;
  /** Networks that it has been on and that somebody made: none of Docker's own. */
  readonly networks: Set<string>;
  /** Names of containers that it is linked to. */
  links: readonly string[];
}
