import { err, ok, type Result } from '../../../base/result.ts';
import { quote } from '../../command/flag.ts';
import { isIp } from '../address-check.ts';

/** Checks of single flag values, with docker's words (docker/cli opts). */
export function checkIp(text: string): Result<string, string> {
  return isIp(text.trim()) ? ok(text.trim()) : err(`IP address is not correctly formatted: ${text}`);
}

export function checkExtraHost(text: string): Result<string, string> {
  const separator = text.includes('=') ? '=' : ':';
  const at = text.indexOf(separator);
  const name = text.slice(0, at);
  if (at <= 0 || name.includes(':')) return err(`bad format for add-host: ${quote(text)}`);
  const given = text.slice(at + 1);
  const address = /^\[(.+)\]$/.exec(given)?.[1] ?? given;
  if (address !== 'host-gateway' && !isIp(address)) return err(`invalid IP address in add-host: ${quote(address)}`);
  return ok(`${name}:${address}`);
}

export function checkLabel(text: string): Result<string, string> {
  const key = (text.split('=')[0] as string).trimStart();
  if (key === '') return err(`invalid label '${text}': empty name`);
  return /[ \t]/.test(key) ? err(`label '${key}' contains whitespaces`) : ok(text);
}

export function checkLink(text: string): Result<string, string> {
  if (text === '') return err('empty string specified for links');
  return text.split(':').length > 2 ? err(`bad format for links: ${text}`) : ok(text);
}

export function checkEnv(text: string): Result<string, string> {
  return text.startsWith('=') || text === '' ? err(`invalid environment variable: ${text}`) : ok(text);
}

export function checkAttach(text: string): Result<string, string> {
  const stream = text.toLowerCase();
  return ['stdin', 'stdout', 'stderr'].includes(stream)
    ? ok(stream)
    : err('valid streams are STDIN, STDOUT and STDERR');
}

export function checkDomain(text: string): Result<string, string> {
  const domain = text.trim();
  const valid = domain === '.' || (/[a-zA-Z]/.test(domain) && /^[\w-]+(\.[\w-]+)*\.?$/.test(domain));
  return valid ? ok(domain.replace(/(.)\.$/, '$1')) : err(`${text} is not a valid domain`);
}

const KERNEL_SYSCTLS = ['msgmax', 'msgmnb', 'msgmni', 'sem', 'shmall', 'shmmax', 'shmmni', 'shm_rmid_forced'];

export function checkSysctl(text: string): Result<string, string> {
  const [key, value] = text.split('=') as [string, string | undefined];
  const known = KERNEL_SYSCTLS.includes(key.replace(/^kernel\./, '')) && key.startsWith('kernel.');
  if (value === undefined || !(known || key.startsWith('net.') || key.startsWith('fs.mqueue.')))
    return err(`sysctl '${text}' is not allowed`);
  return ok(text);
}

const ULIMITS = 'core cpu data fsize locks memlock msgqueue nice nofile nproc rss rtprio rttime sigpending stack'.split(
  ' ',
);

/** `nofile=1024:2048` (go-units ParseUlimit). */
export function checkUlimit(text: string): Result<string, string> {
  const [name = '', limits, ...more] = text.split('=');
  if (limits === undefined || more.length > 0) return err(`invalid ulimit argument: ${text}`);
  if (!ULIMITS.includes(name)) return err(`invalid ulimit type: ${name}`);
  const numbers = limits.split(':');
  if (numbers.length > 2)
    return err(`too many limit value arguments - ${limits}, can only have up to two, \`soft[:hard]\``);
  const wrong = numbers.find((each) => !/^-?\d+$/.test(each));
  if (wrong !== undefined) return err(`strconv.ParseInt: parsing ${quote(wrong)}: invalid syntax`);
  const [soft = 0, hard = soft] = numbers.map(Number);
  if (hard !== -1 && (soft > hard || soft === -1))
    return err(`ulimit soft limit must be less than or equal to hard limit: ${soft} > ${hard}`);
  return ok(text);
}

/** `on-failure:3` to the API's policy. */
export function parseRestartPolicy(
  text: string,
): Result<{ readonly Name: string; readonly MaximumRetryCount: number }, string> {
  if (text === '') return ok({ Name: '', MaximumRetryCount: 0 });
  const [name = '', count, ...rest] = text.split(':');
  if (rest.length > 0) return err(`invalid restart policy format: maximum retry count must be an integer`);
  if (name === '') return err('invalid restart policy format: no policy provided before colon');
  if (count === undefined) return ok({ Name: name, MaximumRetryCount: 0 });
  if (!/^-?\d+$/.test(count)) return err('invalid restart policy format: maximum retry count must be an integer');
  return ok({ Name: name, MaximumRetryCount: Number(count) });
}
