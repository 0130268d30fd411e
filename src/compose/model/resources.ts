import { parseByteSize } from '../../base/byte-size.ts';
import { asData, asList, asStrings, asText, type Data } from './normalise.ts';

/** Numbers of bytes in a service, by their place in the engine's HostConfig. */
const SIZES = [
  ['mem_limit', 'Memory'],
  ['memswap_limit', 'MemorySwap'],
  ['mem_reservation', 'MemoryReservation'],
  ['shm_size', 'ShmSize'],
] as const;

const NUMBERS = [
  ['mem_swappiness', 'MemorySwappiness'],
  ['cpu_shares', 'CpuShares'],
  ['cpu_period', 'CpuPeriod'],
  ['cpu_quota', 'CpuQuota'],
  ['cpu_rt_period', 'CpuRealtimePeriod'],
  ['cpu_rt_runtime', 'CpuRealtimeRuntime'],
  ['oom_score_adj', 'OomScoreAdj'],
  ['pids_limit', 'PidsLimit'],
] as const;

const TEXTS = [
  ['cgroup_parent', 'CgroupParent'],
  ['cpuset', 'CpusetCpus'],
  ['isolation', 'Isolation'],
  ['runtime', 'Runtime'],
  ['userns_mode', 'UsernsMode'],
] as const;

/**
 * What a service asks of its machine, as the engine's HostConfig says it: both faces hand it on, and it is the engine's to
 * say what it can't do (pkg/compose/create.go, getDeployResources; compose/service.py, _get_container_host_config).
 */
export function resourcesOf(service: Data): Data {
  const blkio = asData(service['blkio_config']);
  const logging = asData(service['logging']);
  return {
    ...picked(service, SIZES, (value) => parseByteSize(String(value)) ?? 0),
    ...picked(service, NUMBERS, Number),
    ...picked(service, TEXTS, String),
    ...(service['cpus'] !== undefined && { NanoCpus: nanoCpus(service['cpus']) }),
    ...(service['oom_kill_disable'] !== undefined && { OomKillDisable: service['oom_kill_disable'] === true }),
    ...(blkio['weight'] !== undefined && { BlkioWeight: Number(blkio['weight']) }),
    ...(asList(service['devices']).length > 0 && { Devices: asList(service['devices']).map(deviceOf) }),
    ...(asList(service['device_cgroup_rules']).length > 0 && {
      DeviceCgroupRules: asStrings(service['device_cgroup_rules']),
    }),
    ...(service['ulimits'] !== undefined && { Ulimits: ulimitsOf(asData(service['ulimits'])) }),
    ...(service['storage_opt'] !== undefined && { StorageOpt: asData(service['storage_opt']) }),
    ...(service['logging'] !== undefined && {
      LogConfig: { Type: asText(logging['driver']) ?? '', Config: textsOf(asData(logging['options'])) },
    }),
  };
}

/** `deploy.resources`: what Docker Swarm would hold a service to, and docker compose a container (setLimits, setReservations). */
export function deployedResources(service: Data): Data {
  const resources = asData(asData(service['deploy'])['resources']);
  const limits = asData(resources['limits']);
  const reservations = asData(resources['reservations']);
  return {
    ...picked(limits, [['memory', 'Memory']], (value) => parseByteSize(String(value)) ?? 0),
    ...(limits['cpus'] !== undefined && { NanoCpus: nanoCpus(limits['cpus']) }),
    ...(Number(limits['pids'] ?? 0) > 0 && { PidsLimit: Number(limits['pids']) }),
    ...picked(reservations, [['memory', 'MemoryReservation']], (value) => parseByteSize(String(value)) ?? 0),
  };
}

const nanoCpus = (value: unknown): number => Math.round(Number(value) * 1e9);

const textsOf = (data: Data): Data =>
  Object.fromEntries(Object.entries(data).map(([name, value]) => [name, asText(value) ?? '']));

function picked(
  data: Data,
  places: readonly (readonly [string, string])[],
  read: (value: unknown) => string | number,
): Data {
  return Object.fromEntries(
    places.flatMap(([key, place]) => (data[key] === undefined ? [] : [[place, read(data[key])] as const])),
  );
}

/** One number is both limits. */
function ulimitsOf(ulimits: Data): readonly Data[] {
  return Object.entries(ulimits)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([Name, value]) => {
      const both = asData(value);
      const single = typeof value === 'object' ? undefined : value;
      return { Name, Hard: Number(single ?? both['hard']), Soft: Number(single ?? both['soft']) };
    });
}

/** `/dev/a:/dev/b:rwm`, or the same in its long form. */
function deviceOf(device: unknown): Data {
  const long = asData(device);
  const [source = '', target = source, permissions = 'rwm'] = typeof device === 'string' ? device.split(':') : [];
  return {
    PathOnHost: asText(long['source']) ?? source,
    PathInContainer: asText(long['target']) ?? asText(long['source']) ?? target,
    CgroupPermissions: asText(long['permissions']) ?? permissions,
  };
}
