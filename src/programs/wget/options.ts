import type { Proc, Sys } from '../../kernel/syscalls/proc.ts';
import { getoptOptions } from '../libc/command-line.ts';
import { appletOptions, type Options, readNumber } from '../libc/options.ts';

const USAGE = `wget [-cqS] [--spider] [-O FILE] [-o LOGFILE] [--header STR]
	[--post-data STR | --post-file FILE] [-Y on/off]
	[-P DIR] [-U AGENT] [-T SEC] URL...

Get files over HTTP

	--spider	Only see whether the page is there
	--header STR	Add a header ('name: value')
	--post-data STR	Send STR with POST
	--post-file FILE	Send a file with POST
	-c		Go on with a file that was begun
	-q		Say nothing
	-P DIR		Save below DIR
	-S		Show the server's headers
	-T SEC		Give up after so long without data
	-O FILE		Save to FILE ('-' for standard output)
	-o LOGFILE	Say everything into a file
	-U STR		Another user agent
	-Y on/off	Taken, though this host has no proxies`;

const LONG = {
  continue: 'c',
  quiet: 'q',
  'server-response': 'S',
  'output-document': 'O',
  'output-file': 'o',
  'directory-prefix': 'P',
  proxy: 'Y',
  'user-agent': 'U',
  timeout: 'T',
  tries: 't',
  header: 'H',
  'post-data': 'D',
  'post-file': 'F',
  spider: 'X',
  'no-check-certificate': 'N',
  'passive-ftp': 'N',
  'no-cache': 'N',
  'no-verbose': 'N',
  'no-clobber': 'N',
  'no-host-directories': 'N',
  'no-parent': 'N',
};

const SPEC = 'cqSO:o:P:Y:U:T:t:H:D:F:XN';
/** Letters that stand for long options alone. */
const LONG_ONLY = /^-[HDFXN]$/;
const LIMITS = {
  Y: 'this host has no proxies',
  t: 'tries once',
  'no-check-certificate': 'there is no TLS here',
  'passive-ftp': 'there is no FTP here',
  'no-cache': 'without effect',
  'no-verbose': 'without effect',
  'no-clobber': 'without effect',
  'no-host-directories': 'without effect',
  'no-parent': 'without effect',
};

/** What wget's command line has. */
export const WGET_OPTIONS = getoptOptions(SPEC, { long: LONG, limits: LIMITS }).flatMap((option) => {
  const names = option.names.filter((name) => !LONG_ONLY.test(name));
  return names.length === 0 ? [] : [{ ...option, names }];
});

export interface WgetOptions {
  readonly urls: readonly string[];
  readonly quiet: boolean;
  readonly showHeaders: boolean;
  readonly spider: boolean;
  readonly resume: boolean;
  /** null: named like the remote one; `-`: standard output. */
  readonly output: string | null;
  readonly log: string | null;
  readonly folder: string | null;
  readonly agent: string;
  readonly headers: readonly string[];
  readonly postData: string | null;
  readonly postFile: string | null;
  /** Nanoseconds without data; 0: any. */
  readonly timeout: number;
}

/** Null after a complaint: the status is 1. */
export function* readOptions(proc: Proc): Sys<WgetOptions | null> {
  // -nv, -nc, -nH and -np belong to GNU's wget and say nothing here.
  const argv = proc.argv.slice(1).filter((arg) => !/^-n[vcHp]$/.test(arg));
  const given = yield* appletOptions(proc, 'wget', SPEC, USAGE, {
    argv,
    long: LONG,
    minimum: 1,
  });
  if (!given) return null;
  const seconds = readNumber(given.value('T') ?? '900', 0, 2 ** 31 - 1);
  if (typeof seconds === 'string') {
    yield* proc.write(2, `wget: ${seconds}\n`);
    return null;
  }
  return { urls: given.operands, ...settings(given), timeout: seconds * 1e9 };
}

const settings = (given: Options): Omit<WgetOptions, 'urls' | 'timeout'> => ({
  quiet: given.has('q'),
  showHeaders: given.has('S'),
  spider: given.has('X'),
  resume: given.has('c') && given.value('O') !== '-',
  output: given.value('O') ?? null,
  log: given.value('o') ?? null,
  folder: given.value('P') ?? null,
  agent: given.value('U') ?? 'Wget',
  headers: given.values('H'),
  postData: given.value('D') ?? null,
  postFile: given.value('F') ?? null,
});
