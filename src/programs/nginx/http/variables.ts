import { calendarTime, httpDate, MONTHS, twoDigits } from '../../../wire/http/date.ts';
import { VERSION } from '../server/cycle.ts';
import type { Exchange, UpstreamTry } from './exchange.ts';
import { locationFile } from './file-path.ts';

type Compute = (x: Exchange) => string | null;

const seconds = (x: Exchange) => ((x.proc.now() - x.started) / 1e9).toFixed(3);
const ofUpstreams =
  (pick: (each: UpstreamTry) => string): Compute =>
  (x) =>
    x.upstreams.length === 0 ? null : x.upstreams.map(pick).join(', ');
const time = (value: number | null) => (value === null ? '-' : value.toFixed(3));

/** nginx's own variables, by name (http/ngx_http_variables.c). */
const VARIABLES: ReadonlyMap<string, Compute> = new Map<string, Compute>(
  Object.entries({
    args: (x) => x.args,
    body_bytes_sent: (x) => String(x.bodyBytes),
    bytes_sent: (x) => String(x.bytes),
    connection: (x) => String(x.client.number),
    connection_requests: (x) => String(x.connectionRequests),
    connections_active: (x) => String(x.cycle.shared.active),
    content_length: (x) => x.header('content-length') ?? null,
    content_type: (x) => x.header('content-type') ?? null,
    date_gmt: (x) => httpDate(x.proc.date()),
    date_local: (x) => httpDate(x.proc.date()),
    document_root: (x) => x.settings.root,
    document_uri: (x) => x.path,
    host: (x) => x.host ?? (x.server.names[0] as string),
    hostname: (x) => x.proc.hostname(),
    https: () => '',
    is_args: (x) => (x.args === '' ? '' : '?'),
    msec: (x) => (x.proc.date() / 1000).toFixed(3),
    nginx_version: () => VERSION,
    pid: (x) => String(x.proc.pid),
    pipe: () => '.',
    proxy_add_x_forwarded_for: (x) => {
      const before = x.header('x-forwarded-for');
      return before === undefined ? x.client.address : `${before}, ${x.client.address}`;
    },
    query_string: (x) => x.args,
    realpath_root: (x) => x.settings.root,
    remote_addr: (x) => x.client.address,
    remote_port: (x) => String(x.client.port),
    remote_user: (x) => x.user,
    request: (x) => x.line,
    request_body: (x) => (x.requestBody ? String.fromCharCode(...x.requestBody.subarray(0, 8192)) : null),
    request_completion: (x) => (x.completed ? 'OK' : ''),
    request_filename: (x) => locationFile(x, x.path),
    request_id: (x) => requestId(x),
    request_length: (x) => String(x.requestLength),
    request_method: (x) => x.method || null,
    request_time: seconds,
    request_uri: (x) => x.target?.unparsed ?? null,
    scheme: () => 'http',
    server_addr: (x) => x.client.serverAddress,
    server_name: (x) => x.server.names[0] as string,
    server_port: (x) => String(x.client.serverPort),
    server_protocol: (x) => (x.request ? `HTTP/${x.request.version}` : null),
    status: (x) => (x.status === 0 ? '000' : String(x.status).padStart(3, '0')),
    time_iso8601: (x) => iso8601(x.proc.date()),
    time_local: (x) => localTime(x.proc.date()),
    upstream_addr: ofUpstreams(({ address }) => address),
    upstream_connect_time: ofUpstreams(({ connectTime }) => time(connectTime)),
    upstream_header_time: ofUpstreams(({ headerTime }) => time(headerTime)),
    upstream_response_length: ofUpstreams(({ length }) => String(length)),
    upstream_response_time: ofUpstreams(({ responseTime }) => time(responseTime)),
    upstream_status: ofUpstreams(({ status }) => (status === null ? '-' : String(status))),
    uri: (x) => x.path,
    proxy_host: (x) => x.location.proxyPass?.host ?? null,
    proxy_port: (x) => x.location.proxyPass?.host?.split(':')[1] ?? '80',
  } satisfies Record<string, Compute>),
);

const PREFIXED = /^(arg|cookie|http|sent_http|upstream_http)_\w+$/;

/** Whether a name is nginx's own, whatever the configuration sets besides. */
export const isVariable = (name: string): boolean => VARIABLES.has(name) || PREFIXED.test(name) || /^[0-9]$/.test(name);

/** A variable's value; null where it has none. */
export function variable(x: Exchange, name: string): string | null {
  if (/^[0-9]$/.test(name)) return x.captures[Number(name)] ?? null;
  const set = x.variables.get(name);
  if (set !== undefined) return set;
  const map = x.cycle.config.maps.get(name);
  if (map) {
    const source = interpolate(x, map.source);
    const exact = map.exact.get(source.toLowerCase());
    const found = exact ?? map.expressions.find(({ regex }) => regex.test(source))?.value;
    return interpolate(x, found ?? map.otherwise);
  }
  const own = VARIABLES.get(name);
  return own ? own(x) : prefixed(x, name);
}

function prefixed(x: Exchange, name: string): string | null {
  const [, prefix, rest = ''] = /^(arg|cookie|http|sent_http)_(\w+)$/.exec(name) ?? [];
  const field = rest.replaceAll('_', '-').toLowerCase();
  switch (prefix) {
    case 'arg':
      return (
        x.args
          .split('&')
          .find((each) => each.toLowerCase().startsWith(`${rest.toLowerCase()}=`))
          ?.slice(rest.length + 1) ?? null
      );
    case 'cookie':
      return (
        (x.header('cookie') ?? '')
          .split(/;\s*/)
          .find((each) => each.startsWith(`${rest}=`))
          ?.slice(rest.length + 1) ?? null
      );
    case 'http':
      return x.header(field) ?? null;
    case 'sent_http':
      return x.sentHeaders.find(([each]) => each.toLowerCase() === field)?.[1] ?? null;
    default:
      return null;
  }
}

/** A text with its variables filled in. */
export function interpolate(x: Exchange, text: string, missing = ''): string {
  return text.replace(VARIABLE, (_, braced?: string, plain?: string) => variable(x, braced ?? plain ?? '') ?? missing);
}

const VARIABLE = /\$(?:\{(\w+)\}|(\w+))/g;

/** The names of the variables in a text. */
export function variablesIn(text: string): readonly string[] {
  return [...text.matchAll(VARIABLE)].map(([, braced, plain]) => braced ?? plain ?? '');
}

/** `23/Nov/2026:19:18:15 +0000` */
function localTime(date: number): string {
  const { year, month, day, hour, minute, second } = calendarTime(date);
  return `${twoDigits(day)}/${MONTHS[month - 1]}/${year}:${twoDigits(hour)}:${twoDigits(minute)}:${twoDigits(second)} +0000`;
}

function iso8601(date: number): string {
  const { year, month, day, hour, minute, second } = calendarTime(date);
  return `${year}-${twoDigits(month)}-${twoDigits(day)}T${twoDigits(hour)}:${twoDigits(minute)}:${twoDigits(second)}+00:00`;
}

function requestId(x: Exchange): string {
  const known = x.variables.get('request_id');
  if (known !== undefined) return known;
  const id = Array.from({ length: 4 }, () => (x.proc.random() >>> 0).toString(16).padStart(8, '0')).join('');
  x.variables.set('request_id', id);
  return id;
}

/** One line of an access log; what is missing is `-`, and what could break a line is escaped. */
export function logLine(x: Exchange, format: string): string {
  return format.replace(VARIABLE, (_, braced?: string, plain?: string) => {
    const value = variable(x, braced ?? plain ?? '');
    return value === null || value === '' ? '-' : escapeLog(value);
  });
}

/** Quotes, backslashes and what is no plain character become \xHH (ngx_http_log_escape). */
function escapeLog(value: string): string {
  return value.replace(
    /["\\\0-\x1f\x7f-\xff]/g,
    (char) => `\\x${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}
