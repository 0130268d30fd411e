import type { Proc, Sys } from '../../kernel/syscalls/proc.ts';
import type { Daemon } from '../daemon.ts';
import type { Answer } from '../fault.ts';
import type { ApiResponse, ClientMessage, ServerMessage } from './types.ts';

/** One request on its way through a handler: what was asked, and the connection to answer on. */
export interface Exchange {
  readonly daemon: Daemon;
  /** The thread that serves it. */
  readonly proc: Proc;
  /** Parts of the path that the route names. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
  /** For streams: the connection after the answer. */
  readonly connection: Connection;
}

export interface Connection {
  /** Sends the head of a streaming answer; messages may follow. */
  begin(status: number): Sys<void>;
  send(message: ServerMessage): Sys<boolean>;
  /** The next message of the client; undefined when it has gone. */
  receive(): Sys<ClientMessage | undefined>;
  readonly fd: number;
}

/** What a handler yields: an answer at once, or 'streamed' when it has used the connection itself. */
export type Handled = Answer<{ readonly status: number; readonly body?: unknown }> | 'streamed';
export type Handler = (exchange: Exchange) => Sys<Handled>;

export interface Route {
  readonly method: string;
  /** `/containers/:id/json`. */
  readonly pattern: string;
  readonly handle: Handler;
}

export const route = (method: string, pattern: string, handle: Handler): Route => ({ method, pattern, handle });

/** The route of a request and the named parts of its path. */
export function findRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): { readonly route: Route; readonly path: Record<string, string> } | null {
  const parts = path.replace(/^\/v\d+\.\d+(?=\/)/, '').split('/');
  for (const each of routes) {
    if (each.method !== method) continue;
    const named = match(each.pattern.split('/'), parts);
    if (named) return { route: each, path: named };
  }
  return null;
}

/** A part `:name*` takes all that is left, as image names with slashes need. */
function match(pattern: readonly string[], parts: readonly string[]): Record<string, string> | null {
  const named: Record<string, string> = {};
  for (const [i, part] of pattern.entries()) {
    if (part.endsWith('*')) {
      const after = pattern.length - i - 1;
      const taken = parts.slice(i, parts.length - after);
      if (taken.length === 0 || pattern.slice(i + 1).some((each, k) => each !== parts[parts.length - after + k]))
        return null;
      named[part.slice(1, -1)] = decodeURIComponent(taken.join('/'));
      return named;
    }
    const given = parts[i];
    if (given === undefined) return null;
    if (part.startsWith(':')) named[part.slice(1)] = decodeURIComponent(given);
    else if (part !== given) return null;
  }
  return pattern.length === parts.length ? named : null;
}

export const answered = (handled: Exclude<Handled, 'streamed'>): ApiResponse =>
  handled.ok
    ? { status: handled.value.status, ...(handled.value.body !== undefined && { body: handled.value.body }) }
    : { status: handled.error.status, body: { message: handled.error.message } };
