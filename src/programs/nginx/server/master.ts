import type { Proc, Sys } from '../../../kernel/syscalls/proc.ts';
import { SIGNALS, type Signal } from '../../../kernel/syscalls/signal.ts';
import { readWholeFile } from '../../libc/resolve.ts';
import { userId } from '../../libc/user-id.ts';
import { type Cycle, logOf, VERSION } from './cycle.ts';
import { workerProgram } from './worker.ts';

const BUILT_BY = 'built by gcc 16.2.0 (Debian 16.2.0-3)';
/** Open files that the recorded host allows. */
const FILE_LIMIT = '20000:20000';

const WORDS: Partial<Record<Signal, string>> = {
  SIGQUIT: ', shutting down',
  SIGTERM: ', exiting',
  SIGINT: ', exiting',
  SIGHUP: ', reconfiguring',
  SIGUSR1: ', reopening logs',
  SIGUSR2: ', changing binary',
  SIGWINCH: '',
};

/** The master process: starts workers, watches over them, and does what signals ask (ngx_master_process_cycle). */
export class Master {
  private readonly workers = new Set<number>();
  private ending: Signal | null = null;

  constructor(
    private readonly proc: Proc,
    private cycle: Cycle,
    /** Reads the configuration again; null when it is no good. */
    private readonly reload: (old: Cycle) => Sys<Cycle | null>,
  ) {}

  *run(title: string): Sys<void> {
    const { proc } = this;
    for (const signal of ['SIGCHLD', 'SIGPIPE', ...(Object.keys(WORDS) as Signal[])] as const)
      proc.disposition(signal, signal === 'SIGPIPE' ? 'ignore' : 'catch');
    proc.setTitle(`nginx: master process ${title}`);
    yield* this.log('using the "epoll" event method');
    yield* this.log(`nginx/${VERSION}`);
    yield* this.log(BUILT_BY);
    const release = /^Linux version (\S+)/.exec((yield* readWholeFile(proc, '/proc/version')) ?? '')?.[1];
    yield* this.log(`OS: Linux ${release ?? ''}`);
    yield* this.log(`getrlimit(RLIMIT_NOFILE): ${FILE_LIMIT}`);
    yield* this.startWorkers();
    while (!(this.ending !== null && this.workers.size === 0)) {
      yield* proc.poll([]);
      for (let signal = proc.takeSignal(); signal; signal = proc.takeSignal()) yield* this.act(signal);
    }
    yield* this.log('exit');
  }

  private log(text: string): Sys<void> {
    return logOf(this.proc, this.cycle, 'notice', text);
  }

  private *startWorkers(): Sys<void> {
    yield* this.log('start worker processes');
    for (let i = 0; i < this.cycle.workers; i++) yield* this.startWorker();
  }

  private *startWorker(): Sys<void> {
    const { proc, cycle } = this;
    const uid = proc.uid === 0 ? ((yield* userId(proc, cycle.user)) ?? 0) : proc.uid;
    const own = [0, 1, 2, ...cycle.files.map(({ fd }) => fd), ...cycle.listening.map(({ fd }) => fd)];
    const child = yield* proc.spawn({
      run: { program: workerProgram(cycle) },
      argv: ['nginx'],
      uid,
      fds: [...new Set(own)].map((fd) => [fd, fd]),
    });
    if (!child.ok) return;
    this.workers.add(child.value);
    yield* this.log(`start worker process ${child.value}`);
  }

  private *act(signal: Signal): Sys<void> {
    if (signal === 'SIGCHLD') return yield* this.reap();
    const sender = this.proc.signalSender();
    const from = sender === 0 ? '' : ` from ${sender}`;
    yield* this.log(`signal ${SIGNALS[signal]} (${signal}) received${from}${WORDS[signal] ?? ''}`);
    switch (signal) {
      case 'SIGTERM':
      case 'SIGINT':
        yield* this.signalWorkers('SIGTERM');
        this.ending = signal;
        break;
      case 'SIGQUIT':
        if (this.ending !== null) break;
        yield* this.signalWorkers('SIGQUIT');
        this.ending = signal;
        break;
      case 'SIGHUP':
        if (this.ending === null) yield* this.reconfigure();
        break;
      case 'SIGWINCH':
        // On a terminal that changes its size this is no request: nginx only heeds it as a daemon.
        break;
      default:
    }
  }

  private *signalWorkers(signal: Signal): Sys<void> {
    for (const pid of this.workers) yield* this.proc.kill(pid, signal);
  }

  private *reconfigure(): Sys<void> {
    const old = [...this.workers];
    const before = this.cycle;
    yield* this.log('reconfiguring');
    const next = yield* this.reload(before);
    if (!next) return;
    this.cycle = next;
    yield* this.log('using the "epoll" event method');
    yield* this.startWorkers();
    for (const pid of old) yield* this.proc.kill(pid, 'SIGQUIT');
    for (const { fd } of before.listening)
      if (!next.listening.some((each) => each.fd === fd)) yield* this.proc.close(fd);
    for (const { fd } of before.files) if (fd > 2) yield* this.proc.close(fd);
  }

  private *reap(): Sys<void> {
    for (let first = true; ; first = false) {
      const ended = yield* this.proc.wait(-1, { noHang: true });
      if (!ended.ok || ended.value === null) return;
      const status = ended.value;
      if (first) yield* this.log(`signal 17 (SIGCHLD) received from ${status.pid}`);
      if (status.how === 'exited') yield* this.log(`worker process ${status.pid} exited with code ${status.status}`);
      else if (status.how === 'signaled')
        yield* logOf(
          this.proc,
          this.cycle,
          'alert',
          `worker process ${status.pid} exited on signal ${SIGNALS[status.signal]}`,
        );
      else continue;
      const wasOurs = this.workers.delete(status.pid);
      const stillNeeded = this.ending === null && this.workers.size < this.cycle.workers;
      if (wasOurs && stillNeeded) yield* this.startWorker();
    }
  }
}
