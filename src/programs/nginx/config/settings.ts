import { type Directive, find, findAll } from './directive.ts';
import { parseSize, parseTime } from './values.ts';

/** `error_page 500 502 =200 /50x.html`. */
export interface ErrorPage {
  readonly codes: readonly number[];
  /** What the answer's status becomes: a number, `page` for that of the page (`=` alone), null: it stays. */
  readonly status: number | 'page' | null;
  readonly target: string;
}

export interface AccessLog {
  readonly path: string;
  readonly format: string;
}

export interface AddedHeader {
  readonly name: string;
  readonly value: string;
  readonly always: boolean;
}

/** allow and deny, in their order. */
export interface AccessRule {
  readonly allow: boolean;
  readonly network: string;
}

/** What is said of how requests are answered, as it holds in one place of the configuration. */
export interface Settings {
  readonly root: string;
  readonly index: readonly string[];
  readonly defaultType: string;
  /** By a name's last part. */
  readonly types: ReadonlyMap<string, string>;
  readonly autoindex: boolean;
  readonly autoindexExactSize: boolean;
  readonly errorPages: readonly ErrorPage[];
  readonly accessLogs: readonly AccessLog[];
  readonly errorLog: { readonly path: string; readonly level: string } | null;
  readonly logNotFound: boolean;
  readonly addedHeaders: readonly AddedHeader[];
  readonly expires: readonly string[] | null;
  readonly rules: readonly AccessRule[];
  readonly satisfyAny: boolean;
  readonly basicRealm: string | null;
  readonly basicUserFile: string | null;
  readonly serverTokens: boolean;
  readonly etag: boolean;
  readonly ifModifiedSince: string;
  readonly absoluteRedirect: boolean;
  readonly portInRedirect: boolean;
  readonly serverNameInRedirect: boolean;
  readonly maxRanges: number;
  /** Bytes; 0: any. */
  readonly maxBody: number;
  /** Seconds that an idle connection stays; 0: it doesn't. */
  readonly keepalive: number;
  /** What the Keep-Alive header says, seconds. */
  readonly keepaliveHeader: number | null;
  readonly keepaliveRequests: number;
  readonly headerTimeout: number;
  readonly bodyTimeout: number;
  readonly sendTimeout: number;
  readonly resolver: readonly string[];
  readonly resolverTimeout: number;
  readonly proxy: ProxySettings;
}

export interface ProxySettings {
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly hidden: readonly string[];
  readonly passed: readonly string[];
  readonly version: '1.0' | '1.1';
  readonly method: string | null;
  readonly passBody: boolean;
  readonly passHeaders: boolean;
  /** Seconds. */
  readonly connectTimeout: number;
  readonly readTimeout: number;
  readonly sendTimeout: number;
  /** `default`, `off`, or pairs. */
  readonly redirect: readonly (readonly string[])[];
  readonly interceptErrors: boolean;
  readonly nextUpstream: readonly string[];
}

export const DEFAULT_SETTINGS: Settings = {
  root: '/etc/nginx/html',
  index: ['index.html'],
  defaultType: 'text/plain',
  types: new Map([
    ['html', 'text/html'],
    ['gif', 'image/gif'],
    ['jpg', 'image/jpeg'],
  ]),
  autoindex: false,
  autoindexExactSize: true,
  errorPages: [],
  accessLogs: [{ path: '/var/log/nginx/access.log', format: 'combined' }],
  errorLog: null,
  logNotFound: true,
  addedHeaders: [],
  expires: null,
  rules: [],
  satisfyAny: false,
  basicRealm: null,
  basicUserFile: null,
  serverTokens: true,
  etag: true,
  ifModifiedSince: 'exact',
  absoluteRedirect: true,
  portInRedirect: true,
  serverNameInRedirect: false,
  maxRanges: Number.POSITIVE_INFINITY,
  maxBody: 1024 * 1024,
  keepalive: 75,
  keepaliveHeader: null,
  keepaliveRequests: 1000,
  headerTimeout: 60,
  bodyTimeout: 60,
  sendTimeout: 60,
  resolver: [],
  resolverTimeout: 30,
  proxy: {
    headers: [],
    hidden: [],
    passed: [],
    version: '1.1',
    method: null,
    passBody: true,
    passHeaders: true,
    connectTimeout: 60,
    readTimeout: 60,
    sendTimeout: 60,
    redirect: [['default']],
    interceptErrors: false,
    nextUpstream: ['error', 'timeout'],
  },
};

/** What holds inside a block: what it says itself, else what held around it. */
export function inherit(outer: Settings, block: readonly Directive[]): Settings {
  const one = (name: string) => find(block, name)?.args[0];
  const on = (name: string, otherwise: boolean) => {
    const value = one(name);
    return value === undefined ? otherwise : value.toLowerCase() === 'on';
  };
  const number = (name: string, otherwise: number) => Number(one(name) ?? otherwise);
  const seconds = (name: string, otherwise: number) => parseTime(one(name) ?? '') ?? otherwise;
  /** A list that replaces the outer one whole as soon as it has one entry. */
  const list = <T>(
    names: string,
    otherwise: readonly T[],
    make: (directive: Directive) => readonly T[],
  ): readonly T[] => {
    const found = block.filter((each) => names.split(' ').includes(each.name));
    return found.length > 0 ? found.flatMap(make) : otherwise;
  };
  const typesBlocks = findAll(block, 'types');
  const keepalive = find(block, 'keepalive_timeout')?.args;
  const errorLog = find(block, 'error_log')?.args;
  const basic = one('auth_basic');
  return {
    root: one('root') ?? outer.root,
    index: list('index', outer.index, ({ args }) => args),
    defaultType: one('default_type') ?? outer.defaultType,
    types: typesBlocks.length > 0 ? readTypes(typesBlocks) : outer.types,
    autoindex: on('autoindex', outer.autoindex),
    autoindexExactSize: on('autoindex_exact_size', outer.autoindexExactSize),
    errorPages: list('error_page', outer.errorPages, ({ args }) => [errorPage(args)]),
    accessLogs: list('access_log', outer.accessLogs, ({ args: [path = '', format = 'combined'] }) =>
      path === 'off' ? [] : [{ path, format: format.includes('=') ? 'combined' : format }],
    ),
    errorLog: errorLog ? { path: errorLog[0] as string, level: errorLog[1] ?? 'error' } : outer.errorLog,
    logNotFound: on('log_not_found', outer.logNotFound),
    addedHeaders: list('add_header', outer.addedHeaders, ({ args: [name = '', value = '', always] }) => [
      { name, value, always: always !== undefined },
    ]),
    expires: find(block, 'expires')?.args ?? outer.expires,
    rules: list('allow deny', outer.rules, ({ name, args: [network = ''] }) => [{ allow: name === 'allow', network }]),
    satisfyAny: (one('satisfy') ?? (outer.satisfyAny ? 'any' : 'all')) === 'any',
    basicRealm: basic === undefined ? outer.basicRealm : basic === 'off' ? null : basic,
    basicUserFile: one('auth_basic_user_file') ?? outer.basicUserFile,
    serverTokens: (one('server_tokens') ?? (outer.serverTokens ? 'on' : 'off')) !== 'off',
    etag: on('etag', outer.etag),
    ifModifiedSince: one('if_modified_since') ?? outer.ifModifiedSince,
    absoluteRedirect: on('absolute_redirect', outer.absoluteRedirect),
    portInRedirect: on('port_in_redirect', outer.portInRedirect),
    serverNameInRedirect: on('server_name_in_redirect', outer.serverNameInRedirect),
    maxRanges: number('max_ranges', outer.maxRanges),
    maxBody: parseSize(one('client_max_body_size') ?? '') ?? outer.maxBody,
    keepalive: keepalive ? (parseTime(keepalive[0] ?? '') ?? 75) : outer.keepalive,
    keepaliveHeader: keepalive ? parseTime(keepalive[1] ?? '') : outer.keepaliveHeader,
    keepaliveRequests: number('keepalive_requests', outer.keepaliveRequests),
    headerTimeout: seconds('client_header_timeout', outer.headerTimeout),
    bodyTimeout: seconds('client_body_timeout', outer.bodyTimeout),
    sendTimeout: seconds('send_timeout', outer.sendTimeout),
    resolver: find(block, 'resolver')?.args.filter((arg) => !arg.includes('=')) ?? outer.resolver,
    resolverTimeout: seconds('resolver_timeout', outer.resolverTimeout),
    proxy: {
      headers: list('proxy_set_header', outer.proxy.headers, ({ args: [name = '', value = ''] }) => [[name, value]]),
      hidden: list('proxy_hide_header', outer.proxy.hidden, ({ args }) => args),
      passed: list('proxy_pass_header', outer.proxy.passed, ({ args }) => args),
      version: one('proxy_http_version') === '1.0' ? '1.0' : one('proxy_http_version') ? '1.1' : outer.proxy.version,
      method: one('proxy_method') ?? outer.proxy.method,
      passBody: on('proxy_pass_request_body', outer.proxy.passBody),
      passHeaders: on('proxy_pass_request_headers', outer.proxy.passHeaders),
      connectTimeout: seconds('proxy_connect_timeout', outer.proxy.connectTimeout),
      readTimeout: seconds('proxy_read_timeout', outer.proxy.readTimeout),
      sendTimeout: seconds('proxy_send_timeout', outer.proxy.sendTimeout),
      redirect: list('proxy_redirect', outer.proxy.redirect, ({ args }) => [args]),
      interceptErrors: on('proxy_intercept_errors', outer.proxy.interceptErrors),
      nextUpstream: find(block, 'proxy_next_upstream')?.args ?? outer.proxy.nextUpstream,
    },
  };
}

/** `types { text/html html htm; }`: the types of name endings. */
function readTypes(blocks: readonly Directive[]): ReadonlyMap<string, string> {
  return new Map(
    blocks.flatMap(({ block }) =>
      (block ?? []).flatMap(({ name, args }) => args.map((ending) => [ending.toLowerCase(), name] as const)),
    ),
  );
}

function errorPage(args: readonly string[]): ErrorPage {
  const target = args.at(-1) as string;
  const status = args.slice(0, -1).find((each) => each.startsWith('='));
  return {
    codes: args.slice(0, -1).flatMap((each) => (each.startsWith('=') ? [] : [Number(each)])),
    status: status === undefined ? null : status === '=' ? 'page' : Number(status.slice(1)),
    target,
  };
}
