import { wordOptions } from '../libc/command-line.ts';

export interface NginxOptions {
  readonly file: string;
  readonly directives: string;
  readonly errorLog: string | null;
  readonly version: boolean;
  readonly configure: boolean;
  readonly help: boolean;
  readonly test: boolean;
  readonly dump: boolean;
  readonly quiet: boolean;
  readonly signal: string | null;
}

export const USAGE = `Usage: nginx [-?hvVtTq] [-s signal] [-p prefix]
             [-e filename] [-c filename] [-g directives]

Options:
  -?,-h         : print this text
  -v            : print the version
  -V            : print the version and how it was built
  -t            : look through the configuration and say whether it is good
  -T            : the same, and print it
  -q            : with -t, say only what is wrong
  -s signal     : tell the master process: stop, quit, reopen, reload
  -p prefix     : folder that relative names start from (default: /etc/nginx/)
  -e filename   : error log until the configuration names one (default: /var/log/nginx/error.log)
  -c filename   : configuration file (default: /etc/nginx/nginx.conf)
  -g directives : directives besides those of the file

`;

/** What nginx's command line has. */
export const NGINX_OPTIONS = wordOptions(
  ['-?', '-h', '-v', '-V', '-t', '-T', '-q', '-s=', '-p=', '-e=', '-c=', '-g='],
  { p: 'names start from /etc/nginx/ in any case' },
);

/** Options as nginx reads them: letters may stand together, values follow or stick (core/nginx.c, ngx_get_options). */
export function readOptions(args: readonly string[]): NginxOptions | string {
  const set = { version: false, configure: false, help: false, test: false, dump: false, quiet: false };
  let { file, directives, errorLog, signal }: Pick<NginxOptions, 'file' | 'directives' | 'errorLog' | 'signal'> = {
    file: '/etc/nginx/nginx.conf',
    directives: '',
    errorLog: null,
    signal: null,
  };
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string;
    if (!arg.startsWith('-')) return `invalid option: "${arg}"`;
    for (let k = 1; k < arg.length; k++) {
      const letter = arg[k] as string;
      if ('psecg'.includes(letter)) {
        const value = arg.slice(k + 1) || args[++i];
        if (value === undefined || value === '') return needs(letter);
        if (letter === 's' && !/^(stop|quit|reopen|reload)$/.test(value)) return `invalid option: "-s ${value}"`;
        if (letter === 's') signal = value;
        else if (letter === 'e') errorLog = value;
        else if (letter === 'c') file = value.startsWith('/') ? value : `/etc/nginx/${value}`;
        else if (letter === 'g') directives = value;
        break;
      }
      if (letter === '?' || letter === 'h') set.help = set.version = true;
      else if (letter === 'v') set.version = true;
      else if (letter === 'V') set.configure = set.version = true;
      else if (letter === 't') set.test = true;
      else if (letter === 'T') set.dump = set.test = true;
      else if (letter === 'q') set.quiet = true;
      else return `invalid option: "${letter}"`;
    }
  }
  return { ...set, file, directives, errorLog, signal };
}

function needs(letter: string): string {
  if (letter === 'p') return 'option "-p" requires directory name';
  if (letter === 's') return 'option "-s" requires parameter';
  return letter === 'g' ? 'option "-g" requires parameter' : `option "-${letter}" requires file name`;
}
