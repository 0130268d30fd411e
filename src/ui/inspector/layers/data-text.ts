import { decodeUtf8, toHex } from '../../../base/bytes.ts';

const LONGEST_TEXT = 2000;
const LONGEST_HEX = 32;

/** Data as a person reads it: as text where it is text, else the first bytes in hex. */
export function dataText(bytes: Uint8Array): string {
  const text = decodeUtf8(bytes.subarray(0, LONGEST_TEXT));
  const more = bytes.length > LONGEST_TEXT ? ' …' : '';
  if (!/[\u0000-\u0008\u000e-\u001f\u007f\ufffd]/.test(text)) return `${text.replace(/\r\n/g, '\n')}${more}`;
  const hex = toHex(bytes.subarray(0, LONGEST_HEX)).replace(/(..)(?=.)/g, '$1 ');
  return bytes.length > LONGEST_HEX ? `${hex} …` : hex;
}
