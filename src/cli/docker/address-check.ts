/** Whether a text is an IP address at all; the engine looks closer (Go's net.ParseIP). */
export function isIp(text: string): boolean {
  return isIpv4(text) || isIpv6(text);
}

export function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}

export function isIpv6(text: string): boolean {
  return ipv6Groups(text) !== null;
}

export function isMac(text: string): boolean {
  return /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i.test(text) || /^[0-9a-f]{2}(-[0-9a-f]{2}){5}$/i.test(text);
}

export interface Prefix {
  readonly bits: bigint;
  /** 32 or 128. */
  readonly width: number;
  readonly length: number;
}

/** `10.0.0.0/8` or an address alone; null where it is neither. */
export function parsePrefix(text: string): Prefix | null {
  const [address = '', length, ...rest] = text.split('/');
  if (rest.length > 0) return null;
  const width = isIpv4(address) ? 32 : 128;
  const bits =
    width === 32 ? BigInt(address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)) : ipv6Bits(address);
  if (bits === null) return null;
  if (length === undefined) return { bits, width, length: width };
  if (!/^\d{1,3}$/.test(length) || Number(length) > width) return null;
  return { bits, width, length: Number(length) };
}

/** Whether an address, or the address of a prefix, lies in a subnet. */
export function contains(subnet: Prefix, other: Prefix): boolean {
  const host = BigInt(subnet.width - subnet.length);
  return subnet.width === other.width && subnet.bits >> host === other.bits >> host;
}

function ipv6Bits(text: string): bigint | null {
  const groups = ipv6Groups(text);
  return groups === null ? null : groups.reduce((sum, group) => (sum << 16n) | BigInt(group), 0n);
}

function ipv6Groups(text: string): number[] | null {
  const halves = text.split('::');
  if (halves.length > 2 || !text.includes(':')) return null;
  const [head, tail] = halves.map((half) => (half === '' ? [] : half.split(':').flatMap(groupsOf)));
  const groups = head as number[];
  const rest = tail ?? [];
  if ([...groups, ...rest].some(Number.isNaN)) return null;
  const missing = 8 - groups.length - rest.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return null;
  return [...groups, ...Array.from({ length: missing }, () => 0), ...rest];
}

function groupsOf(part: string): number[] {
  if (isIpv4(part)) {
    const [a, b, c, d] = part.split('.').map(Number) as [number, number, number, number];
    return [a * 256 + b, c * 256 + d];
  }
  return [/^[0-9a-f]{1,4}$/i.test(part) ? Number.parseInt(part, 16) : Number.NaN];
}
