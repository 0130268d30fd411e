import { sha256 } from '../../../base/sha256.ts';
import type { Program } from '../../../kernel/syscalls/proc.ts';
import { defineTool, linesOf, type Tool } from '../tool.ts';
import { md5 } from './md5.ts';

/** md5sum(1), sha256sum(1), base64(1), od(1), hexdump(1). */

const digest = (name: string, hash: (bytes: Uint8Array) => string): Program =>
  defineTool({
    name,
    options: 'cbtsw',
    long: { check: 'c', binary: 'b', text: 't', status: 's', warn: 'w' },
    usage: `[-c] [FILE]...

Print or check checksums

	-c	Check sums against list in FILEs`,
    *run(tool) {
      for (const path of tool.inputs) {
        if (tool.has('c')) {
          for (const line of linesOf((yield* tool.text(path)) ?? '')) {
            const [, sum, file = ''] = /^([0-9a-f]+) [ *](.*)$/.exec(line) ?? [];
            if (sum === undefined) continue;
            const bytes = yield* tool.contents(file);
            const good = bytes !== null && hash(bytes) === sum;
            if (!good) tool.status = 1;
            yield* tool.write(`${file}: ${good ? 'OK' : bytes === null ? 'FAILED open or read' : 'FAILED'}\n`);
          }
          continue;
        }
        const bytes = yield* tool.contents(path);
        if (bytes !== null) yield* tool.write(`${hash(bytes)}  ${path}\n`);
      }
      return tool.status;
    },
  });

export const md5sum = digest('md5sum', md5);
export const sha256sum = digest('sha256sum', sha256);

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export function encodeBase64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b, c] = bytes.subarray(i, i + 3);
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    text +=
      (ALPHABET[bits >> 18] as string) +
      ALPHABET[(bits >> 12) & 63] +
      (b === undefined ? '=' : ALPHABET[(bits >> 6) & 63]) +
      (c === undefined ? '=' : ALPHABET[bits & 63]);
  }
  return text;
}

export function decodeBase64(text: string): Uint8Array | null {
  const plain = text.replace(/\s/g, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(plain) || plain.length % 4 !== 0) return null;
  const bytes: number[] = [];
  for (let i = 0; i < plain.length; i += 4) {
    const [a, b, c, d] = [...plain.slice(i, i + 4)].map((each) => ALPHABET.indexOf(each)) as [
      number,
      number,
      number,
      number,
    ];
    bytes.push((a << 2) | (b >> 4));
    if (c >= 0) bytes.push(((b & 15) << 4) | (c >> 2));
    if (d >= 0) bytes.push(((c & 3) << 6) | d);
  }
  return Uint8Array.from(bytes);
}

export const base64 = defineTool({
  name: 'base64',
  options: 'dw:i',
  long: { decode: 'd', wrap: 'w', 'ignore-garbage': 'i' },
  limits: { i: 'other characters are not ignored' },
  usage: `[-d] [-w COL] [FILE]

Base64 encode or decode FILE to standard output

	-d	Decode data
	-w COL	Wrap lines at COL (default 76, 0 disables)`,
  *run(tool) {
    const path = tool.inputs[0] as string;
    if (tool.has('d')) {
      const text = yield* tool.text(path);
      const bytes = text === null ? null : decodeBase64(text);
      if (bytes) yield* tool.write(bytes);
      else if (text !== null) yield* tool.complain(tool.face === 'gnu' ? 'invalid input' : 'truncated input');
      return tool.status;
    }
    const bytes = yield* tool.contents(path);
    if (bytes === null) return 1;
    const width = Number(tool.value('w') ?? 76);
    const text = encodeBase64(bytes);
    yield* tool.write(
      width === 0 ? text : (text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).map((line) => `${line}\n`).join(''),
    );
    return tool.status;
  },
});

function* allBytes(tool: Tool) {
  const bytes: number[] = [];
  for (const path of tool.inputs) for (const byte of (yield* tool.contents(path)) ?? []) bytes.push(byte);
  return bytes;
}

/** Rows of sixteen bytes; rows that repeat the one before are told by a star. */
function rows(
  bytes: readonly number[],
  show: (row: readonly number[]) => string,
  offset: (at: number) => string,
  all: boolean,
): string {
  let text = '';
  let starred = false;
  for (let at = 0; at < bytes.length; at += 16) {
    const row = bytes.slice(at, at + 16);
    const same = !all && at > 0 && row.length === 16 && row.every((byte, i) => byte === bytes[at - 16 + i]);
    if (same && !starred) text += '*\n';
    starred = same;
    if (!same) text += `${offset(at)}${show(row)}\n`;
  }
  return bytes.length === 0 ? '' : `${text}${offset(bytes.length)}\n`;
}

const hex = (n: number, width: number) => n.toString(16).padStart(width, '0');
const printable = (byte: number) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.');

export const hexdump = defineTool({
  name: 'hexdump',
  options: 'Cvn:s:bcdox',
  usage: `[-bcdoxCv] [-n LEN] [FILE]...

Display FILEs in hex and text

	-C	Canonical: hex and text
	-n LEN	Show only first LEN bytes
	-v	Show all duplicate data`,
  *run(tool) {
    const bytes = (yield* allBytes(tool))
      .slice(Number(tool.value('s') ?? 0))
      .slice(0, Number(tool.value('n') ?? Number.POSITIVE_INFINITY));
    const canonical = (row: readonly number[]) => {
      const cells = Array.from({ length: 16 }, (_each, i) => (row[i] === undefined ? '  ' : hex(row[i], 2)));
      return `  ${cells.slice(0, 8).join(' ')}  ${cells.slice(8).join(' ')}  |${row.map(printable).join('')}|`;
    };
    const words = (row: readonly number[]) =>
      Array.from(
        { length: Math.ceil(row.length / 2) },
        (_each, i) => ` ${hex((row[2 * i] ?? 0) | ((row[2 * i + 1] ?? 0) << 8), 4)}`,
      ).join('');
    yield* tool.write(
      rows(bytes, tool.has('C') ? canonical : words, (at) => hex(at, tool.has('C') ? 8 : 7), tool.has('v')),
    );
    return tool.status;
  },
});

const NAMES: Readonly<Record<number, string>> = {
  0: '\\0',
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
};

export const od = defineTool({
  name: 'od',
  options: 'A:t:N:cbxdov',
  usage: `[-bcdox] [-A RADIX] [-t TYPE] [-N SIZE] [FILE]...

Print FILEs in octal, as characters (-c), bytes (-b, -t x1) or words`,
  *run(tool) {
    const bytes = (yield* allBytes(tool)).slice(0, Number(tool.value('N') ?? Number.POSITIVE_INFINITY));
    const type = tool.has('c')
      ? 'c'
      : tool.has('b')
        ? 'o1'
        : tool.has('x')
          ? 'x2'
          : tool.has('d')
            ? 'u2'
            : (tool.value('t') ?? 'o2');
    const radix = tool.value('A') ?? 'o';
    const offset = (at: number) =>
      radix === 'n'
        ? ''
        : at.toString(radix === 'x' ? 16 : radix === 'd' ? 10 : 8).padStart(radix === 'x' ? 6 : 7, '0');
    const base = type.startsWith('x') ? 16 : type.startsWith('o') ? 8 : 10;
    const size = Number(/\d/.exec(type)?.[0] ?? 1);
    const width = base === 16 ? 2 * size : base === 8 ? ([0, 3, 6, 8, 11][size] ?? 11) : ([0, 3, 5, 8, 10][size] ?? 10);
    const show = (row: readonly number[]) => {
      if (type === 'c')
        return row
          .map((byte) =>
            (
              NAMES[byte] ?? (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : byte.toString(8).padStart(3, '0'))
            ).padStart(4),
          )
          .join('');
      const cells: string[] = [];
      for (let i = 0; i < row.length; i += size) {
        let value = 0;
        for (let k = size - 1; k >= 0; k--) value = value * 256 + (row[i + k] ?? 0);
        cells.push(` ${value.toString(base).padStart(width, base === 10 ? ' ' : '0')}`);
      }
      return cells.join('');
    };
    yield* tool.write(rows(bytes, show, offset, tool.has('v')));
    return tool.status;
  },
});
