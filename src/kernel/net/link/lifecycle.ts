import { LOOPBACK_ADDRESS } from '../../../wire/address.ts';
import type { Netns } from '../netns.ts';
import { addAddress, addNetworkRoutes } from '../route/interface-address.ts';
import type { NetDevice } from './device.ts';

/** `ip link set up` and `down`, with what follows for routes, neighbours and the other end (dev_open, dev_close). */
export function setUp(device: NetDevice, up: boolean): void {
  if (device.up === up) return;
  device.up = up;
  const { routes, neighbors } = device.netns;
  if (up) {
    if (device.kind === 'loopback' && device.addresses.length === 0)
      addAddress(device, { address: LOOPBACK_ADDRESS, prefix: 8 });
    else for (const address of device.addresses) addNetworkRoutes(device, address);
  } else {
    // Local routes stay: the host goes on answering for the address (fib_sync_down_dev).
    routes.removeWhere(
      (route) => route.device === device && !(route.type === 'local' && route.destination.prefix === 32),
    );
    neighbors.flush(device, { permanent: true });
  }
  routes.changed();
  device.stateChanged();
  carrierMayHaveChanged(device);
  if (device.counterpart !== null) carrierMayHaveChanged(device.counterpart);
}

/** Looks at the carrier again and lets those know who go by it (linkwatch). */
export function carrierMayHaveChanged(device: NetDevice): void {
  const carrier = device.senseCarrier();
  if (carrier === device.carrier) return;
  device.carrier = carrier;
  if (!carrier) device.netns.neighbors.flush(device);
  if (device.master !== null) {
    device.master.portChanged(device);
    carrierMayHaveChanged(device.master);
  }
  for (const member of device.macvlans?.members ?? []) carrierMayHaveChanged(member);
}

/** Takes a device out of its namespace for good; the other end of a veth and the macvlans on it go with it. */
export function removeDevice(device: NetDevice): void {
  if (device.removed) return;
  const { counterpart } = device;
  detach(device);
  device.removed = true;
  for (const member of device.macvlans?.members ?? []) removeDevice(member);
  device.unplug();
  if (counterpart === null) return;
  if (device.kind === 'veth') removeDevice(counterpart);
  else carrierMayHaveChanged(counterpart);
}

/** `ip link set DEV netns NS name NAME`: it arrives down, without addresses (dev_change_net_namespace). */
export function moveDevice(device: NetDevice, netns: Netns, newName: string = device.name): void {
  detach(device);
  if (netns.devices.byIndex(device.index) !== undefined) device.index = netns.takeIndex();
  device.netns = netns;
  device.rename(newName);
  netns.devices.add(device);
}

function detach(device: NetDevice): void {
  if (device.master !== null) device.master.removePort(device);
  device.releasePorts();
  setUp(device, false);
  device.addresses.length = 0;
  device.netns.routes.removeWhere((route) => route.device === device);
  device.netns.neighbors.flush(device, { permanent: true });
  device.netns.devices.remove(device);
}
