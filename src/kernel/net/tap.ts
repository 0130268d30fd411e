import type { SimTime } from '../../sim/clock.ts';
import { BROADCAST_MAC, isMulticastMac, type Mac } from '../../wire/address.ts';
import type { Frame } from '../../wire/packet.ts';
import type { NetDevice } from './link/device.ts';

/** Whom a frame is for, seen from one device: PACKET_HOST, _OUTGOING, ... of packet(7); tcpdump's In, Out, B, M, P. */
export type PacketType = 'in' | 'out' | 'broadcast' | 'multicast' | 'otherhost';

/** Somebody who sees the frames of one device, or of all: a packet socket, a capture. */
export interface Tap {
  readonly device: NetDevice | null;
  capture(device: NetDevice, frame: Frame, type: PacketType, time: SimTime): void;
}

/** The type of a frame that arrives at a device with the address `own` (eth_type_trans in net/ethernet/eth.c). */
export function packetType(destination: Mac, own: Mac): PacketType {
  if (destination === own) return 'in';
  if (destination === BROADCAST_MAC) return 'broadcast';
  return isMulticastMac(destination) ? 'multicast' : 'otherhost';
}

/** Shows a frame to all who listen at the device. Callers on the hot path look first whether there is anybody. */
export function capture(taps: readonly Tap[], device: NetDevice, frame: Frame, type: PacketType, time: SimTime): void {
  for (const tap of taps) if (tap.device === null || tap.device === device) tap.capture(device, frame, type, time);
}
