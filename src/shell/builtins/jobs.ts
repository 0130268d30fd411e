import type { Errno } from '../../kernel/syscalls/errno.ts';
import type { Sys } from '../../kernel/syscalls/proc.ts';
import { parseSignal, SIGNALS, type Signal } from '../../kernel/syscalls/signal.ts';
import { type Job, jobLine, jobStatus, markOf } from '../run/job.ts';
import { noteChange, pollChildren, removeJob, waitForeground } from '../run/processes.ts';
import { checkSignals, collectSignals } from '../run/signals.ts';
import type { Shell } from '../state/shell.ts';
import { type Builtin, complainAs, takeOptions } from './builtin.ts';

/** jobs, fg, bg, wait, kill, disown. */

/** `%1`, `%+`, `%-`, `%%`, `%name`, `%?part`, or a process number. */
function findJob(shell: Shell, text: string): Job | undefined {
  const marked = (mark: '+' | '-') => shell.jobs.find((job) => markOf(shell.jobs, job) === mark);
  if (!text.startsWith('%'))
    return shell.jobs.find(({ processes }) => processes.some(({ pid }) => String(pid) === text));
  const name = text.slice(1);
  if (name === '' || name === '%' || name === '+') return marked('+');
  if (name === '-') return marked('-') ?? marked('+');
  if (/^\d+$/.test(name)) return shell.jobs.find(({ number }) => number === Number(name));
  return shell.jobs.find((job) =>
    name.startsWith('?') ? job.text.includes(name.slice(1)) : job.text.startsWith(name),
  );
}

export const jobs: Builtin = function* (shell, args) {
  const { options, rest } = takeOptions(args, 'lprs');
  yield* pollChildren(shell);
  const wanted = rest.length > 0 ? rest.flatMap((text) => findJob(shell, text) ?? []) : shell.jobs;
  for (const job of [...wanted]) {
    if (options.has('p')) yield* shell.out(`${job.group}\n`);
    else if (!(options.has('r') && job.state !== 'running') && !(options.has('s') && job.state !== 'stopped'))
      yield* shell.out(`${jobLine(job, markOf(shell.jobs, job), shell.flavor, options.has('l'))}\n`);
    job.told = true;
    if (job.state === 'done') removeJob(shell, job);
  }
  return 0;
};

function* jobFor(shell: Shell, name: string, text: string | undefined): Sys<Job | null> {
  if (!shell.jobControl) {
    yield* complainAs(
      shell,
      name,
      shell.flavor === 'bash' ? 'no job control' : `job ${text ?? '%+'} not created under job control`,
    );
    return null;
  }
  yield* pollChildren(shell);
  const job = findJob(shell, text === undefined ? '%+' : /^\d+$/.test(text) ? `%${text}` : text);
  if (job && job.state !== 'done') return job;
  if (job) removeJob(shell, job);
  yield* complainAs(
    shell,
    name,
    shell.flavor === 'bash' ? `${text ?? 'current'}: no such job` : `${text ?? '%+'}: no such job`,
  );
  return null;
}

export const fg: Builtin = function* (shell, args) {
  const job = yield* jobFor(shell, 'fg', args[0]);
  if (!job) return 1;
  yield* shell.out(`${job.text}\n`);
  const tty = shell.io.get(0);
  if (tty !== undefined) yield* shell.proc.setForeground(tty, job.group);
  job.background = false;
  job.state = 'running';
  yield* shell.proc.kill(-job.group, 'SIGCONT');
  return yield* waitForeground(shell, job);
};

export const bg: Builtin = function* (shell, args) {
  for (const text of args.length > 0 ? args : [undefined]) {
    const job = yield* jobFor(shell, 'bg', text);
    if (!job) return 1;
    job.state = 'running';
    job.background = true;
    yield* shell.proc.kill(-job.group, 'SIGCONT');
    yield* shell.out(
      shell.flavor === 'bash'
        ? `[${job.number}]${markOf(shell.jobs, job)} ${job.text} &\n`
        : `[${job.number}] ${job.text}\n`,
    );
  }
  return 0;
};

export const wait: Builtin = function* (shell, args) {
  const { options, rest } = takeOptions(args, 'nfp:');
  if (rest.length === 0) {
    if (options.has('n')) return yield* waitAny(shell);
    for (;;) {
      const open = shell.jobs.find(({ state }) => state === 'running');
      if (!open) break;
      const status = yield* waitFor(shell, open);
      if (status !== null) return status;
    }
    for (const job of [...shell.jobs]) if (job.state === 'done' && !shell.interactive) removeJob(shell, job);
    return 0;
  }
  let status = 0;
  for (const text of rest) {
    const job = findJob(shell, text);
    if (!job) {
      if (text.startsWith('%')) yield* complainAs(shell, 'wait', `${text}: no such job`);
      else if (/^\d+$/.test(text)) {
        if (shell.flavor === 'bash') yield* complainAs(shell, 'wait', `pid ${text} is not a child of this shell`);
      } else
        yield* complainAs(
          shell,
          'wait',
          shell.flavor === 'bash' ? `\`${text}': not a pid or valid job spec` : `Illegal number: ${text}`,
        );
      status = 127;
      continue;
    }
    const broken = yield* waitFor(shell, job);
    if (broken !== null) return broken;
    status = jobStatus(job);
    removeJob(shell, job);
  }
  return status;
};

/** Waits for a job; not null: a signal came first, with this status. */
function* waitFor(shell: Shell, job: Job): Sys<number | null> {
  while (job.state === 'running') {
    const change = yield* shell.proc.wait(-1, { untraced: true });
    if (change.ok && change.value) noteChange(shell, change.value);
    else if (!change.ok && change.error === 'EINTR') {
      collectSignals(shell);
      const [trapped] = shell.pendingTraps;
      const interrupted = shell.interrupted;
      yield* checkSignals(shell);
      if (trapped) return 128 + SIGNALS[trapped];
      if (interrupted) return shell.status;
    } else {
      job.state = 'done';
      return null;
    }
  }
  return null;
}

function* waitAny(shell: Shell): Sys<number> {
  const before = shell.jobs.filter(({ state }) => state === 'running');
  if (before.length === 0) return 127;
  for (;;) {
    const done = before.find(({ state }) => state === 'done');
    if (done) {
      removeJob(shell, done);
      return jobStatus(done);
    }
    const change = yield* shell.proc.wait(-1);
    if (!change.ok || !change.value) return 127;
    noteChange(shell, change.value);
  }
}

export const disown: Builtin = function* (shell, args) {
  for (const text of args.length > 0 ? args.filter((arg) => !arg.startsWith('-')) : ['%+']) {
    const job = findJob(shell, text);
    if (job) removeJob(shell, job);
  }
  return 0;
};

const SHORT_NAMES = Object.entries(SIGNALS).map(([name, number]) => ({ name: name.slice(3), number }));

/** kill, which knows the shell's jobs. */
export const kill: Builtin = function* (shell, args) {
  let words = args;
  let signal: Signal | 0 = 'SIGTERM';
  const [first] = words;
  if (first === '-l' || first === '-L') return yield* listSignals(shell, words.slice(1));
  if (first === '-s' || first === '-n') {
    const named = signalOf(words[1] ?? '');
    if (named === null) return yield* badSignal(shell, words[1] ?? '');
    signal = named;
    words = words.slice(2);
  } else if (first !== undefined && /^-./.test(first) && first !== '--') {
    const named = signalOf(first.slice(1));
    if (named === null) return yield* badSignal(shell, first.slice(1));
    signal = named;
    words = words.slice(1);
  }
  if (words[0] === '--') words = words.slice(1);
  if (words.length === 0) {
    if (shell.flavor === 'bash')
      yield* shell.error(
        'kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]\n',
      );
    else yield* shell.error(`${shell.name}: you need to specify whom to kill\n`);
    return shell.flavor === 'bash' ? 2 : 1;
  }
  let status = 0;
  for (const text of words) {
    const job = text.startsWith('%') ? findJob(shell, text) : undefined;
    if (text.startsWith('%') && !job) {
      yield* complainAs(shell, 'kill', `${text}: no such job`);
      status = 1;
    } else if (!job && !/^-?\d+$/.test(text)) {
      if (shell.flavor === 'bash') yield* complainAs(shell, 'kill', `${text}: arguments must be process or job IDs`);
      else yield* shell.error(`${shell.name}: invalid number '${text}'\n`);
      status = 1;
    } else {
      const target = job ? (shell.jobControl ? -job.group : job.group) : Number(text);
      const sent = yield* shell.proc.kill(target, signal);
      if (sent.ok && job?.state === 'stopped' && signal !== 0) yield* shell.proc.kill(target, 'SIGCONT');
      if (sent.ok) continue;
      yield* killFailure(shell, text, sent.error);
      status = 1;
    }
  }
  yield* checkSignals(shell);
  return status;
};

function* killFailure(shell: Shell, text: string, error: Errno): Sys<void> {
  if (shell.flavor === 'bash') yield* complainAs(shell, 'kill', `(${text}) - ${shell.strerror(error)}`);
  else yield* shell.error(`${shell.name}: can't kill pid ${text}: ${shell.strerror(error)}\n`);
}

const signalOf = (text: string): Signal | 0 | null => (text === '0' ? 0 : (parseSignal(text) ?? null));

function* badSignal(shell: Shell, text: string): Sys<number> {
  if (shell.flavor === 'bash') yield* complainAs(shell, 'kill', `${text}: invalid signal specification`);
  else yield* shell.error(`${shell.name}: bad signal name '${text}'\n`);
  return 1;
}

function* listSignals(shell: Shell, args: readonly string[]): Sys<number> {
  if (args.length > 0) {
    for (const arg of args) {
      const number = Number(arg) > 128 ? Number(arg) - 128 : arg;
      const signal = parseSignal(String(number));
      if (signal) yield* shell.out(`${/^\d/.test(arg) ? signal.slice(3) : SIGNALS[signal]}\n`);
    }
    return 0;
  }
  const { flavor } = shell;
  yield* shell.out(
    flavor === 'bash'
      ? `${SHORT_NAMES.map(
          ({ name, number }, i) => `${String(number).padStart(2)}) SIG${name}${i % 5 === 4 ? '\n' : '\t'}`,
        )
          .join('')
          .trimEnd()}\n`
      : SHORT_NAMES.map(({ name, number }) => `${String(number).padStart(2)}) ${name}\n`).join(''),
  );
  return 0;
}
