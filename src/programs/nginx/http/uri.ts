import { latin1Bytes } from '../../../wire/http/byte-buffer.ts';
import { decodeUtf8, encodeUtf8 } from '../../../base/bytes.ts';

/** A request's target taken apart: the path decoded and made plain, the query as it came. */
export interface TargetUri {
  readonly path: string;
  readonly args: string | null;
  /** As it came, without the host of a whole address. */
  readonly unparsed: string;
  /** The host of a whole address. */
  readonly host: string | null;
}

/** @returns null where the path leads out of the root or an escape is broken (ngx_http_parse_complex_uri) */
export function parseTarget(target: string, mergeSlashes = true): TargetUri | null {
  const absolute = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/([^/?#]*)(.*)$/.exec(target);
  const rest = absolute ? (absolute[2] as string) : target;
  const unparsed = rest.startsWith('/') ? rest : `/${rest}`;
  const [beforeHash = ''] = unparsed.split('#', 1);
  const question = beforeHash.indexOf('?');
  const raw = question < 0 ? beforeHash : beforeHash.slice(0, question);
  const decoded = decodePath(raw);
  if (decoded === null) return null;
  const path = removeDots(mergeSlashes ? decoded.replace(/\/{2,}/g, '/') : decoded);
  if (path === null) return null;
  return {
    path,
    args: question < 0 ? null : beforeHash.slice(question + 1),
    unparsed,
    host: absolute ? (absolute[1] as string) : null,
  };
}

/** `%41` to `A`; null where an escape is broken or stands for NUL. */
export function decodePath(text: string): string | null {
  if (/%(?![0-9a-fA-F]{2})|%00/.test(text)) return null;
  return text.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function removeDots(path: string): string | null {
  const out: string[] = [];
  const parts = path.split('/').slice(1);
  for (const [i, part] of parts.entries()) {
    const last = i === parts.length - 1;
    if (part === '.') {
      if (last) out.push('');
    } else if (part === '..') {
      if (out.length === 0) return null;
      out.pop();
      if (last) out.push('');
    } else out.push(part);
  }
  return `/${out.join('/')}`;
}

/** Escapes what may not stand in a path (ngx_escape_uri, NGX_ESCAPE_URI). */
export function escapePath(path: string): string {
  return path.replace(/[^!$&'()*+,\-./0-9:;<=>@A-Z[\]\\^_`a-z{|}~]/g, percent);
}

/** The escapes of one part of a path, as links of directory listings have them. */
export function escapeComponent(text: string): string {
  return text.replace(/[^\-._~0-9A-Za-z!$'()*,;@]/g, percent);
}

const percent = (char: string) =>
  [...(char.charCodeAt(0) < 256 ? latin1Bytes(char) : encodeUtf8(char))]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');

/** A path as the file system has it: its bytes are UTF-8 there. */
export function fileName(path: string): string {
  const text = decodeUtf8(latin1Bytes(path));
  return text.includes('\ufffd') ? path : text;
}
