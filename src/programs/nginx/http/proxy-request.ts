import { concatBytes } from '../../../base/bytes.ts';
import { latin1Bytes } from '../../../wire/http/byte-buffer.ts';
import type { Exchange } from './exchange.ts';
import type { ProxyTarget } from './proxy-target.ts';
import { interpolate } from './variables.ts';

/** Headers between two neighbours, which don't go on. */
const OF_THE_CONNECTION = new Set(
  'host connection proxy-connection content-length transfer-encoding te keep-alive expect upgrade'.split(' '),
);

/** The request as the upstream gets it (ngx_http_proxy_create_request). */
export function proxyRequest(x: Exchange, { host, uri }: ProxyTarget): Uint8Array {
  const { proxy } = x.settings;
  const body = proxy.passBody && x.requestBody ? x.requestBody : null;
  const method = proxy.method ?? x.method;
  const fields: [string, string][] = [];
  const set = new Map(proxy.headers.map(([name, value]) => [name.toLowerCase(), [name, value] as const]));
  if (!set.has('host')) fields.push(['Host', host]);
  if (proxy.version === '1.0' && !set.has('connection')) fields.push(['Connection', 'close']);
  if (body) fields.push(['Content-Length', String(body.length)]);
  for (const [name, value] of set.values()) {
    const text = interpolate(x, value.replaceAll('$proxy_host', host));
    if (text !== '') fields.push([name, text]);
  }
  if (proxy.passHeaders)
    for (const [name, value] of x.request?.headers ?? []) {
      const lower = name.toLowerCase();
      if (!OF_THE_CONNECTION.has(lower) && !set.has(lower)) fields.push([name, value]);
    }
  const head = `${method} ${uri} HTTP/${proxy.version}\r\n${fields.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
  return body ? concatBytes([latin1Bytes(head), body]) : latin1Bytes(head);
}
