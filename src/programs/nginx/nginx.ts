import type { Proc, Sys } from '../../kernel/syscalls/proc.ts';
import type { Signal } from '../../kernel/syscalls/signal.ts';
import { numberedError } from '../libc/errno-number.ts';
import { readWholeFile } from '../libc/resolve.ts';
import { find } from './config/directive.ts';
import { loadConfig, type Loaded } from './load.ts';
import { NGINX_OPTIONS, readOptions, USAGE, type NginxOptions } from './options.ts';
import { Console, DEFAULT_ERROR_LOG } from './server/console.ts';
import { VERSION } from './server/cycle.ts';
import { Master } from './server/master.ts';
import { startCycle } from './server/start.ts';
import { declareProgram } from '../libc/command-line.ts';

const PID_FILE = '/run/nginx.pid';

const SIGNAL_WORDS: Readonly<Record<string, Signal>> = {
  stop: 'SIGTERM',
  quit: 'SIGQUIT',
  reopen: 'SIGUSR1',
  reload: 'SIGHUP',
};

/** What loading the program and its libraries takes. */
const LOAD_TIME = 3e6;

/** nginx, as far as its http module: the command line (core/nginx.c). */
export const nginx = declareProgram({ options: NGINX_OPTIONS }, function* (proc) {
  yield* proc.cpu(LOAD_TIME);
  const options = readOptions(proc.argv.slice(1));
  if (typeof options === 'string') {
    yield* proc.write(2, `nginx: ${options}\n`);
    return 1;
  }
  if (options.version) {
    yield* proc.write(2, `nginx version: nginx/${VERSION}\n`);
    if (options.help) yield* proc.write(2, USAGE);
    if (options.configure)
      yield* proc.write(
        2,
        'built by gcc 16.2.0 (Debian 16.2.0-3)\nconfigure arguments: --prefix=/etc/nginx --sbin-path=/usr/sbin/nginx --conf-path=/etc/nginx/nginx.conf --error-log-path=/var/log/nginx/error.log --http-log-path=/var/log/nginx/access.log --pid-path=/run/nginx.pid --user=nginx --group=nginx\n',
      );
    if (!options.test) return 0;
  }
  const console = yield* Console.open(proc, options.errorLog ?? DEFAULT_ERROR_LOG, { quiet: options.quiet });
  const loaded = yield* loadConfig(proc, options);
  if (!loaded.ok) {
    yield* console.say('emerg', loaded.error);
    if (options.test) yield* proc.write(2, `nginx: configuration file ${options.file} test failed\n`);
    return 1;
  }
  for (const warning of loaded.value.warnings) yield* console.say('warn', warning);
  if (options.test) return yield* report(proc, options, loaded.value);
  if (options.signal !== null) return yield* sendSignal(proc, options.signal, pidFile(loaded.value), console);
  return yield* serve(proc, options, loaded.value, console);
});

const pidFile = ({ main }: Loaded) => find(main, 'pid')?.args[0] ?? PID_FILE;

function* report(proc: Proc, { file, quiet, dump }: NginxOptions, { files }: Loaded): Sys<number> {
  if (!quiet) {
    yield* proc.write(2, `nginx: the configuration file ${file} syntax is ok\n`);
    yield* proc.write(2, `nginx: configuration file ${file} test is successful\n`);
  }
  if (dump) for (const { path, text } of files) yield* proc.write(1, `# configuration file ${path}:\n${text}\n`);
  return 0;
}

function* sendSignal(proc: Proc, word: string, path: string, console: Console): Sys<number> {
  yield* console.say('notice', 'signal process started');
  const text = yield* readWholeFile(proc, path);
  if (text === null) {
    yield* console.say('error', `open() "${path}" failed (${numberedError('ENOENT', proc.library)})`);
    return 1;
  }
  const pid = text.trim();
  if (!/^\d+$/.test(pid)) {
    yield* console.say('error', `invalid PID number "${pid}" in "${path}"`);
    return 1;
  }
  const killed = yield* proc.kill(Number(pid), SIGNAL_WORDS[word] as Signal);
  if (killed.ok) return 0;
  yield* console.say('alert', `kill(${pid}, ${word}) failed (3: No such process)`);
  return 1;
}

function* serve(proc: Proc, options: NginxOptions, loaded: Loaded, console: Console): Sys<number> {
  const { main } = loaded;
  const cycle = yield* startCycle(proc, loaded, null, console);
  if (!cycle) return 1;
  const path = pidFile(loaded);
  const title = proc.argv.join(' ');
  function* lead(leader: Proc): Sys<number> {
    const file = yield* leader.open(path, { write: true, create: true, truncate: true }, 0o644);
    if (file.ok) {
      yield* leader.write(file.value, `${leader.pid}\n`);
      yield* leader.close(file.value);
    }
    const own = cycle as NonNullable<typeof cycle>;
    const master = new Master(leader, own, function* (old) {
      const again = yield* loadConfig(leader, options);
      const log = yield* Console.open(leader, old.errorLog.path, { silent: true });
      if (!again.ok) yield* log.say('emerg', again.error);
      else for (const warning of again.value.warnings) yield* log.say('warn', warning);
      const next = again.ok ? yield* startCycle(leader, again.value, old, log) : null;
      yield* log.close();
      return next;
    });
    yield* master.run(title);
    if (file.ok) yield* leader.unlink(path);
    return 0;
  }
  yield* console.close();
  if (find(main, 'daemon')?.args[0]?.toLowerCase() === 'off') return yield* lead(proc);
  const fds = [...cycle.files, ...cycle.listening].map(({ fd }) => [fd, fd] as const);
  yield* proc.spawn({ run: { program: lead }, argv: proc.argv, session: 'new', fds: [[0, 0], [1, 1], [2, 2], ...fds] });
  return 0;
}
