import type { Trace } from '../sim/trace.ts';
import { Frame, Ipv4Packet } from '../wire/packet.ts';
import { emitFrame } from '../wire/ethernet.ts';
import { emitIpv4 } from '../wire/ipv4.ts';

/** One number for all that a trace holds, down to the bytes of its packets: two runs of one session have the same (FNV-1a, 32 bits). */
export function traceHash(trace: Trace): number {
  let hash = 0x811c9dc5;
  const byte = (value: number) => {
    hash = Math.imul(hash ^ (value & 255), 0x01000193);
  };
  const text = (value: string) => {
    for (let i = 0; i < value.length; i++) byte(value.charCodeAt(i));
  };
  for (const { time, kind, place, packet, detail, cause } of trace.since()) {
    text(`${time} ${kind} ${place.placeName} ${detail} ${cause} `);
    if (packet instanceof Frame) emitFrame(packet).forEach(byte);
    else if (packet instanceof Ipv4Packet) emitIpv4(packet).forEach(byte);
  }
  return hash >>> 0;
}
