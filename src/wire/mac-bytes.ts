import type { Mac } from './address.ts';

/** A MAC address in its six bytes, first octet first. */
export function readMac(view: DataView, offset: number): Mac {
  return (view.getUint16(offset) * 2 ** 32 + view.getUint32(offset + 2)) as Mac;
}

export function writeMac(view: DataView, offset: number, mac: Mac): void {
  view.setUint16(offset, Math.floor(mac / 2 ** 32));
  view.setUint32(offset + 2, mac % 2 ** 32);
}
