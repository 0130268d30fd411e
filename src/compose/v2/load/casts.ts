import { err, ok, type Result } from '../../../base/result.ts';
import type { Path } from '../../schema/shape.ts';
import { matches, pattern, type Pattern } from './tree.ts';

/** Texts that become numbers and switches once their variables are replaced (compose-go loader/interpolate.go). */

type Cast = (text: string) => Result<unknown, string>;

const BOOLEANS = [
  'services.*.init',
  'services.*.healthcheck.disable',
  'services.*.oom_kill_disable',
  'services.*.privileged',
  'services.*.read_only',
  'services.*.stdin_open',
  'services.*.tty',
  'services.*.volumes.[].read_only',
  'services.*.volumes.[].volume.nocopy',
  'networks.*.external',
  'networks.*.internal',
  'networks.*.attachable',
  'networks.*.enable_ipv4',
  'networks.*.enable_ipv6',
  'volumes.*.external',
  'secrets.*.external',
  'configs.*.external',
];
const INTEGERS = [
  'services.*.deploy.replicas',
  'services.*.deploy.update_config.parallelism',
  'services.*.deploy.rollback_config.parallelism',
  'services.*.deploy.restart_policy.max_attempts',
  'services.*.deploy.placement.max_replicas_per_node',
  'services.*.healthcheck.retries',
  'services.*.ports.[].target',
  'services.*.scale',
  'services.*.ulimits.*',
  'services.*.ulimits.*.hard',
  'services.*.ulimits.*.soft',
];
const LARGE_INTEGERS = [
  'services.*.cpu_count',
  'services.*.cpu_period',
  'services.*.cpu_quota',
  'services.*.cpu_rt_period',
  'services.*.cpu_rt_runtime',
  'services.*.cpu_shares',
  'services.*.oom_score_adj',
  'services.*.pids_limit',
];
const FLOATS = [
  'services.*.cpu_percent',
  'services.*.cpus',
  'services.*.deploy.update_config.max_failure_ratio',
  'services.*.deploy.rollback_config.max_failure_ratio',
];

const CASTS: readonly (readonly [Pattern, Cast])[] = [
  ...BOOLEANS.map((each) => [pattern(each), toBoolean] as const),
  ...INTEGERS.map((each) => [pattern(each), toInteger('Atoi')] as const),
  ...LARGE_INTEGERS.map((each) => [pattern(each), toInteger('ParseInt')] as const),
  ...FLOATS.map((each) => [pattern(each), toFloat] as const),
];

/** What a text at this place becomes; the text itself where nothing else is wanted. */
export function cast(path: Path, text: string): Result<unknown, string> {
  const found = CASTS.find(([wanted]) => matches(path, wanted));
  return found ? found[1](text) : ok(text);
}

function toInteger(name: string): Cast {
  return (text) =>
    /^[+-]?\d+$/.test(text)
      ? ok(Number(text))
      : err(`strconv.${name}: parsing ${JSON.stringify(text)}: invalid syntax`);
}

function toFloat(text: string): Result<number, string> {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)
    ? ok(Number(text))
    : err(`strconv.ParseFloat: parsing ${JSON.stringify(text)}: invalid syntax`);
}

function toBoolean(text: string): Result<boolean, string> {
  const word = text.toLowerCase();
  if (['true', 'y', 'yes', 'on'].includes(word)) return ok(true);
  if (['false', 'n', 'no', 'off'].includes(word)) return ok(false);
  return err(`invalid boolean: ${text}`);
}
