/** `nc -o`: what passed, sixteen bytes a line: direction, offset, hex, text. */
export function dumpLines(direction: '<' | '>', data: Uint8Array, offset: number): string {
  let text = '';
  for (let at = 0; at < data.length; at += 16) {
    const bytes = [...data.subarray(at, at + 16)];
    const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const shown = bytes.map((byte) => (byte > 31 && byte < 127 ? String.fromCharCode(byte) : '.')).join('');
    text += `${direction} ${(offset + at).toString(16).padStart(8, '0')} ${hex.padEnd(48)}# ${shown}\n`;
  }
  return text;
}
