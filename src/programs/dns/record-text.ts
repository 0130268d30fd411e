import { decodeUtf8 } from '../../base/bytes.ts';
import { formatIpv4 } from '../../wire/address.ts';
import { DnsCode, type DnsRecord, DnsType } from '../../wire/dns.ts';
import { formatIpv6 } from '../../wire/ipv6-address.ts';

export const CODE_NAMES: Readonly<Record<number, string>> = {
  [DnsCode.noError]: 'NOERROR',
  [DnsCode.formatError]: 'FORMERR',
  [DnsCode.serverFailure]: 'SERVFAIL',
  [DnsCode.nxDomain]: 'NXDOMAIN',
  [DnsCode.notImplemented]: 'NOTIMP',
  [DnsCode.refused]: 'REFUSED',
};

/** The number of a type's name; undefined: no such type. */
export function typeNumber(name: string): number | undefined {
  const key = name.toLowerCase();
  if (Object.hasOwn(DnsType, key)) return DnsType[key as keyof typeof DnsType];
  const numbered = /^type(\d+)$/.exec(key);
  return numbered ? Number(numbered[1]) : undefined;
}

/** A record's data as zone files have it; what nobody here knows, as RFC 3597 writes it. */
export function dataText({ type, data }: DnsRecord): string {
  if (typeof data === 'number') return formatIpv4(data);
  if (typeof data === 'string') return `${data}.`;
  if (type === DnsType.aaaa && data.length === 16) return formatIpv6(BigInt(`0x${hex(data)}`));
  if (type === DnsType.txt)
    return texts(data)
      .map((text) => `"${text}"`)
      .join(' ');
  return `\\# ${data.length} ${hex(data).toUpperCase()}`.trimEnd();
}

function texts(data: Uint8Array): readonly string[] {
  const all: string[] = [];
  for (let at = 0; at < data.length; at += (data[at] as number) + 1)
    all.push(decodeUtf8(data.subarray(at + 1, at + 1 + (data[at] as number))));
  return all;
}

const hex = (data: Uint8Array) => [...data].map((byte) => byte.toString(16).padStart(2, '0')).join('');
