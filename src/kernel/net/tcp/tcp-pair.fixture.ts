import { concatBytes } from '../../../base/bytes.ts';
import { unwrap } from '../../../base/result.ts';
import { MILLISECOND, type SimTime } from '../../../sim/clock.ts';
import type { EventTarget } from '../../../sim/event-queue.ts';
import { ipv4 } from '../../../wire/address.ts';
import { cidr } from '../../../wire/cidr.ts';
import { type Frame, Ipv4Packet, TcpSegment } from '../../../wire/packet.ts';
import { formatTcpFlags } from '../../../wire/tcp.ts';
import { setUp } from '../link/lifecycle.ts';
import type { Veth } from '../link/veth.ts';
import type { Netns } from '../netns.ts';
import { addAddress } from '../route/interface-address.ts';
import { createSocket } from '../socket/create.ts';
import type { Socket } from '../socket/socket.ts';
import { Topology } from '../topology.fixture.ts';

export const PORT = 8888;

/** What becomes of a frame on the cable: how many microseconds longer it takes, or null where it is lost. */
export type Cable = (segment: TcpSegment | null, towards: 'client' | 'server') => number | null;

/** Two hosts on one cable that a test may spoil, and a note of all segments that were put onto it. */
export class TcpPair {
  readonly topology = new Topology();
  readonly client: Netns;
  readonly server: Netns;
  /** `client S`, `server S.`, `client P. 5`: who sent, flags, length. */
  readonly segments: string[] = [];
  readonly times: SimTime[] = [];
  cable: Cable = () => 0;

  constructor() {
    this.client = this.topology.netns('client');
    this.server = this.topology.netns('server');
    const [near, far] = this.topology.cable(this.client, 'eth0', this.server, 'eth0', '10.0.0.2/24');
    addAddress(near, cidr('10.0.0.1/24'));
    setUp(near, true);
    this.spoil(near, 'client');
    this.spoil(far, 'server');
  }

  /** Frames arrive by this function instead of straight away. */
  private spoil(end: Veth, towards: 'client' | 'server'): void {
    const late: EventTarget<Frame> = { fire: (frame) => end.receive(frame) };
    end.fire = (frame) => {
      const segment =
        frame.payload instanceof Ipv4Packet && frame.payload.payload instanceof TcpSegment
          ? frame.payload.payload
          : null;
      if (segment !== null) {
        const length = segment.payload.length === 0 ? '' : ` ${segment.payload.length}`;
        this.segments.push(`${towards === 'server' ? 'client' : 'server'} ${formatTcpFlags(segment.flags)}${length}`);
        this.times.push(this.topology.queue.now);
      }
      const more = this.cable(segment, towards);
      if (more !== null) this.topology.queue.after(more * 1000, late, frame);
    };
  }

  listen({ backlog = 8 }: { readonly backlog?: number } = {}): Socket {
    const socket = stream(this.server);
    unwrap(socket.bind({ family: 'inet', address: ipv4('0.0.0.0'), port: PORT }));
    unwrap(socket.listen(backlog));
    return socket;
  }

  connect(port = PORT): Socket {
    const socket = stream(this.client);
    socket.connect({ family: 'inet', address: ipv4('10.0.0.2'), port });
    return socket;
  }

  /** A connection, and both its ends. */
  established(): { readonly client: Socket; readonly server: Socket } {
    const listener = this.listen();
    const client = this.connect();
    this.run(0.01);
    const server = unwrap(listener.accept()).socket;
    server.retain();
    this.forget();
    return { client, server };
  }

  run(seconds: number): void {
    this.topology.run(seconds);
  }

  forget(): void {
    this.segments.length = 0;
    this.times.length = 0;
  }

  /** Tenths of a second at which a kind of segment went out, from the first one on. */
  tenthsOf(kind: string): number[] {
    const at = this.times.filter((_, i) => this.segments[i]?.startsWith(kind));
    return at.map((time) => Math.round((time - (at[0] as number)) / (100 * MILLISECOND)));
  }

  states(): string[] {
    return [this.client, this.server].flatMap((netns) =>
      netns.protocols.sockets().map(({ state }) => `${netns.name} ${state}`),
    );
  }
}

export function stream(netns: Netns): Socket {
  const socket = unwrap(createSocket(netns, 'inet', 'stream'));
  socket.retain();
  return socket;
}

/** All that has come and can be read at once. */
export function readAll(socket: Socket): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let got = socket.receive(1 << 20); got.ok && got.value.data.length > 0; got = socket.receive(1 << 20))
    parts.push(got.value.data);
  return concatBytes(parts);
}
