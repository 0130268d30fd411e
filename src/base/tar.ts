import { concatBytes, decodeUtf8, encodeUtf8, NO_BYTES } from './bytes.ts';
import { err, ok, type Result } from './result.ts';

/** One entry of a tar archive (POSIX ustar, IEEE 1003.1 pax). Left out: devices, sparse files, pax headers. */
export interface TarEntry {
  /** Without a leading slash; a directory's ends with one. */
  readonly name: string;
  readonly type: 'file' | 'directory' | 'symlink';
  /** Permission bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Seconds since 1970. */
  readonly modified: number;
  readonly target: string;
  readonly data: Uint8Array;
}

const BLOCK = 512;
const TYPES = { file: '0', symlink: '2', directory: '5' } as const;

/** The archive of these entries: each a header and its data in whole blocks, two empty blocks at the end. */
export function emitTar(entries: readonly TarEntry[]): Uint8Array {
  const parts = entries.flatMap((entry) => {
    const padding = new Uint8Array((BLOCK - (entry.data.length % BLOCK)) % BLOCK);
    return [header(entry), entry.data, padding];
  });
  return concatBytes([...parts, new Uint8Array(2 * BLOCK)]);
}

/** The entries of an archive; an error where a header's checksum is wrong or the archive is cut short. */
export function parseTar(bytes: Uint8Array): Result<readonly TarEntry[], 'checksum' | 'truncated'> {
  const entries: TarEntry[] = [];
  for (let at = 0; at + BLOCK <= bytes.length; ) {
    const block = bytes.subarray(at, at + BLOCK);
    if (block.every((byte) => byte === 0)) return ok(entries);
    if (readOctal(block, 148, 8) !== checksum(block)) return err('checksum');
    const size = readOctal(block, 124, 12);
    const start = at + BLOCK;
    if (start + size > bytes.length) return err('truncated');
    const prefix = readText(block, 345, 155);
    const flag = readText(block, 156, 1);
    entries.push({
      name: prefix === '' ? readText(block, 0, 100) : `${prefix}/${readText(block, 0, 100)}`,
      type: flag === TYPES.directory ? 'directory' : flag === TYPES.symlink ? 'symlink' : 'file',
      mode: readOctal(block, 100, 8),
      uid: readOctal(block, 108, 8),
      gid: readOctal(block, 116, 8),
      modified: readOctal(block, 136, 12),
      target: readText(block, 157, 100),
      data: size === 0 ? NO_BYTES : bytes.slice(start, start + size),
    });
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  return ok(entries);
}

function header(entry: TarEntry): Uint8Array {
  const block = new Uint8Array(BLOCK);
  const [prefix, name] = splitName(entry.name);
  block.set(name.subarray(0, 100), 0);
  writeOctal(block, 100, 8, entry.mode);
  writeOctal(block, 108, 8, entry.uid);
  writeOctal(block, 116, 8, entry.gid);
  writeOctal(block, 124, 12, entry.data.length);
  writeOctal(block, 136, 12, entry.modified);
  block.set(encodeUtf8(TYPES[entry.type]), 156);
  block.set(encodeUtf8(entry.target).subarray(0, 100), 157);
  block.set(encodeUtf8('ustar\x0000'), 257);
  block.set(prefix.subarray(0, 155), 345);
  block.set(encodeUtf8(`${checksum(block).toString(8).padStart(6, '0')}\0 `), 148);
  return block;
}

/** A name longer than its field is cut in two at a slash. */
function splitName(name: string): [Uint8Array, Uint8Array] {
  const bytes = encodeUtf8(name);
  if (bytes.length <= 100) return [NO_BYTES, bytes];
  const slash = bytes.indexOf(47, bytes.length - 101);
  return slash < 0 ? [NO_BYTES, bytes] : [bytes.subarray(0, slash), bytes.subarray(slash + 1)];
}

/** The sum of a header's bytes, its own field taken as spaces. */
function checksum(block: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < BLOCK; i++) sum += i >= 148 && i < 156 ? 32 : (block[i] as number);
  return sum;
}

function writeOctal(block: Uint8Array, at: number, length: number, value: number): void {
  block.set(
    encodeUtf8(
      Math.trunc(value)
        .toString(8)
        .padStart(length - 1, '0'),
    ),
    at,
  );
}

function readOctal(block: Uint8Array, at: number, length: number): number {
  return Number.parseInt(readText(block, at, length).trim() || '0', 8);
}

function readText(block: Uint8Array, at: number, length: number): string {
  const field = block.subarray(at, at + length);
  const end = field.indexOf(0);
  return decodeUtf8(end < 0 ? field : field.subarray(0, end));
}
