import type { CommandLineOption } from '../libc/command-line.ts';
import { HELP_HINT } from './help.ts';

/** Options that take no word; `--no-NAME` says the opposite. */
const FLAGS = [
  'anyauth',
  'basic',
  'buffer',
  'compressed',
  'create-dirs',
  'disable',
  'fail',
  'fail-early',
  'fail-with-body',
  'get',
  'globoff',
  'head',
  'http0.9',
  'http1.0',
  'http1.1',
  'include',
  'insecure',
  'ipv4',
  'ipv6',
  'keepalive',
  'location',
  'location-trusted',
  'path-as-is',
  'progress-bar',
  'progress-meter',
  'raw',
  'remote-name',
  'remote-name-all',
  'retry-all-errors',
  'retry-connrefused',
  'show-error',
  'silent',
  'tcp-nodelay',
  'verbose',
  'version',
] as const;

const VALUES = [
  'connect-timeout',
  'cookie',
  'data',
  'data-ascii',
  'data-binary',
  'data-raw',
  'data-urlencode',
  'dump-header',
  'header',
  'json',
  'max-redirs',
  'max-time',
  'noproxy',
  'output',
  'output-dir',
  'range',
  'referer',
  'request',
  'resolve',
  'retry',
  'retry-delay',
  'retry-max-time',
  'stderr',
  'upload-file',
  'url',
  'url-query',
  'user',
  'user-agent',
  'write-out',
] as const;

/** Real options that would do what this host doesn't have. */
const NOT_MODELLED = new Set(
  `cacert cert cert-type ciphers config connect-to continue-at cookie-jar digest ech form form-string http2 http3
  interface junk-session-cookies key limit-rate local-port mail-from negotiate netrc next ntlm oauth2-bearer parallel
  pinnedpubkey proxy proxy-user quote request-target socks4 socks5 socks5-hostname speed-limit speed-time ssl ssl-reqd
  telnet-option time-cond tls-max tlsv1.2 tlsv1.3 trace trace-ascii unix-socket xattr`.split(/\s+/),
);

export type FlagName = (typeof FLAGS)[number];
export type ValueName = (typeof VALUES)[number];

const SHORT: Readonly<Record<string, FlagName | ValueName>> = {
  '#': 'progress-bar',
  0: 'http1.0',
  4: 'ipv4',
  6: 'ipv6',
  A: 'user-agent',
  b: 'cookie',
  d: 'data',
  D: 'dump-header',
  e: 'referer',
  f: 'fail',
  G: 'get',
  g: 'globoff',
  H: 'header',
  I: 'head',
  i: 'include',
  k: 'insecure',
  L: 'location',
  m: 'max-time',
  N: 'buffer',
  O: 'remote-name',
  o: 'output',
  q: 'disable',
  r: 'range',
  S: 'show-error',
  s: 'silent',
  T: 'upload-file',
  u: 'user',
  V: 'version',
  v: 'verbose',
  w: 'write-out',
  X: 'request',
};

const SHORT_NOT_MODELLED: Readonly<Record<string, string>> = {
  c: 'cookie-jar',
  C: 'continue-at',
  E: 'cert',
  F: 'form',
  K: 'config',
  n: 'netrc',
  U: 'proxy-user',
  x: 'proxy',
  Z: 'parallel',
};

const namesOf = (name: string, letters: Readonly<Record<string, string>>) => [
  ...Object.keys(letters)
    .filter((letter) => letters[letter] === name)
    .map((letter) => `-${letter}`),
  `--${name}`,
];

const REFUSED = 'refused: not modelled';

/** What curl's command line has. */
export const CURL_OPTIONS: readonly CommandLineOption[] = [
  ...FLAGS.map((name) => ({ names: namesOf(name, SHORT), takesValue: false })),
  ...VALUES.map((name) => ({ names: namesOf(name, SHORT), takesValue: true })),
  ...[...NOT_MODELLED].map((name) => ({ names: namesOf(name, SHORT_NOT_MODELLED), takesValue: false, limit: REFUSED })),
];

const NUMBERS = new Set<string>([
  'connect-timeout',
  'max-redirs',
  'max-time',
  'retry',
  'retry-delay',
  'retry-max-time',
]);

export interface GivenValue {
  readonly name: ValueName;
  readonly value: string;
}

/** A command line of curl, once read. */
export class CurlOptions {
  readonly flags = new Set<FlagName>();
  readonly values: GivenValue[] = [];
  readonly urls: string[] = [];
  /** Whether help was asked for: a category of options. */
  help: string | null = null;

  has(name: FlagName): boolean {
    return this.flags.has(name);
  }

  value(name: ValueName): string | undefined {
    return this.values.findLast((each) => each.name === name)?.value;
  }

  all(...names: readonly ValueName[]): readonly GivenValue[] {
    return this.values.filter((each) => names.includes(each.name));
  }

  number(name: ValueName): number | undefined {
    const value = this.value(name);
    return value === undefined ? undefined : Number(value);
  }
}

/** Reads the command line (src/tool_getparam.c). A text is what curl complains, with exit status 2. */
export function readOptions(args: readonly string[]): CurlOptions | string {
  const options = new CurlOptions();
  let onlyUrls = false;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string;
    if (onlyUrls || !arg.startsWith('-') || arg === '-') {
      options.urls.push(arg);
      continue;
    }
    if (arg === '--') {
      onlyUrls = true;
      continue;
    }
    if (arg === '-h' || arg === '--help') {
      options.help = args[i + 1] ?? '';
      return options;
    }
    const read = arg.startsWith('--') ? readLong(options, arg, args[i + 1]) : readShort(options, arg, args[i + 1]);
    if (typeof read === 'string') return read;
    i += read;
  }
  options.urls.push(...options.all('url').map(({ value }) => value));
  return options;
}

const complaint = (option: string, what: string) => `curl: option ${option}: ${what}\n${HELP_HINT}`;
const notModelled = (option: string) => `curl: option ${option}: is not modelled on this simulated host\n`;

/** @returns how many words besides the option itself were used */
function readLong(options: CurlOptions, arg: string, next: string | undefined): number | string {
  const name = arg.slice(2);
  if (NOT_MODELLED.has(name)) return notModelled(arg);
  const positive = name.replace(/^no-/, '');
  const flag = FLAGS.find((each) => each === positive) ?? abbreviated(FLAGS, positive);
  const value = VALUES.find((each) => each === name);
  if (value) return takeValue(options, arg, value, next, 1);
  if (flag) {
    setFlag(options, flag, positive === name);
    return 0;
  }
  const long = abbreviated(VALUES, name);
  return long ? takeValue(options, arg, long, next, 1) : complaint(arg, 'is unknown');
}

function abbreviated<T extends string>(names: readonly T[], text: string): T | undefined {
  const found = names.filter((name) => name.startsWith(text));
  return found.length === 1 ? found[0] : undefined;
}

function readShort(options: CurlOptions, arg: string, next: string | undefined): number | string {
  for (let k = 1; k < arg.length; k++) {
    const letter = arg[k] as string;
    if (SHORT_NOT_MODELLED[letter] !== undefined) return notModelled(`-${letter}`);
    const name = SHORT[letter];
    if (name === undefined) return complaint(arg, 'is unknown');
    const value = VALUES.find((each) => each === name);
    if (value) {
      const rest = arg.slice(k + 1);
      return rest === '' ? takeValue(options, arg, value, next, 1) : takeValue(options, arg, value, rest, 0);
    }
    setFlag(options, name as FlagName, letter !== 'N');
  }
  return 0;
}

function setFlag(options: CurlOptions, flag: FlagName, on: boolean): void {
  if (on) options.flags.add(flag);
  else options.flags.delete(flag);
}

function takeValue(
  options: CurlOptions,
  arg: string,
  name: ValueName,
  value: string | undefined,
  used: number,
): number | string {
  if (value === undefined) return complaint(arg, 'requires parameter');
  if (NUMBERS.has(name) && !/^-?\d+(\.\d+)?$/.test(value))
    return complaint(arg, 'expected a proper numerical parameter');
  if (NUMBERS.has(name) && value.startsWith('-') && name !== 'max-redirs')
    return complaint(arg, 'expected a positive numerical parameter');
  options.values.push({ name, value });
  return used;
}
