import { encodeUtf8 } from '../../base/bytes.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { parseIpv4 } from '../../wire/address.ts';

export interface Url {
  readonly user: string | null;
  readonly password: string | null;
  readonly host: string;
  readonly port: number;
  /** Path and query, as they go into the request. */
  readonly target: string;
  readonly path: string;
  readonly text: string;
}

export interface UrlProblem {
  readonly code: number;
  readonly text: string;
}

/** Reads an address as curl does (lib/urlapi.c); without a scheme it is http. */
export function parseUrl(text: string): Result<Url, UrlProblem> {
  const rejected = (why: string) => err({ code: 3, text: `URL rejected: ${why}` });
  if (/[\0-\x20\x7f]/.test(text)) return rejected('Malformed input to a URL function');
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):\/\//.exec(text);
  const name = scheme?.[1]?.toLowerCase() ?? 'http';
  if (name === 'https')
    return err({ code: 1, text: 'Protocol "https" is not modelled on this simulated host: use http' });
  if (name !== 'http') return err({ code: 1, text: `Protocol "${name}" not supported` });
  const rest = text.slice(scheme?.[0].length ?? 0);
  const [, authority = '', tail = ''] = /^([^/?#]*)(.*)$/.exec(rest) ?? [];
  const at = authority.lastIndexOf('@');
  const login = at < 0 ? null : authority.slice(0, at);
  const end = /^(\[[0-9a-fA-F:.]*\]|[^:[\]]*)(?::(.*))?$/.exec(authority.slice(at + 1));
  if (!end) return rejected('Bad IPv6 address');
  const [, host = '', portText] = end;
  if (host === '') return rejected('No host part in the URL');
  if (portText !== undefined && portText !== '' && (!/^\d{1,5}$/.test(portText) || Number(portText) > 65535))
    return rejected('Port number was not a decimal number between 0 and 65535');
  if (/[\s!"#$&'()*+,;<=>@\\^`{|}]/.test(host)) return rejected('Bad hostname');
  const port = portText === undefined || portText === '' ? 80 : Number(portText);
  const [withoutHash = ''] = tail.split('#', 1);
  const target = withoutHash.startsWith('/') ? withoutHash : `/${withoutHash}`;
  const [, user = null, password = null] = login === null ? [] : (/^([^:]*)(?::(.*))?$/.exec(login) ?? []);
  return ok({
    user: user === null ? null : decode(user),
    password: password === null || password === undefined ? null : decode(password),
    host: isIpv4(host) ? host : host.toLowerCase(),
    port,
    target: encodeTarget(removeDots(target)),
    path: target.split('?')[0] as string,
    text: `http://${authority}${target}`,
  });
}

const isIpv4 = (host: string) => parseIpv4(host).ok;

const decode = (text: string) =>
  text.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

const encodeTarget = (target: string) =>
  target.replace(/[^\x21-\x7e]+/g, (text) =>
    [...encodeUtf8(text)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );

function removeDots(target: string): string {
  const [path = '', ...query] = target.split('?');
  const out: string[] = [];
  const parts = path.split('/').slice(1);
  for (const [i, part] of parts.entries()) {
    const last = i === parts.length - 1;
    if (part === '..') out.pop();
    if (part === '.' || part === '..') {
      if (last) out.push('');
    } else out.push(part);
  }
  return [`/${out.join('/')}`, ...query].join('?');
}

/** The address that `Location` means, seen from another. */
export function resolveUrl(base: Url, location: string): string {
  if (/^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(location)) return location;
  const origin = `http://${base.host}${base.port === 80 ? '' : `:${base.port}`}`;
  if (location.startsWith('//')) return `http:${location}`;
  if (location.startsWith('/')) return origin + location;
  if (location.startsWith('?')) return `${origin}${base.path}${location}`;
  return `${origin}${base.path.slice(0, base.path.lastIndexOf('/') + 1)}${location}`;
}
