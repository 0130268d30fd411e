import { readDuration } from '../load/duration.ts';
import { readPortSpec } from '../load/port-spec.ts';
import { deploy } from './deploy.ts';
import { type Edition, newer, orNewer } from './edition.ts';
import {
  anyOf,
  anything,
  boolean,
  choice,
  dictionary,
  integer,
  list,
  nothing,
  number,
  object,
  range,
  type Shape,
  string,
  types,
} from './shape.ts';

export const NAME = /^[a-zA-Z0-9._-]+$/;

const strings = list(string, { unique: true });
const stringOrList = anyOf(string, strings);
const numeric = types('number', 'string');
const textOrNumber = types('string', 'number');

/** docker-compose takes no switch for a text: `DEBUG: true` has to be quoted. */
const scalar = (edition: Edition): Shape =>
  edition === 'either' ? types('string', 'number', 'boolean', 'null') : types('string', 'number', 'null');

export const listOrDictionary = (edition: Edition): Shape => anyOf(dictionary(scalar(edition)), strings);
/** Labels alone are made texts before they are looked at (compose/config/interpolation.py, ConversionMap). */
export const labels: Shape = anyOf(dictionary(types('string', 'number', 'boolean', 'null')), strings);

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
const exposed: Shape = {
  is: 'format',
  format: 'expose',
  accepts: (text) => /^\d+(-\d+)?(\/[a-zA-Z]+)?$/.test(text),
  otherwise: ['string'],
};

const blockDevices = list(object({ path: string, rate: types('integer', 'string') }));

/** One service of a Compose file (compose-spec, and compose/config/compose_spec.json of docker-compose 1.29.2). */
export function service(edition: Edition): Shape {
  const since = (keys: Readonly<Record<string, Shape>>) => newer(edition, keys);
  const pairs = listOrDictionary(edition);
  // docker-compose reads what is no span of time as none.
  const span = edition === 'either' ? duration : string;
  const command = anyOf(string, list(string), ...orNewer(edition, nothing));
  const whole = edition === 'either' ? types('integer', 'string') : integer;
  const flag = edition === 'either' ? types('boolean', 'string') : boolean;
  const grant = anyOf(string, object({ source: string, target: string, uid: string, gid: string, mode: number }));
  return object({
    build: anyOf(string, object({ ...build(edition), labels: pairs, ...since({ ssh: anything, tags: strings }) })),
    blkio_config: object({
      device_read_bps: blockDevices,
      device_read_iops: blockDevices,
      device_write_bps: blockDevices,
      device_write_iops: blockDevices,
      weight: integer,
      weight_device: list(object({ path: string, weight: integer })),
    }),
    cap_add: strings,
    cap_drop: strings,
    cgroup_parent: string,
    command,
    configs: list(grant),
    container_name: string,
    cpu_count: range(0),
    cpu_percent: range(0, 100),
    cpu_period: numeric,
    cpu_quota: numeric,
    cpu_rt_period: numeric,
    cpu_rt_runtime: numeric,
    cpu_shares: numeric,
    cpus: numeric,
    cpuset: string,
    credential_spec: object({ config: string, file: string, registry: string }),
    depends_on: anyOf(strings, dictionary(dependency(edition), NAME)),
    deploy: deploy(edition, labels),
    device_cgroup_rules: strings,
    devices: list(string, { unique: true }),
    dns: stringOrList,
    dns_opt: strings,
    dns_search: stringOrList,
    domainname: string,
    entrypoint: command,
    env_file: anyOf(
      string,
      strings,
      ...orNewer(edition, list(anyOf(string, object({ path: string, required: flag, format: string })))),
    ),
    environment: pairs,
    expose: list(edition === 'either' ? textOrNumber : anyOf(number, exposed), { unique: true }),
    extends: anyOf(string, object({ service: string, file: string }, ['service'])),
    external_links: strings,
    extra_hosts: anyOf(
      dictionary(scalar(edition)),
      strings,
      ...orNewer(edition, dictionary(anyOf(string, list(string)))),
    ),
    group_add: list(textOrNumber, { unique: true }),
    healthcheck: object({
      disable: flag,
      interval: span,
      retries: number,
      test: anyOf(string, list(string)),
      timeout: span,
      start_period: span,
      ...since({ start_interval: span }),
    }),
    hostname: string,
    image: string,
    init: flag,
    ipc: string,
    isolation: string,
    labels,
    links: strings,
    logging: object({ driver: string, options: dictionary(types('string', 'number', 'null')) }),
    mac_address: string,
    mem_limit: numeric,
    mem_reservation: types('string', 'integer'),
    mem_swappiness: whole,
    memswap_limit: numeric,
    network_mode: string,
    networks: anyOf(strings, dictionary(anyOf(serviceNetwork(edition), nothing), NAME)),
    oom_kill_disable: flag,
    oom_score_adj: range(-1000, 1000),
    pid: types('string', 'null'),
    pids_limit: numeric,
    platform: string,
    ports: list(port(edition), { unique: true }),
    privileged: flag,
    profiles: strings,
    pull_policy: edition === 'either' ? string : choice('always', 'never', 'if_not_present', 'build'),
    read_only: flag,
    restart: string,
    runtime: string,
    scale: whole,
    secrets: list(grant),
    security_opt: strings,
    shm_size: numeric,
    stdin_open: flag,
    stop_grace_period: span,
    stop_signal: string,
    storage_opt: dictionary(anything),
    sysctls: pairs,
    tmpfs: stringOrList,
    tty: flag,
    ulimits: dictionary(anyOf(whole, object({ soft: whole, hard: whole }, ['soft', 'hard']))),
    user: string,
    userns_mode: string,
    volumes: list(mount(edition), { unique: true }),
    volumes_from: strings,
    working_dir: string,
    ...since({
      annotations: pairs,
      attach: flag,
      cgroup: string,
      develop: anything,
      gpus: anything,
      label_file: stringOrList,
      models: anything,
      post_start: list(anything),
      pre_stop: list(anything),
      provider: anything,
      pull_refresh_after: string,
      use_api_socket: boolean,
      uts: string,
    }),
  });
}

const build = (edition: Edition): Readonly<Record<string, Shape>> => ({
  context: string,
  dockerfile: string,
  args: listOrDictionary(edition),
  cache_from: list(string),
  network: string,
  target: string,
  shm_size: types('integer', 'string'),
  extra_hosts: listOrDictionary(edition),
  isolation: string,
});

const dependency = (edition: Edition): Shape =>
  object(
    {
      condition: choice('service_started', 'service_healthy', 'service_completed_successfully'),
      ...newer(edition, { restart: types('boolean', 'string'), required: boolean }),
    },
    ['condition'],
  );

const serviceNetwork = (edition: Edition): Shape =>
  object({
    aliases: strings,
    ipv4_address: string,
    ipv6_address: string,
    link_local_ips: strings,
    priority: number,
    ...newer(edition, {
      mac_address: string,
      gw_priority: number,
      interface_name: string,
      driver_opts: dictionary(textOrNumber),
    }),
  });

const port = (edition: Edition): Shape =>
  anyOf(
    number,
    shortPort,
    object({
      mode: string,
      target: edition === 'either' ? types('integer', 'string') : integer,
      published: edition === 'either' ? types('string', 'integer') : integer,
      protocol: string,
      ...newer(edition, { host_ip: string, name: string, app_protocol: string }),
    }),
  );

const mount = (edition: Edition): Shape =>
  anyOf(
    string,
    object(
      {
        type: string,
        source: string,
        target: string,
        read_only: boolean,
        consistency: string,
        bind: object({
          propagation: string,
          ...newer(edition, { create_host_path: boolean, recursive: string, selinux: string }),
        }),
        volume: object({ nocopy: boolean, ...newer(edition, { subpath: string, labels }) }),
        tmpfs: object(edition === 'either' ? { size: types('integer', 'string'), mode: numeric } : { size: range(0) }),
        ...newer(edition, { image: object({ subpath: string }) }),
      },
      ['type'],
    ),
  );
