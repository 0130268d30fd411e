import { err, ok, type Result } from '../../../base/result.ts';

export interface HealthFlags {
  readonly 'health-cmd': string;
  readonly 'health-interval': number;
  readonly 'health-timeout': number;
  readonly 'health-start-period': number;
  readonly 'health-start-interval': number;
  readonly 'health-retries': number;
  readonly 'no-healthcheck': boolean;
}

/** The health check of `--health-*`; undefined where the image's own one stands. */
export function healthOf(flags: HealthFlags): Result<Readonly<Record<string, unknown>> | undefined, string> {
  const numbers = ['interval', 'timeout', 'retries', 'start-period', 'start-interval'] as const;
  const given = flags['health-cmd'] !== '' || numbers.some((name) => flags[`health-${name}`] !== 0);
  if (flags['no-healthcheck'])
    return given ? err('--no-healthcheck conflicts with --health-* options') : ok({ Test: ['NONE'] });
  if (!given) return ok(undefined);
  const negative = numbers.find((name) => flags[`health-${name}`] < 0);
  if (negative !== undefined) return err(`--health-${negative} cannot be negative`);
  const fields: Record<string, unknown> = {};
  if (flags['health-cmd'] !== '') fields['Test'] = ['CMD-SHELL', flags['health-cmd']];
  const add = (name: string, value: number): void => {
    if (value !== 0) fields[name] = value;
  };
  add('Interval', flags['health-interval']);
  add('Timeout', flags['health-timeout']);
  add('StartPeriod', flags['health-start-period']);
  add('StartInterval', flags['health-start-interval']);
  add('Retries', flags['health-retries']);
  return ok(fields);
}
