import { err, ok, type Result } from '../../../base/result.ts';
import { type Ipv4, parseIpv4 } from '../../../wire/address.ts';
import type { Directive } from './directive.ts';

/** One place that a server listens at. */
export interface Listen {
  readonly family: 'inet' | 'inet6';
  /** null: every address. */
  readonly address: Ipv4 | null;
  readonly port: number;
  readonly defaultServer: boolean;
  readonly ipv6Only: boolean;
}

export const DEFAULT_LISTEN: Listen = {
  family: 'inet',
  address: null,
  port: 80,
  defaultServer: false,
  ipv6Only: false,
};

/** `0.0.0.0:80`, as nginx names it in its messages. */
export function listenText({ family, address, port }: Listen): string {
  const dotted = address === null ? '0.0.0.0' : [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');
  return `${family === 'inet6' ? '[::]' : dotted}:${port}`;
}

const TUNING = /^(backlog|rcvbuf|sndbuf|setfib|fastopen|accept_filter|so_keepalive)=|^(bind|deferred|reuseport|http2)$/;

/** Reads `listen [::]:80 default_server;` (http/ngx_http_core_module.c). The error says what is wrong, without the place. */
export function readListen({ args }: Directive): Result<Listen, string> {
  const [where = '', ...options] = args;
  const end = readEnd(where);
  if (!end.ok) return end;
  let listen: Listen = { ...end.value, defaultServer: false, ipv6Only: end.value.family === 'inet6' };
  for (const option of options) {
    if (option === 'default_server' || option === 'default') listen = { ...listen, defaultServer: true };
    else if (option === 'ipv6only=off') listen = { ...listen, ipv6Only: false };
    else if (option === 'ssl' || option === 'quic' || option === 'proxy_protocol')
      return err(`the "${option}" parameter of the "listen" directive is not modelled on this simulated host`);
    else if (option !== 'ipv6only=on' && !TUNING.test(option)) return err(`invalid parameter "${option}"`);
  }
  return ok(listen);
}

function readEnd(text: string): Result<Pick<Listen, 'family' | 'address' | 'port'>, string> {
  if (text.startsWith('unix:'))
    return err('unix sockets of the "listen" directive are not modelled on this simulated host');
  const match = /^(?:(\[[0-9a-fA-F:.]*\]|[^:[\]]*?):)?(\d+)$|^(\[[0-9a-fA-F:.]*\]|[^:[\]]+)$/.exec(text);
  if (!match) return err(`invalid port in "${text}" of the "listen" directive`);
  const host = match[1] ?? match[3] ?? '*';
  const port = Number(match[2] ?? 80);
  if (port < 1 || port > 65535) return err(`invalid port in "${text}" of the "listen" directive`);
  if (host.startsWith('[')) {
    if (host === '[::]') return ok({ family: 'inet6', address: null, port });
    return err(`the address "${host}" of the "listen" directive is not modelled on this simulated host: use [::]`);
  }
  if (host === '*' || host === '0.0.0.0') return ok({ family: 'inet', address: null, port });
  const address = host === 'localhost' ? parseIpv4('127.0.0.1') : parseIpv4(host);
  return address.ok
    ? ok({ family: 'inet', address: address.value, port })
    : err(`host not found in "${text}" of the "listen" directive`);
}
