import type { Ipv4 } from '../../wire/address.ts';

/**
 * inet_aton(3): an IPv4 address in one to four parts, each decimal, octal (0…) or hexadecimal (0x…); the last part fills
 * what the others leave. `127.1` is 127.0.0.1, and `8888` is 0.0.34.184. undefined: not an address.
 */
export function inetAton(text: string): Ipv4 | undefined {
  const parts = text.split('.');
  if (parts.length > 4) return undefined;
  let address = 0;
  for (const [i, part] of parts.entries()) {
    if (!/^(0x[0-9a-f]+|0[0-7]*|[1-9]\d*)$/i.test(part)) return undefined;
    const number = /^0\d/.test(part) ? Number.parseInt(part, 8) : Number(part);
    const rest = i === parts.length - 1 ? 2 ** (8 * (4 - i)) : 256;
    if (number >= rest) return undefined;
    address = i === parts.length - 1 ? address * rest + number : address * 256 + number;
  }
  return (address | 0) as Ipv4;
}
