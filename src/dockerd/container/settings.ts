import { ok } from '../../base/result.ts';
import { MEMORY_KIB, PROCESSORS } from '../../kernel/fs/proc/machine-files.ts';
import type { Netns } from '../../kernel/net/netns.ts';
import { parseSignal } from '../../kernel/syscalls/signal.ts';
import { type Answer, invalid, notHere } from '../fault.ts';
import type { ContainerConfig, HostConfig } from './spec.ts';

/** Settings that no container can have (daemon/container.go and daemon_unix.go, verifyContainerSettings). */

const SMALLEST_MEMORY = 6 * 2 ** 20;
const POLICIES = ['no', 'always', 'on-failure', 'unless-stopped'];
/** What keeps logs here, and what does elsewhere. */
export const LOG_DRIVERS = ['json-file', 'local', 'none'];
const OTHER_LOG_DRIVERS = ['awslogs', 'fluentd', 'gcplogs', 'gelf', 'journald', 'splunk', 'syslog'];
const NO_SWAPPINESS =
  'Your kernel does not support memory swappiness capabilities or the cgroup is not mounted. Memory swappiness discarded.';
const SHORTEST_CHECK = 1_000_000;

/** What the machine gives to containers. */
export const MACHINE = { processors: PROCESSORS, memory: MEMORY_KIB * 1024 } as const;

export function checkConfig(config: Pick<ContainerConfig, 'WorkingDir' | 'StopSignal' | 'Healthcheck'>): Answer<void> {
  const { WorkingDir, StopSignal, Healthcheck = {} } = config;
  if (WorkingDir !== '' && !WorkingDir.startsWith('/'))
    return invalid(`the working directory '${WorkingDir}' is invalid, it needs to be an absolute path`);
  if (StopSignal && !parseSignal(StopSignal)) return invalid(`invalid signal: ${StopSignal}`);
  for (const name of ['Interval', 'Timeout', 'StartPeriod', 'StartInterval'] as const) {
    const value = Healthcheck[name] ?? 0;
    if (value !== 0 && value < SHORTEST_CHECK) return invalid(`${name} in Healthcheck cannot be less than 1ms`);
  }
  return (Healthcheck.Retries ?? 0) < 0 ? invalid('Retries in Healthcheck cannot be negative') : ok();
}

/** @returns warnings about what was asked for in vain */
export function checkHostConfig(
  config: HostConfig,
  { update = false }: { readonly update?: boolean } = {},
): Answer<readonly string[]> {
  if (config.AutoRemove && !['no', ''].includes(config.RestartPolicy.Name))
    return invalid("can't create 'AutoRemove' container with restart policy");
  const policy = checkRestartPolicy(config.RestartPolicy);
  if (!policy.ok) return policy;
  const resources = checkResources(config, update);
  if (!resources.ok) return resources;
  const shared = (mode: unknown) => typeof mode === 'string' && /^container:.+$/.test(mode);
  if (!['', 'host', 'private', 'none', 'shareable'].includes(String(config['IpcMode'])) && !shared(config['IpcMode']))
    return invalid(`invalid IPC mode: ${String(config['IpcMode'])}`);
  if (!['', 'host'].includes(config.PidMode) && !shared(config.PidMode))
    return invalid(`invalid PID mode: ${config.PidMode}`);
  if (!['', 'host'].includes(config.UTSMode)) return invalid(`invalid UTS mode: ${config.UTSMode}`);
  if (!['', 'default'].includes(String(config['Isolation'])))
    return invalid(`invalid isolation '${String(config['Isolation'])}' on linux`);
  if (Number(config['CpuRealtimePeriod']) !== 0 || Number(config['CpuRealtimeRuntime']) !== 0)
    return invalid('kernel does not support CPU real-time scheduler');
  const runtime = String(config['Runtime']);
  if (!['runc', 'io.containerd.runc.v2'].includes(runtime))
    return invalid(`unknown or invalid runtime name: ${runtime}`);
  const log = String((config['LogConfig'] as { readonly Type?: unknown }).Type);
  if (!LOG_DRIVERS.includes(log))
    return OTHER_LOG_DRIVERS.includes(log)
      ? notHere(`this simulated host has no log driver ${log}: there are ${LOG_DRIVERS.join(', ')}`)
      : invalid(`logger: no log driver named '${log}' is registered`);
  const discarded = config.NetworkMode === 'host' && Object.keys(config.PortBindings).length > 0;
  const swappiness = config['MemorySwappiness'] !== null && config['MemorySwappiness'] !== undefined;
  return ok([
    ...(swappiness ? [NO_SWAPPINESS] : []),
    ...(discarded ? ['Published ports are discarded when using host network mode'] : []),
  ]);
}

/** Warnings about settings of `--sysctl` that a real kernel may well have, and this one hasn't. */
export const sysctlWarnings = (netns: Netns, { Sysctls }: HostConfig): readonly string[] =>
  Object.keys(Sysctls ?? {})
    .filter((name) => netns.sysctlGet(name) === undefined)
    .map((name) => `this simulated host has no setting ${name}: inspect shows it, and it does nothing`);

function checkRestartPolicy({ Name, MaximumRetryCount }: HostConfig['RestartPolicy']): Answer<void> {
  if (Name === '') return ok();
  if (!POLICIES.includes(Name))
    return invalid(
      `invalid restart policy: unknown policy '${Name}'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'`,
    );
  if (Name === 'on-failure')
    return MaximumRetryCount < 0 ? invalid('invalid restart policy: maximum retry count cannot be negative') : ok();
  if (MaximumRetryCount === 0) return ok();
  return invalid(
    `invalid restart policy: maximum retry count can only be used with 'on-failure'${MaximumRetryCount < 0 ? ' and cannot be negative' : ''}`,
  );
}

function checkResources(config: HostConfig, update: boolean): Answer<void> {
  const number = (key: string) => Number(config[key] ?? 0);
  const memory = number('Memory');
  const swap = number('MemorySwap');
  const reservation = number('MemoryReservation');
  if (memory !== 0 && memory < SMALLEST_MEMORY) return invalid('Minimum memory limit allowed is 6MB');
  if (memory > 0 && swap > 0 && swap < memory)
    return invalid('Minimum memoryswap limit should be larger than memory limit, see usage');
  if (memory === 0 && swap > 0 && !update)
    return invalid('You should always set the Memory limit when using Memoryswap limit, see usage');
  if (reservation > 0 && reservation < SMALLEST_MEMORY) return invalid('Minimum memory reservation allowed is 6MB');
  if (memory > 0 && reservation > memory)
    return invalid('Minimum memory limit can not be less than memory reservation limit, see usage');
  const cpus = number('NanoCpus');
  if (cpus > 0 && number('CpuPeriod') > 0)
    return invalid('Conflicting options: Nano CPUs and CPU Period cannot both be set');
  if (cpus > 0 && number('CpuQuota') > 0)
    return invalid('Conflicting options: Nano CPUs and CPU Quota cannot both be set');
  if (cpus < 0 || cpus > PROCESSORS * 1e9)
    return invalid(`range of CPUs is from 0.01 to ${PROCESSORS}.00, as there are only ${PROCESSORS} CPUs available`);
  const weight = number('BlkioWeight');
  if (weight > 0 && (weight < 10 || weight > 1000)) return invalid('Range of blkio weight is from 10 to 1000');
  if (number('ShmSize') < 0) return invalid('SHM size can not be less than 0');
  const adjustment = number('OomScoreAdj');
  if (adjustment < -1000 || adjustment > 1000)
    return invalid(`Invalid value ${adjustment}, range for oom score adj is [-1000, 1000]`);
  return ok();
}
