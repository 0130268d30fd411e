import { ok } from '../../base/result.ts';
import { type Answer, conflict } from '../fault.ts';
import { checkHostConfig } from './settings.ts';
import type { HostConfig } from './spec.ts';

/** What `docker update` can change; zero and empty mean: as it was. */
const RESOURCES = [
  'BlkioWeight',
  'CpuShares',
  'NanoCpus',
  'CpuPeriod',
  'CpuQuota',
  'CpuRealtimePeriod',
  'CpuRealtimeRuntime',
  'CpusetCpus',
  'CpusetMems',
  'Memory',
  'MemorySwap',
  'MemoryReservation',
  'PidsLimit',
];

/** The host config with other limits (container/container_unix.go, UpdateContainer). */
export function updateHostConfig(before: HostConfig, wanted: Readonly<Record<string, unknown>>): Answer<HostConfig> {
  const positive = (config: Readonly<Record<string, unknown>>, key: string) => Number(config[key] ?? 0) > 0;
  for (const [one, name, other, otherName] of [
    ['NanoCpus', 'Nano CPUs', 'CpuPeriod', 'CPU Period'],
    ['NanoCpus', 'Nano CPUs', 'CpuQuota', 'CPU Quota'],
    ['CpuPeriod', 'CPU Period', 'NanoCpus', 'NanoCPUs'],
    ['CpuQuota', 'CPU Quota', 'NanoCpus', 'NanoCPUs'],
  ] as const)
    if (positive(wanted, one) && positive(before, other))
      return conflict(`Conflicting options: ${name} cannot be updated as ${otherName} has already been set`);
  if (positive(wanted, 'Memory') && !wanted['MemorySwap'] && Number(wanted['Memory']) > Number(before['MemorySwap']))
    return conflict(
      'Memory limit should be smaller than already set memoryswap limit, update the memoryswap at the same time',
    );
  const policy = wanted['RestartPolicy'] as Partial<HostConfig['RestartPolicy']> | undefined;
  if (policy?.Name && before.AutoRemove && policy.Name !== 'no')
    return conflict('Restart policy cannot be updated because AutoRemove is enabled for the container');
  const changes = Object.fromEntries(RESOURCES.filter((key) => wanted[key]).map((key) => [key, wanted[key]]));
  const after: HostConfig = {
    ...before,
    ...changes,
    ...(policy?.Name && { RestartPolicy: { Name: policy.Name, MaximumRetryCount: policy.MaximumRetryCount ?? 0 } }),
  };
  const checked = checkHostConfig(after, { update: true });
  return checked.ok ? ok(after) : checked;
}
