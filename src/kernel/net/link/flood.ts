import type { EventTarget } from '../../../sim/event-queue.ts';
import { TraceKind } from '../../../sim/trace.ts';
import type { Frame } from '../../../wire/packet.ts';
import { capture } from '../tap.ts';
import type { SkBuff } from '../skb.ts';
import type { Bridge } from './bridge.ts';
import { bridgeForward } from './bridge-netfilter.ts';
import type { NetDevice } from './device.ts';
import { VETH_DELAY, Veth } from './veth.ts';

/** The copies of one frame that left by many ports at the same moment. */
interface Batch {
  readonly frame: Frame;
  readonly ports: readonly NetDevice[];
  readonly except: NetDevice | null;
  /** While traced: the record by which each copy left, by port. */
  readonly causes: Float64Array | null;
}

/**
 * All copies of a flooded frame arrive as one event: veths are equally long, so nothing could come between them. Each
 * copy is sent, counted, captured and traced by itself.
 */
class FloodArrival implements EventTarget<Batch> {
  fire({ frame, ports, except, causes }: Batch): void {
    for (let i = 0; i < ports.length; i++) {
      const port = ports[i] as NetDevice;
      if (port === except || !(port instanceof Veth)) continue;
      const peer = port.peer as Veth;
      if (causes !== null) peer.netns.trace.cause = causes[i] as number;
      peer.receive(frame);
    }
  }
}

const arrival = new FloodArrival();

/** Sends a frame by all ports with a carrier but one (br_flood); by how many. */
export function floodPorts(bridge: Bridge, except: NetDevice | null, frame: Frame, skb: SkBuff | null): number {
  const ports = bridge.livePorts;
  const { trace, taps, queue } = bridge.netns;
  const { cause } = trace;
  const causes = trace.enabled && skb === null ? new Float64Array(ports.length) : null;
  let sent = 0;
  let batched = false;
  for (let i = 0; i < ports.length; i++) {
    const port = ports[i] as NetDevice;
    if (port === except) continue;
    sent++;
    if (skb !== null || !(port instanceof Veth)) {
      trace.cause = cause;
      if (skb === null) port.transmit(frame);
      else bridgeForward(bridge, port, frame, skb.clone());
      continue;
    }
    batched = true;
    port.countTransmit(frame);
    if (taps.length !== 0) capture(taps, port, frame, 'out', queue.now);
    if (causes === null) continue;
    trace.cause = cause;
    causes[i] = trace.record(queue.now, TraceKind.transmit, port, frame, 'sent', null);
  }
  trace.cause = cause;
  if (batched) queue.after(VETH_DELAY, arrival, { frame, ports, except, causes });
  return sent;
}
