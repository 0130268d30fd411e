import type { Brand } from '../base/brand.ts';
import { err, ok, type Result } from '../base/result.ts';

/** An IPv4 address as a signed 32-bit integer: 10.0.0.1 is 0x0a000001, 192.168.0.1 is negative. */
export type Ipv4 = Brand<number, 'Ipv4'>;
/** An Ethernet address as its 48-bit number. */
export type Mac = Brand<number, 'Mac'>;

export const ANY_ADDRESS = 0 as Ipv4;
export const BROADCAST_ADDRESS = -1 as Ipv4;
export const LOOPBACK_ADDRESS = 0x7f000001 as Ipv4;
export const BROADCAST_MAC = 0xffffffffffff as Mac;
export const ZERO_MAC = 0 as Mac;

/** Dotted decimal, four parts, no leading zeros (RFC 6943 section 3.1.1, strict form). */
export function parseIpv4(text: string): Result<Ipv4, 'not an IPv4 address'> {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (!match) return err('not an IPv4 address');
  let address = 0;
  for (let i = 1; i <= 4; i++) {
    const part = match[i] as string;
    const octet = Number(part);
    if (octet > 255 || (part.length > 1 && part.startsWith('0'))) return err('not an IPv4 address');
    address = (address << 8) | octet;
  }
  return ok(address as Ipv4);
}

/** An address that is known to be right, such as one in our own code. */
export function ipv4(text: string): Ipv4 {
  const parsed = parseIpv4(text);
  if (!parsed.ok) throw new Error(`${parsed.error}: ${text}`);
  return parsed.value;
}

export function formatIpv4(address: Ipv4): string {
  return `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`;
}

/** Six hex octets joined by colons. */
export function parseMac(text: string): Result<Mac, 'not a MAC address'> {
  if (!/^[0-9a-f]{1,2}(:[0-9a-f]{1,2}){5}$/i.test(text)) return err('not a MAC address');
  let mac = 0;
  for (const octet of text.split(':')) mac = mac * 256 + Number.parseInt(octet, 16);
  return ok(mac as Mac);
}

export function formatMac(mac: Mac): string {
  return mac
    .toString(16)
    .padStart(12, '0')
    .replace(/(..)(?!$)/g, '$1:');
}

/** Whether a frame to this address goes to many: the group bit, the lowest of the first octet (IEEE 802.3). */
export function isMulticastMac(mac: Mac): boolean {
  return (Math.floor(mac / 2 ** 40) & 1) === 1;
}

/** Whether an address is in 127.0.0.0/8. */
export function isLoopback(address: Ipv4): boolean {
  return address >>> 24 === 127;
}

/** Whether an address is in 224.0.0.0/4. */
export function isMulticast(address: Ipv4): boolean {
  return address >>> 28 === 14;
}
