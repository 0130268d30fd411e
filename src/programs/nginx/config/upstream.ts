import { err, ok, type Result } from '../../../base/result.ts';
import type { Directive } from './directive.ts';
import { parseTime } from './values.ts';

/** One `server` of an upstream, before its name is looked up. */
export interface UpstreamServer {
  /** `backend:8080`, as written. */
  readonly text: string;
  readonly host: string;
  readonly port: number;
  readonly weight: number;
  readonly maxFails: number;
  /** Seconds. */
  readonly failTimeout: number;
  readonly backup: boolean;
  readonly down: boolean;
  readonly file: string;
  readonly line: number;
}

export interface Upstream {
  readonly name: string;
  readonly servers: readonly UpstreamServer[];
  readonly balance: 'round robin' | 'ip hash' | 'least connections';
}

/** `name:port`; the port is 80 where none is given. */
export function splitHostPort(text: string): { readonly host: string; readonly port: number } | null {
  const match = /^([^:]+)(?::(\d+))?$/.exec(text);
  const port = Number(match?.[2] ?? 80);
  return match && port >= 1 && port <= 65535 ? { host: match[1] as string, port } : null;
}

export function readUpstream({ args: [name = ''], block, file, line }: Directive): Result<Upstream, string> {
  const servers: UpstreamServer[] = [];
  for (const directive of block ?? []) {
    if (directive.name !== 'server') continue;
    const server = readServer(directive);
    if (typeof server === 'string') return err(`${server} in ${directive.file}:${directive.line}`);
    servers.push(server);
  }
  if (servers.length === 0) return err(`no servers are inside upstream in ${file}:${line}`);
  const has = (what: string) => (block ?? []).some((directive) => directive.name === what);
  const balance = has('ip_hash') ? 'ip hash' : has('least_conn') ? 'least connections' : 'round robin';
  return ok({ name, servers, balance });
}

function readServer({ args, file, line }: Directive): UpstreamServer | string {
  const [text = '', ...options] = args;
  const end = splitHostPort(text);
  if (text.startsWith('unix:')) return 'unix sockets of upstreams are not modelled on this simulated host';
  if (!end) return `invalid port in upstream "${text}"`;
  let server: UpstreamServer = {
    text,
    ...end,
    weight: 1,
    maxFails: 1,
    failTimeout: 10,
    backup: false,
    down: false,
    file,
    line,
  };
  for (const option of options) {
    const [name, value = ''] = option.split('=') as [string, string?];
    if (name === 'weight' && /^[1-9]\d*$/.test(value)) server = { ...server, weight: Number(value) };
    else if (name === 'max_fails' && /^\d+$/.test(value)) server = { ...server, maxFails: Number(value) };
    else if (name === 'fail_timeout' && parseTime(value) !== null)
      server = { ...server, failTimeout: parseTime(value) as number };
    else if (option === 'backup') server = { ...server, backup: true };
    else if (option === 'down') server = { ...server, down: true };
    else if (name !== 'max_conns' && name !== 'slow_start' && option !== 'resolve')
      return `invalid parameter "${option}"`;
  }
  return server;
}
