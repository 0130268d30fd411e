import { count, type DirectiveSpec, flag, size, spec, time, tuning, withoutEffect } from './directive-spec.ts';

const HSL = 'http server location';
const HSLI = 'http server location if';
const CODES = /^(=|\d+)/;

const CORE: Record<string, DirectiveSpec> = {
  daemon: flag('main'),
  env: spec('main', '1', { repeats: true }),
  error_log: spec('main http server location', '1+', {
    repeats: true,
    check: ([, level]) =>
      level === undefined || /^(debug|info|notice|warn|error|crit|alert|emerg)$/.test(level)
        ? null
        : `invalid log level "${level}"`,
  }),
  events: spec('main', '0', { block: 'events' }),
  http: spec('main', '0', { block: 'http' }),
  include: spec('main events http server location upstream if limit_except types map', '1', { repeats: true }),
  master_process: flag('main'),
  pid: spec('main', '1'),
  user: spec('main', '1-2'),
  worker_processes: spec('main', '1', {
    check: ([value = '']) => (value === 'auto' || /^[1-9]\d*$/.test(value) ? null : 'invalid value "' + value + '"'),
  }),
  ...tuning(
    'main',
    'lock_file pcre_jit thread_pool timer_resolution worker_cpu_affinity worker_priority worker_rlimit_core worker_rlimit_nofile worker_shutdown_timeout working_directory',
  ),
  worker_connections: count('events'),
  use: spec('events', '1', {
    check: ([value]) => (/^(epoll|poll|select)$/.test(value ?? '') ? null : `invalid event type "${value}"`),
  }),
  ...tuning('events', 'accept_mutex accept_mutex_delay multi_accept debug_connection worker_aio_requests'),
};

const SERVERS: Record<string, DirectiveSpec> = {
  server: spec('http', '0', { block: 'server', repeats: true }),
  location: spec('server location', '1-2', { block: 'location', repeats: true }),
  if: spec('server location', '1+', { block: 'if', repeats: true }),
  limit_except: spec('location', '1+', { block: 'limit_except', repeats: true }),
  listen: spec('server', '1+', { repeats: true }),
  server_name: spec('server', '1+', { repeats: true }),
  map: spec('http', '2', { block: 'map', repeats: true }),
  types: spec(HSL, '0', { block: 'types', repeats: true }),
  default_type: spec(HSL, '1'),
  root: spec(HSLI, '1'),
  alias: spec('location', '1'),
  index: spec(HSL, '1+', { repeats: true }),
  try_files: spec('server location', '2+'),
  internal: spec('location', '0'),
  autoindex: flag(HSL),
  autoindex_exact_size: flag(HSL),
  autoindex_localtime: flag(HSL),
  error_page: spec(HSLI, '2+', {
    repeats: true,
    check: (args) => {
      const bad = args.slice(0, -1).find((each) => !CODES.test(each));
      if (bad !== undefined) return `invalid value "${bad}"`;
      const range = args
        .slice(0, -1)
        .find((each) => !each.startsWith('=') && (Number(each) < 300 || Number(each) > 599));
      return range === undefined ? null : `value "${range}" must be between 300 and 599`;
    },
  }),
  access_log: spec('http server location if limit_except', '1+', { repeats: true }),
  log_format: spec('http', '2+', { repeats: true }),
  log_not_found: flag(HSL),
  add_header: spec(HSLI, '2-3', {
    repeats: true,
    check: ([, , always]) => (always === undefined || always === 'always' ? null : `invalid parameter "${always}"`),
  }),
  expires: spec(HSLI, '1-2'),
  allow: spec('http server location limit_except', '1', { repeats: true }),
  deny: spec('http server location limit_except', '1', { repeats: true }),
  satisfy: spec(HSL, '1'),
  auth_basic: spec('http server location limit_except', '1'),
  auth_basic_user_file: spec('http server location limit_except', '1'),
  return: spec('server location if', '1-2', {
    repeats: true,
    check: ([code = ''], name) =>
      /^\d{1,3}$/.test(code) || /^(https?:\/\/|\$)/.test(code)
        ? null
        : `invalid return code "${code}"`.replace('"return"', name),
  }),
  rewrite: spec('server location if', '2-3', {
    repeats: true,
    check: ([, , how]) =>
      how === undefined || /^(last|break|redirect|permanent)$/.test(how) ? null : `invalid parameter "${how}"`,
  }),
  set: spec('server location if', '2', {
    repeats: true,
    check: ([name = '']) => (/^\$\w+$/.test(name) ? null : `invalid variable name "${name}"`),
  }),
  break: spec('server location if', '0', { repeats: true }),
  rewrite_log: flag(HSLI),
  server_tokens: spec(HSL, '1', {
    check: ([value]) => (/^(on|off|build)$/.test(value ?? '') ? null : `invalid value "${value}"`),
  }),
  etag: flag(HSL),
  if_modified_since: spec(HSL, '1'),
  absolute_redirect: flag(HSL),
  port_in_redirect: flag(HSL),
  server_name_in_redirect: flag(HSL),
  merge_slashes: flag('http server'),
  max_ranges: count(HSL),
  client_max_body_size: size(HSL),
  client_body_timeout: time(HSL),
  client_header_timeout: time('http server'),
  keepalive_timeout: time(`${HSL} upstream`, '1-2'),
  keepalive_requests: count(`${HSL} upstream`),
  send_timeout: time(HSL),
  resolver: spec(HSL, '1+'),
  resolver_timeout: time(HSL),
  stub_status: spec('server location', '0-1'),
  ...tuning(
    HSLI,
    `sendfile tcp_nopush tcp_nodelay reset_timedout_connection lingering_close lingering_time lingering_timeout
    output_buffers postpone_output client_body_buffer_size client_header_buffer_size large_client_header_buffers
    open_file_cache open_file_cache_valid open_file_cache_min_uses open_file_cache_errors types_hash_max_size
    types_hash_bucket_size server_names_hash_bucket_size server_names_hash_max_size variables_hash_max_size
    variables_hash_bucket_size map_hash_bucket_size map_hash_max_size sendfile_max_chunk directio aio
    keepalive_time keepalive_disable connection_pool_size request_pool_size client_body_in_single_buffer
    client_body_temp_path proxy_temp_path fastcgi_temp_path uwsgi_temp_path scgi_temp_path msie_padding
    msie_refresh log_subrequest underscores_in_headers ignore_invalid_headers chunked_transfer_encoding charset
    open_log_file_cache recursive_error_pages disable_symlinks real_ip_header set_real_ip_from real_ip_recursive
    early_hints max_headers`,
  ),
  ...withoutEffect(
    HSLI,
    `gzip gzip_types gzip_vary gzip_proxied gzip_comp_level gzip_min_length gzip_buffers gzip_http_version
    gzip_disable gzip_static gunzip limit_rate limit_rate_after limit_conn limit_conn_zone limit_conn_status
    limit_req limit_req_zone limit_req_status http2 http3 ssl_protocols ssl_ciphers ssl_prefer_server_ciphers
    ssl_session_cache ssl_session_timeout ssl_session_tickets ssl_certificate ssl_certificate_key`,
  ),
};

const PROXY: Record<string, DirectiveSpec> = {
  upstream: spec('http', '1', { block: 'upstream', repeats: true }),
  proxy_pass: spec('location if limit_except', '1'),
  proxy_set_header: spec(HSL, '2', { repeats: true }),
  proxy_hide_header: spec(HSL, '1', { repeats: true }),
  proxy_pass_header: spec(HSL, '1', { repeats: true }),
  proxy_http_version: spec(HSL, '1', {
    check: ([value]) => (/^1\.[01]$/.test(value ?? '') ? null : `invalid value "${value}"`),
  }),
  proxy_method: spec(HSL, '1'),
  proxy_pass_request_body: flag(HSL),
  proxy_pass_request_headers: flag(HSL),
  proxy_connect_timeout: time(HSL),
  proxy_read_timeout: time(HSL),
  proxy_send_timeout: time(HSL),
  proxy_redirect: spec(HSL, '1-2', { repeats: true }),
  proxy_intercept_errors: flag(HSL),
  proxy_next_upstream: spec(HSL, '1+'),
  proxy_next_upstream_tries: count(HSL),
  proxy_next_upstream_timeout: time(HSL),
  ip_hash: spec('upstream', '0'),
  least_conn: spec('upstream', '0'),
  ...tuning(
    HSL,
    `proxy_buffering proxy_buffers proxy_buffer_size proxy_busy_buffers_size proxy_max_temp_file_size
    proxy_request_buffering proxy_socket_keepalive proxy_ignore_client_abort proxy_ignore_headers
    proxy_headers_hash_max_size proxy_headers_hash_bucket_size proxy_temp_file_write_size proxy_ssl_server_name`,
  ),
  ...tuning('upstream', 'keepalive zone'),
  ...withoutEffect(
    HSL,
    'proxy_cache proxy_cache_path proxy_cache_valid proxy_cache_bypass proxy_no_cache proxy_cache_key proxy_cookie_path proxy_cookie_domain',
  ),
};

/** A server of an upstream has the name of a server of http: told apart by where it stands. */
export const UPSTREAM_SERVER: DirectiveSpec = spec('upstream', '1+', { repeats: true });

/** The directives that this nginx knows, by name. */
export const DIRECTIVES: ReadonlyMap<string, DirectiveSpec> = new Map(
  Object.entries({ ...CORE, ...SERVERS, ...PROXY }),
);

/** Directives of nginx that would change what is served in a way that this host doesn't have. */
export const NOT_MODELLED: ReadonlySet<string> = new Set(
  `stream mail load_module fastcgi_pass uwsgi_pass scgi_pass grpc_pass memcached_pass perl js_import js_content geo
  geoip_country split_clients sub_filter ssi dav_methods mirror auth_request secure_link addition_types add_after_body
  add_before_body image_filter xslt_stylesheet empty_gif random_index slice userid valid_referers hash random fastcgi_param
  fastcgi_index uwsgi_param proxy_bind proxy_store proxy_ssl_certificate proxy_ssl_verify`.split(/\s+/),
);
