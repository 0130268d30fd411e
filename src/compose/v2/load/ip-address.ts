import { parseIpv4 } from '../../../wire/address.ts';

/** Whether a text is an address, of either kind (Go's net.ParseIP). */
export function isIpAddress(text: string): boolean {
  return parseIpv4(text).ok || isIpv6(text);
}

function isIpv6(text: string): boolean {
  const halves = text.split('::');
  if (!text.includes(':') || halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const last = groups.at(-1) ?? '';
  const dotted = last.includes('.') && parseIpv4(last).ok;
  const plain = dotted ? groups.slice(0, -1) : groups;
  if (!plain.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return false;
  const count = plain.length + (dotted ? 2 : 0);
  return halves.length === 2 ? count < 8 : count === 8;
}
