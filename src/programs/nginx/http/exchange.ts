import type { Proc, Sys } from '../../../kernel/syscalls/proc.ts';
import { headerValue } from '../../../wire/http/headers.ts';
import type { HttpRequest } from '../../../wire/http/request.ts';
import type { Location } from '../config/location.ts';
import type { Server } from '../config/http-config.ts';
import type { Settings } from '../config/settings.ts';
import { type Cycle, type Level, logOf } from '../server/cycle.ts';
import type { TargetUri } from './uri.ts';

/** The connection that a request came by. */
export interface Client {
  /** nginx's own number of the connection. */
  readonly number: number;
  readonly address: string;
  readonly port: number;
  readonly serverAddress: string;
  readonly serverPort: number;
}

/** What an upstream did, for logs and variables. */
export interface UpstreamTry {
  readonly address: string;
  status: number | null;
  /** Seconds. */
  connectTime: number | null;
  headerTime: number | null;
  responseTime: number | null;
  length: number;
}

/** One request on its way through nginx, and what is known of its answer. */
export class Exchange {
  /** The path that is looked for: rewrites and internal redirects change it. */
  path: string;
  args: string;
  server: Server;
  location: Location;
  /** What holds for it: those of its location, or of an `if` inside that held. */
  settings: Settings;
  /** What `set` and captures gave. */
  readonly variables = new Map<string, string>();
  captures: readonly string[] = [];
  internal = false;
  redirects = 0;
  /** The status that an error page is shown for. */
  errorStatus: number | null = null;
  user: string | null = null;
  status = 0;
  bodyBytes = 0;
  bytes = 0;
  requestLength = 0;
  requestBody: Uint8Array | null = null;
  sentHeaders: readonly (readonly [string, string])[] = [];
  readonly upstreams: UpstreamTry[] = [];
  keepalive = false;
  completed = false;

  constructor(
    readonly proc: Proc,
    readonly cycle: Cycle,
    readonly client: Client,
    /** The request line as it came; null where none did. */
    readonly line: string | null,
    readonly request: HttpRequest | null,
    readonly target: TargetUri | null,
    server: Server,
    readonly started: number,
    readonly connectionRequests: number,
  ) {
    this.path = target?.path ?? '';
    this.args = target?.args ?? '';
    this.server = server;
    this.location = server.location;
    this.settings = server.location.settings;
  }

  get method(): string {
    return this.request?.method ?? '';
  }

  header(name: string): string | undefined {
    return this.request ? headerValue(this.request.headers, name) : undefined;
  }

  /** The host that was asked for, without its port; lower case. */
  get host(): string | null {
    const text = this.target?.host ?? this.header('host');
    if (text === undefined || text === null || text === '') return null;
    return text.replace(/:\d*$/, '').replace(/\.$/, '').toLowerCase();
  }

  enter(location: Location): void {
    this.location = location;
    this.settings = location.settings;
  }

  /** One line of the error log, with who asked for what. */
  *log(level: Level, text: string, upstream?: string): Sys<void> {
    const { proc, cycle, client, line, server } = this;
    const parts = [`client: ${client.address}`, `server: ${server.names[0]}`];
    if (line !== null) parts.push(`request: "${line}"`);
    if (upstream !== undefined) parts.push(`upstream: "${upstream}"`);
    const host = this.header('host');
    if (host !== undefined) parts.push(`host: "${host}"`);
    const referrer = this.header('referer');
    if (referrer !== undefined) parts.push(`referrer: "${referrer}"`);
    const log = this.settings.errorLog ?? cycle.errorLog;
    yield* logOf(proc, { ...cycle, errorLog: log }, level, `*${client.number} ${text}, ${parts.join(', ')}`);
  }
}
