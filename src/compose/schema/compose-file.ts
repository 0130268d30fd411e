import { readDuration } from '../load/duration.ts';
import { readPortSpec } from '../load/port-spec.ts';
import {
  anyOf,
  anything,
  boolean,
  dictionary,
  integer,
  list,
  nothing,
  number,
  object,
  type Shape,
  string,
} from './shape.ts';

/** The Compose file's grammar (compose-spec, the parts that a host without a registry and without builds can use). */

const scalar = anyOf(string, number, boolean, nothing);
const strings = list(string, { unique: true });
const stringOrList = anyOf(string, strings);
const listOrDictionary = anyOf(dictionary(scalar), strings);
const command = anyOf(string, list(string), nothing);
const numeric = anyOf(number, string);

const duration: Shape = {
  is: 'format',
  format: 'duration',
  accepts: (text) => readDuration(text) !== undefined,
  otherwise: ['string'],
};
const shortPort: Shape = {
  is: 'format',
  format: 'ports',
  accepts: (text) => readPortSpec(text).ok,
  otherwise: ['number', 'object'],
};

const port = anyOf(
  number,
  shortPort,
  object({
    mode: string,
    host_ip: string,
    target: integer,
    published: anyOf(string, integer),
    protocol: string,
    name: string,
    app_protocol: string,
  }),
);

const healthcheck = object({
  disable: boolean,
  interval: duration,
  retries: number,
  test: anyOf(string, list(string)),
  timeout: duration,
  start_period: duration,
  start_interval: duration,
});

const serviceNetwork = anyOf(
  object({
    aliases: strings,
    ipv4_address: string,
    ipv6_address: string,
    link_local_ips: strings,
    mac_address: string,
    priority: number,
    gw_priority: number,
    interface_name: string,
    driver_opts: dictionary(scalar),
  }),
  nothing,
);

const mount = object(
  {
    type: string,
    source: string,
    target: string,
    read_only: boolean,
    consistency: string,
    bind: object({ propagation: string, create_host_path: boolean, selinux: string }),
    volume: object({ nocopy: boolean, subpath: string }),
    tmpfs: object({ size: numeric, mode: numeric }),
  },
  ['type'],
);

const dependency = object({ condition: string, restart: boolean, required: boolean }, ['condition']);

const grant = anyOf(string, object({ source: string, target: string, uid: string, gid: string, mode: number }));

export const SERVICE: Shape = object({
  annotations: listOrDictionary,
  attach: boolean,
  build: anyOf(
    string,
    object({
      context: string,
      dockerfile: string,
      args: listOrDictionary,
      labels: listOrDictionary,
      cache_from: list(string),
      network: string,
      target: string,
      shm_size: numeric,
      extra_hosts: listOrDictionary,
      isolation: string,
    }),
  ),
  blkio_config: anything,
  cap_add: strings,
  cap_drop: strings,
  cgroup_parent: string,
  command,
  configs: list(grant),
  container_name: string,
  cpu_count: integer,
  cpu_percent: integer,
  cpu_period: numeric,
  cpu_quota: numeric,
  cpu_rt_period: numeric,
  cpu_rt_runtime: numeric,
  cpu_shares: numeric,
  cpus: numeric,
  cpuset: string,
  credential_spec: anything,
  depends_on: anyOf(strings, dictionary(dependency)),
  deploy: anyOf(anything, nothing),
  device_cgroup_rules: strings,
  devices: list(string, { unique: true }),
  dns: stringOrList,
  dns_opt: strings,
  dns_search: stringOrList,
  domainname: string,
  entrypoint: command,
  env_file: anyOf(string, list(anyOf(string, object({ path: string, required: boolean, format: string })))),
  environment: listOrDictionary,
  expose: list(anyOf(string, number), { unique: true }),
  extends: anyOf(string, object({ service: string, file: string }, ['service'])),
  external_links: strings,
  extra_hosts: anyOf(dictionary(anyOf(string, list(string))), strings),
  group_add: list(anyOf(string, number)),
  healthcheck,
  hostname: string,
  image: string,
  init: boolean,
  ipc: string,
  isolation: string,
  labels: listOrDictionary,
  links: strings,
  logging: object({ driver: string, options: dictionary(scalar) }),
  mac_address: string,
  mem_limit: numeric,
  mem_reservation: numeric,
  mem_swappiness: integer,
  memswap_limit: numeric,
  network_mode: string,
  networks: anyOf(strings, dictionary(serviceNetwork)),
  oom_kill_disable: boolean,
  oom_score_adj: integer,
  pid: anyOf(string, nothing),
  pids_limit: numeric,
  platform: string,
  ports: list(port, { unique: true }),
  privileged: boolean,
  profiles: strings,
  pull_policy: string,
  read_only: boolean,
  restart: string,
  runtime: string,
  scale: integer,
  secrets: list(grant),
  security_opt: strings,
  shm_size: numeric,
  stdin_open: boolean,
  stop_grace_period: duration,
  stop_signal: string,
  storage_opt: anything,
  sysctls: listOrDictionary,
  tmpfs: stringOrList,
  tty: boolean,
  ulimits: dictionary(anyOf(integer, object({ soft: integer, hard: integer }))),
  user: string,
  userns_mode: string,
  volumes: list(anyOf(string, mount), { unique: true }),
  volumes_from: strings,
  working_dir: string,
});

const external = anyOf(boolean, object({ name: string }));

export const NETWORK: Shape = anyOf(
  object({
    name: string,
    driver: string,
    driver_opts: dictionary(anyOf(string, number)),
    ipam: object({
      driver: string,
      config: list(object({ subnet: string, ip_range: string, gateway: string, aux_addresses: dictionary(string) })),
      options: dictionary(string),
    }),
    external,
    internal: boolean,
    enable_ipv4: boolean,
    enable_ipv6: boolean,
    attachable: boolean,
    labels: listOrDictionary,
  }),
  nothing,
);

export const VOLUME: Shape = anyOf(
  object({
    name: string,
    driver: string,
    driver_opts: dictionary(anyOf(string, number)),
    external,
    labels: listOrDictionary,
  }),
  nothing,
);

const NAME = /^[a-zA-Z0-9._-]+$/;

export const COMPOSE_FILE: Shape = object({
  version: string,
  name: string,
  services: anyOf(dictionary(SERVICE, NAME), nothing),
  networks: anyOf(dictionary(NETWORK, NAME), nothing),
  volumes: anyOf(dictionary(VOLUME, NAME), nothing),
  secrets: anyOf(dictionary(anything), nothing),
  configs: anyOf(dictionary(anything), nothing),
});
