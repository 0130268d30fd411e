import { strerror } from '../../kernel/syscalls/errno.ts';
import type { Pid, Proc, Sys } from '../../kernel/syscalls/proc.ts';
import { SIGNALS } from '../../kernel/syscalls/signal.ts';
import { candidates } from '../coreutils/system/run-command.ts';
import { declareProgram, getoptOptions } from '../libc/command-line.ts';
import { hostOptions } from '../libc/options.ts';

const USAGE = `Try 'nsenter --help' for more information.\n`;
const HELP = `
Usage:
 nsenter [options] [<program> [<argument>...]]

Run a program with namespaces of other processes.

Options:
 -a, --all              all namespaces
 -t, --target <pid>     the process to get namespaces from
 -m, --mount            its mounts
 -u, --uts              its host name
 -n, --net              its network
 -p, --pid              its processes
 -h, --help             this text
`;
const SPEC = 'at:mnpuih';
const LONG = { all: 'a', target: 't', mount: 'm', uts: 'u', net: 'n', pid: 'p', ipc: 'i', help: 'h' };
const NAMESPACES = { n: 'net', m: 'mount', p: 'pid', u: 'uts' } as const;

/** nsenter(1): runs a program with namespaces of another process; `-i` is taken, since there is no System V IPC. Left out: files in place of pids. */
export const nsenter = declareProgram({ options: getoptOptions(SPEC, { long: LONG }) }, function* (proc) {
  const options = yield* hostOptions(proc, 'nsenter', SPEC, USAGE, { long: LONG, stopEarly: true });
  if (!options) return 1;
  if (options.has('h')) {
    yield* proc.write(1, HELP);
    return 0;
  }
  const fail = function* (text: string, status = 1) {
    yield* proc.write(2, `nsenter: ${text}\n`);
    return status;
  };
  const own = proc.argv.slice(1, proc.argv.length - options.operands.length);
  const file = own.find((word) => /^(--(net|mount|uts|pid|ipc)=|-[nmupi][./])/.test(word));
  if (file !== undefined)
    return yield* fail(`${file}: namespaces have no files on this simulated host; give a process: nsenter -t PID -n`);
  const target = options.value('t');
  const letters = (['n', 'm', 'p', 'u'] as const).filter((letter) => options.has(letter) || options.has('a'));
  if (target !== undefined && !/^\d+$/.test(target)) return yield* fail(`failed to parse pid: '${target}'`);
  if (target === undefined && letters.length > 0) return yield* fail('no target PID specified');
  const first = letters[0] === undefined ? 'net' : NAMESPACES[letters[0]];
  const entry = { net: 'net', mount: 'mnt', pid: 'pid', uts: 'uts' }[first];
  if (target !== undefined && !proc.processes().some(({ pid }) => pid === Number(target)))
    return yield* fail(`cannot open /proc/${target}/ns/${entry}: No such file or directory`);
  if (proc.uid !== 0 && letters.length > 0)
    return yield* fail(`cannot open /proc/${target}/ns/${entry}: Permission denied`);
  const command = options.operands.length > 0 ? options.operands : [proc.env.get('SHELL') ?? '/bin/sh'];
  let failure = strerror('ENOENT', 'glibc');
  for (const path of candidates(proc, command[0] as string)) {
    const started = yield* proc.spawn({
      run: { path },
      argv: command,
      ...(target !== undefined && {
        enter: { pid: Number(target), namespaces: letters.map((letter) => NAMESPACES[letter]) },
      }),
    });
    if (!started.ok) {
      if (started.error !== 'ENOENT' && started.error !== 'ENOTDIR') failure = strerror(started.error, 'glibc');
      continue;
    }
    return yield* standFor(proc, started.value);
  }
  return yield* fail(`failed to execute ${command[0]}: ${failure}`, 127);
});

/** The real one becomes the program: what is sent to it is the program's, and so is how it ends. */
function* standFor(proc: Proc, child: Pid): Sys<number> {
  proc.disposition('SIGINT', 'ignore');
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGQUIT'] as const) proc.disposition(signal, 'catch');
  for (;;) {
    const ended = yield* proc.wait(child);
    const signal = proc.takeSignal();
    if (signal !== null) yield* proc.kill(child, signal);
    if (!ended.ok && ended.error === 'EINTR') continue;
    if (!ended.ok || ended.value === null) return 1;
    if (ended.value.how === 'exited') return ended.value.status;
    return ended.value.how === 'signaled' ? 128 + SIGNALS[ended.value.signal] : 1;
  }
}
