import { atLeast } from '../../command/argument-rule.ts';
import { defineCommand } from '../../command/command.ts';
import { bytes, decimal, int, string } from '../../command/flag.ts';
import { containerNames, words } from '../completion.ts';
import { parseRestartPolicy } from './checks.ts';

const NO_LIMITS = 'shown by inspect; nothing is limited';

const FLAGS = {
  'blkio-weight': int('Weight for block IO, 10 to 1000 (0: off)', { type: 'uint16', limit: NO_LIMITS }),
  'cpu-period': int('Period of the CPU scheduler', { limit: NO_LIMITS }),
  'cpu-quota': int('Quota of the CPU scheduler', { limit: NO_LIMITS }),
  'cpu-rt-period': int('Period of real-time processes, in microseconds'),
  'cpu-rt-runtime': int('Time of real-time processes, in microseconds'),
  'cpu-shares': int('CPU shares (relative weight)', { short: 'c', limit: NO_LIMITS }),
  cpus: decimal('Number of CPUs', { limit: NO_LIMITS }),
  'cpuset-cpus': string('CPUs that may run it (0-3, 0,1)', { limit: NO_LIMITS }),
  'cpuset-mems': string('Memory nodes that it may use (0-3, 0,1)', { limit: NO_LIMITS }),
  memory: bytes('Memory limit', { short: 'm', limit: NO_LIMITS }),
  'memory-reservation': bytes('Soft memory limit', { limit: NO_LIMITS }),
  'memory-swap': bytes("Memory and swap together: '-1' for no limit on swap", { limit: NO_LIMITS }),
  'pids-limit': int('Limit on processes (-1: none)'),
  restart: string('What to do when it exits'),
} as const;

/** `docker update`: other limits and another restart policy for containers that are there already. */
export const update = defineCommand({
  use: 'update [OPTIONS] CONTAINER [CONTAINER...]',
  short: 'Change the limits of containers',
  top: 'update [OPTIONS] CONTAINER [CONTAINER...]',
  args: atLeast(1),
  flags: FLAGS,
  complete: containerNames({ all: true }),
  completeFlag: { restart: words('always', 'no', 'on-failure', 'unless-stopped') },
  *run({ cli, flags, args, changed }) {
    const names = Object.keys(FLAGS) as (keyof typeof FLAGS)[];
    if (!names.some((name) => changed(name)))
      return yield* cli.fail('you must provide one or more flags when using this command');
    const policy = parseRestartPolicy(flags.restart);
    if (!policy.ok) return yield* cli.fail(policy.error);
    const body = {
      BlkioWeight: flags['blkio-weight'],
      CpusetCpus: flags['cpuset-cpus'],
      CpusetMems: flags['cpuset-mems'],
      CpuShares: flags['cpu-shares'],
      Memory: flags.memory,
      MemoryReservation: flags['memory-reservation'],
      MemorySwap: flags['memory-swap'],
      CpuPeriod: flags['cpu-period'],
      CpuQuota: flags['cpu-quota'],
      CpuRealtimePeriod: flags['cpu-rt-period'],
      CpuRealtimeRuntime: flags['cpu-rt-runtime'],
      NanoCpus: Math.round(flags.cpus * 1e9),
      ...(flags['pids-limit'] === 0 ? {} : { PidsLimit: flags['pids-limit'] }),
      RestartPolicy: policy.value,
    };
    const warnings: string[] = [];
    const failures: string[] = [];
    for (const name of args) {
      const updated = yield* cli.call<{ Warnings?: string[] | null }>('POST', `/containers/${name}/update`, { body });
      if (!updated.ok) {
        failures.push(updated.error.message);
        continue;
      }
      yield* cli.out(`${name}\n`);
      warnings.push(...(updated.value.Warnings ?? []));
    }
    if (warnings.length > 0) yield* cli.out(`${warnings.join('\n')}\n`);
    return failures.length === 0 ? 0 : yield* cli.fail(failures.join('\n'));
  },
});
