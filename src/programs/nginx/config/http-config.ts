import { err, ok, type Result } from '../../../base/result.ts';
import { type Directive, find, findAll } from './directive.ts';
import { DEFAULT_LISTEN, type Listen, listenText, readListen } from './listen.ts';
import { type Location, readBlock } from './location.ts';
import { compileRegex } from './regex.ts';
import { DEFAULT_SETTINGS, inherit, type Settings } from './settings.ts';
import { readUpstream, type Upstream } from './upstream.ts';

export interface Server {
  readonly names: readonly string[];
  readonly listens: readonly Listen[];
  /** What the server says outside of its locations; these are its `locations`. */
  readonly location: Location;
}

/** `map $from $to { … }`. */
export interface VariableMap {
  readonly source: string;
  readonly variable: string;
  readonly exact: ReadonlyMap<string, string>;
  readonly expressions: readonly { readonly regex: RegExp; readonly value: string }[];
  readonly otherwise: string;
}

export interface HttpConfig {
  readonly settings: Settings;
  readonly servers: readonly Server[];
  readonly upstreams: ReadonlyMap<string, Upstream>;
  readonly logFormats: ReadonlyMap<string, string>;
  readonly maps: ReadonlyMap<string, VariableMap>;
  readonly warnings: readonly string[];
}

const COMBINED =
  '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"';

/** Makes sense of the checked directives of `http { }`; the error is nginx's, with its place. */
export function readHttp(block: readonly Directive[]): Result<HttpConfig, string> {
  const settings = inherit(DEFAULT_SETTINGS, block);
  const logFormats = new Map([['combined', COMBINED]]);
  for (const { args, file, line } of findAll(block, 'log_format')) {
    const [name = '', ...parts] = args;
    if (logFormats.has(name)) return err(`duplicate "log_format" name "${name}" in ${file}:${line}`);
    logFormats.set(name, parts.filter((part) => !part.startsWith('escape=')).join(''));
  }
  const upstreams = new Map<string, Upstream>();
  for (const directive of findAll(block, 'upstream')) {
    const upstream = readUpstream(directive);
    if (!upstream.ok) return upstream;
    if (upstreams.has(upstream.value.name))
      return err(`duplicate upstream "${upstream.value.name}" in ${directive.file}:${directive.line}`);
    upstreams.set(upstream.value.name, upstream.value);
  }
  const maps = new Map<string, VariableMap>();
  for (const directive of findAll(block, 'map')) {
    const map = readMap(directive);
    if (!map.ok) return map;
    maps.set(map.value.variable, map.value);
  }
  const warnings: string[] = [];
  const servers: Server[] = [];
  for (const directive of findAll(block, 'server')) {
    const server = readServer(directive, settings);
    if (!server.ok) return server;
    servers.push(server.value);
  }
  const clash = defaultServersClash(servers) ?? unknownFormat(servers, logFormats);
  if (clash !== null) return err(clash);
  warnings.push(...conflictingNames(servers));
  return ok({ settings, servers, upstreams, logFormats, maps, warnings });
}

function readServer(directive: Directive, outer: Settings): Result<Server, string> {
  const block = directive.block ?? [];
  const listens: Listen[] = [];
  for (const each of findAll(block, 'listen')) {
    const listen = readListen(each);
    if (!listen.ok) return err(`${listen.error} in ${each.file}:${each.line}`);
    const text = listenText(listen.value);
    if (listens.some((other) => listenText(other) === text))
      return err(`a duplicate listen ${text} in ${each.file}:${each.line}`);
    listens.push(listen.value);
  }
  const names = findAll(block, 'server_name').flatMap(({ args }) => args.map((name) => name.toLowerCase()));
  const location = readBlock(block, outer, { kind: 'prefix', pattern: '', regex: null });
  if (!location.ok) return location;
  return ok({
    names: names.length > 0 ? names : [''],
    listens: listens.length > 0 ? listens : [DEFAULT_LISTEN],
    location: location.value,
  });
}

function readMap({ args, block, file, line }: Directive): Result<VariableMap, string> {
  const [source = '', target = ''] = args;
  if (!target.startsWith('$')) return err(`invalid variable name "${target}" in ${file}:${line}`);
  const exact = new Map<string, string>();
  const expressions: { regex: RegExp; value: string }[] = [];
  for (const { name, args: values, file: inFile, line: inLine } of block ?? []) {
    const [value = ''] = values;
    if (values.length !== 1) {
      if (name === 'hostnames' || name === 'volatile') continue;
      return err(`invalid number of the map parameters in ${inFile}:${inLine}`);
    }
    if (!name.startsWith('~')) exact.set(name.replace(/^\\/, '').toLowerCase(), value);
    else {
      const regex = compileRegex(name.replace(/^~\*?/, ''), name.startsWith('~*'));
      if (!regex.ok) return err(`${regex.error} in ${inFile}:${inLine}`);
      expressions.push({ regex: regex.value, value });
    }
  }
  const otherwise = find(block ?? [], 'default')?.args[0] ?? '';
  return ok({ source, variable: target.slice(1), exact, expressions, otherwise });
}

function defaultServersClash(servers: readonly Server[]): string | null {
  const seen = new Set<string>();
  for (const listen of servers.flatMap(({ listens }) => listens)) {
    if (!listen.defaultServer) continue;
    const text = listenText(listen);
    if (seen.has(text)) return `a duplicate default server for ${text}`;
    seen.add(text);
  }
  return null;
}

function unknownFormat(servers: readonly Server[], formats: ReadonlyMap<string, string>): string | null {
  const check = ({ settings, locations }: Location): string | null =>
    settings.accessLogs.map(({ format }) => format).find((format) => !formats.has(format)) ??
    locations.map(check).find((each) => each !== null) ??
    null;
  const name = servers.map(({ location }) => check(location)).find((each) => each !== null);
  return name === undefined || name === null ? null : `unknown log format "${name}"`;
}

function conflictingNames(servers: readonly Server[]): string[] {
  const seen = new Set<string>();
  return servers.flatMap(({ listens, names }) =>
    listens.flatMap((listen) =>
      names.flatMap((name) => {
        const key = `${listenText(listen)} ${name}`;
        if (!seen.has(key)) {
          seen.add(key);
          return [];
        }
        return [`conflicting server name "${name}" on ${listenText(listen)}, ignored`];
      }),
    ),
  );
}
