import type { NetDevice } from './device.ts';

/** The devices of one namespace, in the order of their indexes. */
export class DeviceTable {
  private readonly devices: NetDevice[] = [];

  byName(name: string): NetDevice | undefined {
    return this.devices.find((device) => device.name === name);
  }

  byIndex(index: number): NetDevice | undefined {
    return this.devices.find((device) => device.index === index);
  }

  all(): readonly NetDevice[] {
    return this.devices;
  }

  add(device: NetDevice): void {
    const at = this.devices.findIndex((other) => other.index > device.index);
    this.devices.splice(at < 0 ? this.devices.length : at, 0, device);
  }

  remove(device: NetDevice): void {
    const at = this.devices.indexOf(device);
    if (at >= 0) this.devices.splice(at, 1);
  }
}
