/** Bytes of a packet below its line, as -x, -X and -A show them. */

export type DumpStyle = 'hex' | 'hex and ascii' | 'ascii';

export function dump(bytes: Uint8Array, style: DumpStyle): string {
  if (style === 'ascii') return `\n${ascii(bytes)}`;
  let text = '';
  for (let at = 0; at < bytes.length; at += 16) {
    const row = bytes.subarray(at, at + 16);
    const pairs: string[] = [];
    for (let i = 0; i < row.length; i += 2)
      pairs.push([...row.subarray(i, i + 2)].map((byte) => byte.toString(16).padStart(2, '0')).join(''));
    const hex = pairs.map((pair) => ` ${pair}`).join('');
    const tail = style === 'hex' ? hex : `${hex.padEnd(40)}  ${[...row].map(printable).join('')}`;
    text += `\n\t0x${at.toString(16).padStart(4, '0')}: ${tail}`;
  }
  return text;
}

const printable = (byte: number): string => (byte > 32 && byte < 127 ? String.fromCharCode(byte) : '.');

/** Lines end where the packet's do; a carriage return before a line feed is not shown. */
function ascii(bytes: Uint8Array): string {
  let text = '';
  for (const [i, byte] of bytes.entries()) {
    if (byte === 13 && bytes[i + 1] === 10) continue;
    text += byte === 9 || byte === 10 || byte === 32 ? String.fromCharCode(byte) : printable(byte);
  }
  return text;
}
