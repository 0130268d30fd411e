import { strerror } from '../../kernel/syscalls/errno.ts';
import type { Program } from '../../kernel/syscalls/proc.ts';
import { parseSignal, SIGNALS, type Signal } from '../../kernel/syscalls/signal.ts';
import { formatIpv4 } from '../../wire/address.ts';
import { readAll } from '../libc/io.ts';
import { decodeUtf8 } from '../../base/bytes.ts';
import { resolveHost } from '../libc/resolve.ts';
import { calendar } from './calendar.ts';

/** The small tools about processes, time and the machine itself. */

export const sleep: Program = function* (proc) {
  const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };
  const args = proc.argv.slice(1);
  let total = 0;
  for (const arg of args) {
    const match = /^(\d+(?:\.\d+)?)([smhd]?)$/.exec(arg);
    if (!match && arg !== 'infinity') {
      yield* proc.write(
        2,
        proc.library === 'musl'
          ? `sleep: invalid number '${arg}'\n`
          : `sleep: invalid time interval ‘${arg}’\nTry 'sleep --help' for more information.\n`,
      );
      return 1;
    }
    total += match ? Number(match[1]) * (UNITS[match[2] || 's'] as number) : 1e6;
  }
  if (args.length === 0) {
    yield* proc.write(2, 'sleep: missing operand\n');
    return 1;
  }
  yield* proc.sleep(total * 1e9);
  return 0;
};

export const yes: Program = function* (proc) {
  const text = `${proc.argv.slice(1).join(' ') || 'y'}\n`;
  while ((yield* proc.write(1, text)).ok);
  return 1;
};

export const env: Program = function* (proc) {
  const args = proc.argv.slice(1);
  const variables = new Map(args[0] === '-i' ? [] : proc.env);
  let i = args[0] === '-i' ? 1 : 0;
  for (; args[i]?.includes('='); i++) {
    const [key = '', ...value] = (args[i] as string).split('=');
    variables.set(key, value.join('='));
  }
  const command = args.slice(i);
  if (command.length === 0) {
    yield* proc.write(1, [...variables].map(([key, value]) => `${key}=${value}\n`).join(''));
    return 0;
  }
  for (const folder of (command[0] as string).includes('/') ? [''] : (variables.get('PATH') ?? '').split(':')) {
    const path = folder === '' ? (command[0] as string) : `${folder}/${command[0]}`;
    const child = yield* proc.spawn({ run: { path }, argv: command, env: variables });
    if (!child.ok) continue;
    const status = yield* proc.wait(child.value);
    return status.ok && status.value?.how === 'exited'
      ? status.value.status
      : status.ok && status.value?.how === 'signaled'
        ? 128 + SIGNALS[status.value.signal]
        : 1;
  }
  yield* proc.write(
    2,
    proc.library === 'musl'
      ? `env: can't execute '${command[0]}': No such file or directory\n`
      : `env: ‘${command[0]}’: No such file or directory\n`,
  );
  return 127;
};

export const hostname: Program = function* (proc) {
  const [option] = proc.argv.slice(1);
  const name = proc.hostname();
  if (option === undefined || option === '-f' || option === '-s') {
    yield* proc.write(1, `${option === '-s' ? name.split('.')[0] : name}\n`);
    return 0;
  }
  if (option === '-i') {
    const found = yield* resolveHost(proc, name);
    if (!found.ok) {
      yield* proc.write(
        2,
        `hostname: ${name}: ${proc.library === 'musl' ? 'Host not found' : 'Name or service not known'}\n`,
      );
      return 1;
    }
    yield* proc.write(1, `${found.value.map(formatIpv4).join(' ')}\n`);
    return 0;
  }
  if (option === '-I') {
    const own = proc.net.addresses().filter((each) => each.scope === 'global');
    yield* proc.write(1, `${own.map((each) => `${formatIpv4(each.address.address)} `).join('')}\n`);
    return 0;
  }
  if (option.startsWith('-')) {
    yield* proc.write(2, `hostname: unrecognized option: ${option.slice(1)}\n`);
    return 1;
  }
  const done = yield* proc.setHostname(option);
  if (!done.ok) yield* proc.write(2, `hostname: sethostname: ${strerror(done.error, proc.library)}\n`);
  return done.ok ? 0 : 1;
};

export const whoami: Program = function* (proc) {
  yield* proc.write(1, proc.uid === 0 ? 'root\n' : 'user\n');
  return 0;
};

export const id: Program = function* (proc) {
  const name = proc.uid === 0 ? 'root' : 'user';
  const [option] = proc.argv.slice(1);
  if (option === '-u') yield* proc.write(1, `${proc.uid}\n`);
  else if (option === '-un') yield* proc.write(1, `${name}\n`);
  else yield* proc.write(1, `uid=${proc.uid}(${name}) gid=${proc.uid}(${name}) groups=${proc.uid}(${name})\n`);
  return 0;
};

export const uname: Program = function* (proc) {
  const flags = proc.argv.slice(1).join('');
  const parts = [
    ['s', 'Linux'],
    ['n', proc.hostname()],
    ['r', '6.18.44'],
    ['v', '#1 SMP'],
    ['m', 'x86_64'],
    ['o', proc.library === 'musl' ? 'Linux' : 'GNU/Linux'],
  ] as const;
  const shown = flags.includes('a')
    ? parts
    : parts.filter(([flag]) => (flags === '' ? flag === 's' : flags.includes(flag)));
  yield* proc.write(1, `${shown.map(([, text]) => text).join(' ')}\n`);
  return 0;
};

export const date: Program = function* (proc) {
  const now = calendar(proc.date());
  const two = (n: number) => String(n).padStart(2, '0');
  const format = proc.argv.slice(1).find((arg) => arg.startsWith('+'));
  const time = `${two(now.hour)}:${two(now.minute)}:${two(now.second)}`;
  const codes: Readonly<Record<string, string>> = {
    Y: String(now.year),
    m: two(now.month),
    d: two(now.day),
    H: two(now.hour),
    M: two(now.minute),
    S: two(now.second),
    s: String(Math.floor(proc.date() / 1000)),
    F: `${now.year}-${two(now.month)}-${two(now.day)}`,
    T: time,
    b: now.monthName,
    a: now.weekday,
    Z: 'UTC',
    z: '+0000',
    N: String((proc.date() % 1000) * 1e6).padStart(9, '0'),
    '%': '%',
  };
  const text = format
    ? format.slice(1).replace(/%(.)/g, (all, code: string) => codes[code] ?? all)
    : `${now.weekday} ${now.monthName} ${String(now.day).padStart(2)} ${time} UTC ${now.year}`;
  yield* proc.write(1, `${text}\n`);
  return 0;
};

export const ps: Program = function* (proc) {
  const busybox = proc.library === 'musl';
  const all = busybox || proc.argv.slice(1).some((arg) => /[aeAx]/.test(arg));
  const own = proc.processes().find((each) => each.pid === proc.pid)?.tty;
  const shown = proc.processes().filter((each) => all || each.tty === own);
  const full = !busybox && proc.argv.slice(1).some((arg) => /f|u/.test(arg));
  const head = busybox
    ? 'PID   USER     TIME  COMMAND'
    : full
      ? 'UID          PID    PPID  C STIME TTY          TIME CMD'
      : '    PID TTY          TIME CMD';
  const lines = shown.map((each) => {
    const command = each.argv.join(' ');
    if (busybox) return `${String(each.pid).padStart(5)} ${each.user.padEnd(8)}  0:00 ${command}`;
    if (!full)
      return `${String(each.pid).padStart(7)} ${(each.tty ?? '?').padEnd(8)} 00:00:00 ${(each.argv[0] ?? '').replace(/.*\//, '')}`;
    const started = calendar(proc.date() - (proc.now() - each.started) / 1e6);
    return `${each.user.padEnd(8)} ${String(each.pid).padStart(7)} ${String(each.parent).padStart(7)}  0 ${String(started.hour).padStart(2, '0')}:${String(started.minute).padStart(2, '0')} ${(each.tty ?? '?').padEnd(8)} 00:00:00 ${command}`;
  });
  yield* proc.write(1, `${[head, ...lines].join('\n')}\n`);
  return 0;
};

/** A signal named as `-9`, `-KILL` or `-s KILL` in front of the rest. */
function signalOf(args: readonly string[]): {
  readonly signal: Signal | 0 | undefined;
  readonly rest: readonly string[];
} {
  const [first = '', second = ''] = args;
  if (first === '-s') return { signal: parseSignal(second), rest: args.slice(2) };
  if (/^-\w+$/.test(first)) return { signal: first === '-0' ? 0 : parseSignal(first.slice(1)), rest: args.slice(1) };
  return { signal: 'SIGTERM', rest: args };
}

export const kill: Program = function* (proc) {
  if (proc.argv[1] === '-l') {
    yield* proc.write(
      1,
      `${Object.keys(SIGNALS)
        .map((each) => each.slice(3))
        .join(' ')}\n`,
    );
    return 0;
  }
  const { signal, rest } = signalOf(proc.argv.slice(1));
  if (signal === undefined) {
    yield* proc.write(2, `kill: bad signal name '${proc.argv[1]?.slice(1)}'\n`);
    return 1;
  }
  let exit = 0;
  for (const text of rest) {
    const done = /^-?\d+$/.test(text) ? yield* proc.kill(Number(text), signal) : null;
    if (done?.ok) continue;
    yield* proc.write(
      2,
      done === null
        ? `kill: invalid number '${text}'\n`
        : `kill: can't kill pid ${text}: ${strerror(done.error, proc.library)}\n`,
    );
    exit = 1;
  }
  return exit;
};

export const killall: Program = function* (proc) {
  const { signal, rest } = signalOf(proc.argv.slice(1));
  if (signal === undefined) {
    yield* proc.write(2, `killall: bad signal name '${proc.argv[1]?.slice(1)}'\n`);
    return 1;
  }
  let exit = 0;
  for (const name of rest) {
    const found = proc
      .processes()
      .filter((each) => each.pid !== proc.pid && (each.argv[0] ?? '').replace(/.*\//, '').replace(/^-/, '') === name);
    if (found.length === 0) {
      yield* proc.write(2, `killall: ${name}: no process killed\n`);
      exit = 1;
    }
    for (const { pid } of found) yield* proc.kill(pid, signal);
  }
  return exit;
};

export const pidof: Program = function* (proc) {
  const found = proc
    .processes()
    .filter((each) => proc.argv.slice(1).includes((each.argv[0] ?? '').replace(/.*\//, '')));
  if (found.length > 0)
    yield* proc.write(
      1,
      `${found
        .map((each) => each.pid)
        .reverse()
        .join(' ')}\n`,
    );
  return found.length > 0 ? 0 : 1;
};

export const succeed: Program = function* () {
  return 0;
};

export const fail: Program = function* () {
  return 1;
};

export const clear: Program = function* (proc) {
  yield* proc.write(1, '\u001b[H\u001b[2J\u001b[3J');
  return 0;
};

export const tty: Program = function* (proc) {
  const own = proc.processes().find((each) => each.pid === proc.pid)?.tty;
  yield* proc.write(1, proc.isTty(0) && own ? `/dev/${own}\n` : 'not a tty\n');
  return proc.isTty(0) ? 0 : 1;
};

export const sysctl: Program = function* (proc) {
  let exit = 0;
  const bare = proc.argv.includes('-n');
  for (const arg of proc.argv.slice(1).filter((each) => !each.startsWith('-'))) {
    const [name = '', value] = arg.split('=') as [string, string?];
    if (value !== undefined) yield* proc.setSysctl(name, value);
    const now = proc.sysctl(name);
    if (now === undefined) {
      yield* proc.write(2, `sysctl: cannot stat /proc/sys/${name.replaceAll('.', '/')}: No such file or directory\n`);
      exit = 255;
    } else yield* proc.write(1, bare ? `${now}\n` : `${name} = ${now}\n`);
  }
  return exit;
};

export const xargs: Program = function* (proc) {
  const input = yield* readAll(proc, 0);
  const words = input.ok
    ? decodeUtf8(input.value)
        .split(/\s+/)
        .filter((word) => word !== '')
    : [];
  const args = proc.argv.slice(1);
  let perCall = words.length;
  while (args[0]?.startsWith('-')) {
    const option = args.shift() as string;
    if (option === '-n') perCall = Number(args.shift());
    else if (/^-n\d+$/.test(option)) perCall = Number(option.slice(2));
    else if (option === '-r' && words.length === 0) return 0;
  }
  const command = args.length > 0 ? args : ['echo'];
  let exit = 0;
  for (let i = 0; i < Math.max(1, words.length); i += Math.max(1, perCall)) {
    const argv = [...command, ...words.slice(i, i + Math.max(1, perCall))];
    for (const folder of (argv[0] as string).includes('/') ? [''] : (proc.env.get('PATH') ?? '').split(':')) {
      const child = yield* proc.spawn({
        run: { path: folder === '' ? (argv[0] as string) : `${folder}/${argv[0]}` },
        argv,
      });
      if (!child.ok) continue;
      const status = yield* proc.wait(child.value);
      if (!(status.ok && status.value?.how === 'exited' && status.value.status === 0)) exit = 123;
      break;
    }
  }
  return exit;
};
