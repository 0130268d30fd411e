import { linearRegExp } from '../../../base/regex/linear-regexp.ts';
import type { ProcessInfo, Sys } from '../../../kernel/syscalls/proc.ts';
import { parseSignal, type Signal } from '../../../kernel/syscalls/signal.ts';
import { formatTime } from '../strftime.ts';
import { defineTool, type Tool } from '../tool.ts';
import { declareProgram, wordOptions } from '../../libc/command-line.ts';

/** ps(1), pidof(1), killall(1), pkill and pgrep(1), top(1). Processor and memory are not counted per process. */

const commandName = ({ argv }: ProcessInfo) => (argv[0] ?? '').replace(/^-/, '').replace(/.*\//, '').slice(0, 15);
const commandLine = (process: ProcessInfo) =>
  process.state === 'Z' ? `[${commandName(process)}]` : process.argv.join(' ');

function clock(nanoseconds: number): string {
  const seconds = Math.floor(nanoseconds / 1e9);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

interface Column {
  readonly title: string;
  readonly width: number;
  readonly right: boolean;
  readonly value: (process: ProcessInfo, tool: Tool) => string;
}

const startedAt = (process: ProcessInfo, tool: Tool) =>
  formatTime('%H:%M', tool.proc.date() - (tool.proc.now() - process.started) / 1e6);
const stat = ({ state, tty, pid, group }: ProcessInfo) => `${state}${pid === group && tty ? 's' : ''}`;

const COLUMNS: Readonly<Record<string, Column>> = {
  pid: { title: 'PID', width: 7, right: true, value: ({ pid }) => String(pid) },
  ppid: { title: 'PPID', width: 7, right: true, value: ({ parent }) => String(parent) },
  pgid: { title: 'PGID', width: 7, right: true, value: ({ group }) => String(group) },
  user: { title: 'USER', width: 8, right: false, value: ({ user }) => user },
  uid: { title: 'UID', width: 8, right: false, value: ({ user }) => user },
  comm: { title: 'COMMAND', width: 15, right: false, value: commandName },
  cmd: { title: 'CMD', width: 27, right: false, value: commandLine },
  args: { title: 'COMMAND', width: 27, right: false, value: commandLine },
  tty: { title: 'TTY', width: 8, right: false, value: ({ tty }) => tty ?? '?' },
  stat: { title: 'STAT', width: 4, right: false, value: stat },
  s: { title: 'S', width: 1, right: false, value: ({ state }) => state },
  time: { title: 'TIME', width: 8, right: true, value: () => '00:00:00' },
  etime: {
    title: 'ELAPSED',
    width: 11,
    right: true,
    value: ({ started }, tool) => clock(tool.proc.now() - started).replace(/^00:/, ''),
  },
  stime: { title: 'STIME', width: 5, right: false, value: startedAt },
  start: { title: 'START', width: 5, right: false, value: startedAt },
  c: { title: 'C', width: 2, right: true, value: () => '0' },
  pcpu: { title: '%CPU', width: 4, right: true, value: () => '0.0' },
  pmem: { title: '%MEM', width: 4, right: true, value: () => '0.0' },
  vsz: { title: 'VSZ', width: 6, right: true, value: () => '0' },
  rss: { title: 'RSS', width: 5, right: true, value: () => '0' },
};
const ALIASES: Readonly<Record<string, string>> = {
  command: 'args',
  ucmd: 'comm',
  cputime: 'time',
  '%cpu': 'pcpu',
  '%mem': 'pmem',
  state: 's',
  tt: 'tty',
  tname: 'tty',
  pgrp: 'pgid',
  euser: 'user',
  ruser: 'user',
};

function table(tool: Tool, columns: readonly Column[], processes: readonly ProcessInfo[], titles = true): string {
  const rows = [
    ...(titles ? [columns.map(({ title }) => title)] : []),
    ...processes.map((process) => columns.map(({ value }) => value(process, tool))),
  ];
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, i) => {
            const { width, right } = columns[i] as Column;
            return right ? cell.padStart(width) : i === row.length - 1 ? cell : cell.padEnd(width);
          })
          .join(' ')}\n`,
    )
    .join('');
}

const pick = (...names: readonly string[]) => names.map((name) => COLUMNS[name] as Column);

/** ps reads options with and without a dash, so its command line is read by hand. */
export const ps = defineTool({
  name: 'ps',
  limits: {
    l: 'prints the usual columns',
    j: 'prints the usual columns',
    x: 'as without it',
    T: 'no threads',
    L: 'no threads',
    H: 'no tree',
    t: 'shows every terminal',
    U: 'shows every user',
    w: 'lines are never cut',
  },
  limit: 'processor time and memory are not counted',
  usage: `[-o COL1,COL2=HEADER] [-T]

Show list of processes`,
  options: 'aAeflxujTo:p:C:wHLt:U:',
  long: { format: 'o', pid: 'p' },
  *run(tool) {
    const all = [...tool.proc.processes()];
    if (tool.face === 'busybox') {
      const format = tool.value('o');
      if (format !== undefined) return yield* formatted(tool, format, all);
      const rows = all.map(
        (process) =>
          `${String(process.pid).padStart(5)} ${process.user.slice(0, 8).padEnd(8)} ${'0:00'.padStart(5)} ${process.state === 'Z' ? `[${commandName(process)}]` : process.argv.join(' ')}\n`,
      );
      yield* tool.write(`PID   USER     TIME  COMMAND\n${rows.join('')}`);
      return 0;
    }
    const bsd = tool.operands.filter((word) => /^[auxwf]+$/.test(word)).join('');
    const own = all.find(({ pid }) => pid === tool.proc.pid);
    const every = tool.has('e') || tool.has('A') || (bsd.includes('a') && bsd.includes('x'));
    const pids = [
      ...tool.values('p').flatMap((text) => text.split(',')),
      ...tool.operands.filter((word) => /^\d+$/.test(word)),
    ].map(Number);
    const named = tool.value('C')?.split(',');
    const chosen = all.filter((process) =>
      pids.length > 0
        ? pids.includes(process.pid)
        : named
          ? named.includes(commandName(process))
          : every ||
            ((tool.has('a') || bsd.includes('a')) && process.tty !== null) ||
            (bsd.includes('x') && process.user === own?.user) ||
            (process.tty === own?.tty && process.user === own?.user),
    );
    const format = tool.value('o');
    if (format !== undefined) return yield* formatted(tool, format, chosen);
    if (bsd.includes('u') || (tool.has('u') && !tool.has('f'))) {
      yield* tool.write(
        table(
          tool,
          [
            { ...(COLUMNS['user'] as Column), width: 8 },
            ...pick('pid', 'pcpu', 'pmem', 'vsz', 'rss', 'tty', 'stat', 'start'),
            { ...(COLUMNS['time'] as Column), width: 6, value: () => '0:00' },
            COLUMNS['args'] as Column,
          ],
          chosen,
        ),
      );
      return chosen.length > 0 ? 0 : 1;
    }
    const columns = tool.has('f')
      ? pick('uid', 'pid', 'ppid', 'c', 'stime', 'tty', 'time', 'cmd')
      : bsd !== ''
        ? [
            ...pick('pid', 'tty', 'stat'),
            { ...(COLUMNS['time'] as Column), width: 6, value: () => '0:00' },
            COLUMNS['args'] as Column,
          ]
        : [...pick('pid', 'tty', 'time'), { ...(COLUMNS['comm'] as Column), title: 'CMD' }];
    yield* tool.write(table(tool, columns, chosen));
    return chosen.length > 0 ? 0 : 1;
  },
});

function* formatted(tool: Tool, format: string, processes: readonly ProcessInfo[]): Sys<number> {
  const columns: Column[] = [];
  for (const each of tool.values('o').length > 1
    ? tool.values('o').flatMap((text) => text.split(','))
    : format.split(/[, ]+/)) {
    const [name = '', title] = each.split('=') as [string, string?];
    const column = COLUMNS[ALIASES[name] ?? name];
    if (!column)
      return yield* tool.complain(
        tool.face === 'gnu'
          ? `error: unknown user-defined format specifier "${name}"`
          : `bad -o argument '${name}', supported arguments: ${Object.keys(COLUMNS).join(',')}`,
      );
    columns.push({ ...column, title: title ?? column.title });
  }
  yield* tool.write(
    table(
      tool,
      columns,
      processes,
      columns.some(({ title }) => title !== ''),
    ),
  );
  return 0;
}

export const pidof = defineTool({
  name: 'pidof',
  options: 'so:x',
  limits: { o: 'leaves nobody out', x: 'no scripts' },
  usage: `[-s] [NAME]...

List PIDs of all processes with names that match NAMEs

	-s	Show only one PID`,
  *run(tool) {
    const pids = tool.proc
      .processes()
      .filter((process) => tool.operands.includes(commandName(process)) && process.state !== 'Z')
      .map(({ pid }) => pid)
      .sort((a, b) => b - a);
    if (pids.length === 0) return 1;
    yield* tool.write(`${(tool.has('s') ? pids.slice(0, 1) : pids).join(' ')}\n`);
    return 0;
  },
});

function signalOption(args: readonly string[]): { readonly signal: Signal; readonly rest: readonly string[] } | null {
  const [first = ''] = args;
  if (first === '-s') {
    const signal = parseSignal(args[1] ?? '');
    return signal ? { signal, rest: args.slice(2) } : null;
  }
  const signal = /^-(?:[A-Z]|\d)/.test(first) ? parseSignal(first.slice(1)) : undefined;
  return { signal: signal ?? 'SIGTERM', rest: signal ? args.slice(1) : args };
}

export const killall = declareProgram({ options: wordOptions(['-s=', '-q']) }, function* (proc) {
  const gnu = proc.library === 'glibc';
  const given = signalOption(proc.argv.slice(1).filter((arg) => arg !== '-q'));
  if (!given || given.rest.length === 0) {
    yield* proc.write(
      2,
      gnu
        ? 'Usage: killall [-s SIGNAL] NAME...\n'
        : `killall: ${given ? 'you need to specify whom to kill' : 'bad signal name'}\n`,
    );
    return 1;
  }
  let status = 0;
  for (const name of given.rest) {
    const found = proc.processes().filter((process) => commandName(process) === name && process.pid !== proc.pid);
    if (found.length === 0) {
      yield* proc.write(2, gnu ? `${name}: no process found\n` : `killall: ${name}: no process killed\n`);
      status = 1;
    }
    for (const { pid } of found) yield* proc.kill(pid, given.signal);
  }
  return status;
});

const PATTERN_OPTIONS = { pgrep: ['-f', '-x', '-l', '-a'], pkill: ['-f', '-x', '-s='] };

const byPattern = (name: 'pgrep' | 'pkill') =>
  declareProgram({ options: wordOptions(PATTERN_OPTIONS[name]) }, function* (proc) {
    const given = signalOption(proc.argv.slice(1));
    const flags = (given?.rest ?? []).filter((arg) => arg.startsWith('-')).join('');
    const pattern = given?.rest.find((arg) => !arg.startsWith('-'));
    if (!given || pattern === undefined) {
      yield* proc.write(2, `${name}: no matching criteria specified\nTry \`${name} --help' for more information.\n`);
      return 2;
    }
    let regex: RegExp;
    try {
      regex = linearRegExp(flags.includes('x') ? `^(?:${pattern})$` : pattern);
    } catch {
      yield* proc.write(2, `${name}: invalid regular expression: ${pattern}\n`);
      return 2;
    }
    const found = proc
      .processes()
      .filter(
        (process) =>
          process.pid !== proc.pid &&
          process.state !== 'Z' &&
          regex.test(flags.includes('f') ? process.argv.join(' ') : commandName(process)),
      );
    for (const process of found) {
      if (name === 'pkill') yield* proc.kill(process.pid, given.signal);
      else
        yield* proc.write(
          1,
          flags.includes('l') || flags.includes('a')
            ? `${process.pid} ${flags.includes('a') ? process.argv.join(' ') : commandName(process)}\n`
            : `${process.pid}\n`,
        );
    }
    return found.length > 0 ? 0 : 1;
  });

export const pgrep = byPattern('pgrep');
export const pkill = byPattern('pkill');

/** One look at the processes, again each time; q or Ctrl+C ends it. */
export const top = defineTool({
  name: 'top',
  options: 'bn:d:p:',
  limits: { p: 'shows every process' },
  limit: 'processor time and memory are not counted',
  usage: `[-b] [-n COUNT] [-d SECONDS]

Show a view of process activity. q or Ctrl+C ends it.`,
  *run(tool) {
    const { proc } = tool;
    const times = Number(tool.value('n') ?? (proc.isTty(1) && !tool.has('b') ? Number.POSITIVE_INFINITY : 1));
    const delay = Number(tool.value('d') ?? 5) * 1e9;
    const termios = proc.termios(0);
    if (termios) yield* proc.setTermios(0, { ...termios, canonical: false, echo: false });
    for (let i = 0; i < times; i++) {
      const processes = proc.processes();
      const rows = processes.map(
        (process) =>
          `${String(process.pid).padStart(7)} ${process.user.padEnd(9)} ${process.state}   0.0   0.0   0:00.00 ${commandName(process)}\n`,
      );
      const running = processes.filter(({ state }) => state === 'R').length;
      const text = `top - ${formatTime('%H:%M:%S', proc.date())} up, load average: 0.00, 0.00, 0.00\nTasks: ${processes.length} total, ${running} running\n\n    PID USER      S  %CPU  %MEM     TIME+ COMMAND\n${rows.join('')}`;
      if (!(yield* tool.write(tool.has('b') || !proc.isTty(1) ? text : `\u001b[H\u001b[2J${text}`))) break;
      if (i + 1 >= times) break;
      const ready = yield* proc.poll(termios ? [{ fd: 0, read: true }] : [], delay);
      if (!ready.ok) break;
      if (ready.value.length === 0) continue;
      const key = yield* proc.read(0, 1);
      if (!key.ok || key.value.length === 0 || key.value[0] === 113) break;
    }
    if (termios) yield* proc.setTermios(0, termios);
    return 0;
  },
});
