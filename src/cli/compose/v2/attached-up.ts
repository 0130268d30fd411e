import { decodeUtf8 } from '../../../base/bytes.ts';
import type { ContainerSummary } from '../../../compose/engine/engine.ts';
import { asData } from '../../../compose/model/normalise.ts';
import { ofServices, projectContainers } from '../../../compose/v2/containers.ts';
import { killServices } from '../../../compose/v2/lifecycle.ts';
import { nameWithoutProject } from '../../../compose/v2/naming.ts';
import { PLAIN, type Progress, QUIET } from '../../../compose/v2/progress/progress.ts';
import type { ComposeProject } from '../../../compose/v2/project.ts';
import { start } from '../../../compose/v2/start.ts';
import { stopServices } from '../../../compose/v2/stop.ts';
import { background, type Background, type Outcome, type Task } from '../../../compose/v2/task.ts';
import { type ApiStream, open } from '../../../dockerd/api/client.ts';
import type { PollRequest, Proc, Sys } from '../../../kernel/syscalls/proc.ts';
import type { ComposeCli } from './compose-cli.ts';
import {
  type ContainerEvent,
  drain,
  nextEvent,
  openEvents,
  openLogs,
  outputStream,
  type OutputStream,
  pump,
} from './follow.ts';
import { LogConsumer } from './log-consumer.ts';
import { Menu } from './menu.ts';

export interface AttachedUpOptions {
  /** Those that were named. */
  readonly services: readonly string[];
  /** Those whose output is shown. */
  readonly attached: readonly string[];
  readonly prefix: boolean;
  readonly colors: boolean;
  readonly timestamps: boolean;
  /** When the end of one container ends them all. */
  readonly cascade: 'never' | 'on exit' | 'on failure';
  readonly exitCodeFrom: string;
  readonly menu: boolean;
}

/** `up` without `-d`: shows what the containers say until all have ended, or Ctrl+C stops them (pkg/compose/up.go). */
export class AttachedUp {
  private readonly proc: Proc;
  private readonly consumer: LogConsumer;
  private readonly menu: Menu | null;
  private readonly outputs = new Map<string, OutputStream>();
  /** Containers that have not ended. */
  private readonly live = new Set<string>();
  private readonly jobs: Background[] = [];
  private interrupts = 0;
  private signalled = false;
  private exitCode = 0;
  private ended: string | null = null;

  constructor(
    private readonly compose: ComposeCli,
    private readonly project: ComposeProject,
    private readonly options: AttachedUpOptions,
  ) {
    this.proc = compose.proc;
    this.menu = options.menu ? new Menu() : null;
    const { menu } = this;
    const around = menu && {
      before: (proc: Proc) => menu.clear(proc),
      after: (proc: Proc) => menu.draw(proc),
    };
    this.consumer = new LogConsumer(this.proc, {
      prefix: options.prefix,
      colors: options.colors,
      timestamps: options.timestamps,
      ...(around && { around }),
    });
  }

  *run(): Sys<number> {
    const { proc, menu, compose } = this;
    proc.disposition('SIGINT', 'catch');
    proc.disposition('SIGTERM', 'catch');
    if (menu) yield* menu.open(proc);
    const events = yield* openEvents(proc, this.project.name);
    const attached = yield* this.attach();
    if (!attached.ok || !events) {
      if (menu) yield* menu.close(proc);
      return yield* compose.console.fail(attached.ok ? '' : attached.error);
    }
    const starting = yield* background(this.task(QUIET), (task) => start(task, this.project));
    this.jobs.push(starting);
    while (this.live.size > 0 && this.ended === null) yield* this.turn(events, starting);
    yield* events.close();
    for (const output of this.outputs.values()) yield* output.stream.close();
    for (const job of this.jobs) yield* job.wait(proc);
    if (menu) yield* menu.close(proc);
    const failed = this.jobs.find((job) => job.outcome?.ok === false && (job !== starting || this.interrupts === 0));
    const error = failed?.outcome?.ok === false ? failed.outcome.error : null;
    if (error !== null) return yield* compose.console.fail(error, this.exitCode || 1);
    return this.signalled ? 130 : this.exitCode;
  }

  private task(progress: Progress): Task {
    const { consumer } = this;
    return {
      proc: this.proc,
      engine: this.compose.engine,
      console: this.compose.console,
      progress,
      hear: (proc, source, line) => consumer.log(source, line, 1, proc),
    };
  }

  private *attach(): Sys<Outcome> {
    const { attached, services } = this.options;
    const listed = yield* projectContainers(this.compose, this.project.name);
    if (!listed.ok) return listed;
    const byName = (a: ContainerSummary, b: ContainerSummary) => (a.name < b.name ? -1 : 1);
    const shown = (attached.length > 0 ? ofServices(listed.value, attached) : listed.value).toSorted(byName);
    const watched = services.length > 0 ? services : attached;
    for (const { id } of watched.length > 0 ? ofServices(listed.value, watched) : listed.value) this.live.add(id);
    if (shown.length > 0) yield* this.compose.console.out(`Attaching to ${shown.map(nameWithoutProject).join(', ')}\n`);
    for (const container of shown) {
      const opened = yield* open(this.proc, {
        method: 'POST',
        path: `/v1.51/containers/${container.id}/attach`,
        query: { stream: '1', stdout: '1', stderr: '1' },
      });
      if (opened.ok) this.outputs.set(container.id, outputStream(nameWithoutProject(container), opened.value));
    }
    return { ok: true, value: undefined };
  }

  /** Waits for the next thing to happen. */
  private *turn(events: ApiStream, starting: Background): Sys<void> {
    const { proc, menu, outputs } = this;
    const waits: PollRequest[] = [
      { fd: events.fd, read: true },
      ...[...outputs.values()].map(({ stream }) => ({ fd: stream.fd, read: true })),
      ...(menu && this.interrupts === 0 ? [{ fd: 0, read: true }] : []),
      ...this.jobs.filter((job) => !job.ended).map((job) => ({ fd: job.fd, read: true })),
    ];
    const deadline = menu?.deadline ?? null;
    const ready = yield* proc.poll(waits, deadline === null ? undefined : Math.max(0, deadline - proc.now()));
    if (!ready.ok) {
      const signal = proc.takeSignal();
      if (signal !== null) this.signalled = true;
      if (signal !== null) yield* this.interrupt();
      return;
    }
    if (ready.value.length === 0 && menu) yield* menu.draw(proc);
    for (const { fd } of ready.value) {
      const job = this.jobs.find((each) => each.fd === fd);
      if (job) yield* job.wait(proc);
      if (job === starting && job.outcome?.ok === false && this.interrupts === 0) this.ended = job.outcome.error;
      if (fd === 0) yield* this.readKeys();
      const [id, output] = [...outputs].find(([, each]) => each.stream.fd === fd) ?? [];
      if (id !== undefined && output && !(yield* pump(this.consumer, output))) outputs.delete(id);
      if (fd === events.fd) yield* this.handle(yield* nextEvent(events));
    }
  }

  private *readKeys(): Sys<void> {
    const read = yield* this.proc.read(0, 64);
    if (!read.ok || !this.menu) return;
    for (const letter of decodeUtf8(read.value))
      if ((yield* this.menu.key(this.proc, letter)) === 'interrupt') yield* this.interrupt();
  }

  private *handle(event: ContainerEvent | undefined): Sys<void> {
    const { options, consumer } = this;
    if (!event) {
      this.live.clear();
      return;
    }
    const watched = options.services.length > 0 ? options.services : options.attached;
    if (watched.length > 0 && !watched.includes(event.service)) return;
    if (event.action === 'start') {
      this.live.add(event.id);
      if (!this.outputs.has(event.id)) yield* this.follow(event);
    } else if (event.action === 'die') {
      const inspected = yield* this.compose.engine.inspectContainer(event.id);
      const state = inspected.ok ? asData(inspected.value['State']) : {};
      const restarting = state['Restarting'] === true || state['Running'] === true;
      // What it said last comes before the word of its end.
      const output = this.outputs.get(event.id);
      if (output) yield* drain(consumer, output);
      this.outputs.delete(event.id);
      yield* consumer.status(event.name, `exited with code ${event.exitCode}${restarting ? ' (restarting)' : ''}`);
      yield* this.cascade(event);
      if (!restarting) this.live.delete(event.id);
    }
  }

  /** A container that started again, or anew: its log from now on. */
  private *follow(event: ContainerEvent): Sys<void> {
    const since = (this.proc.date() / 1000).toFixed(3);
    const query = { follow: true, tail: 'all', timestamps: false, since, until: '' };
    const output = yield* openLogs(this.proc, event.id, event.name, query);
    if (output) this.outputs.set(event.id, output);
  }

  private *cascade({ service, exitCode }: ContainerEvent): Sys<void> {
    const { cascade, exitCodeFrom } = this.options;
    if (exitCodeFrom === service) this.exitCode = exitCode;
    if (cascade === 'never' || this.jobs.length > 1 || (cascade === 'on failure' && exitCode === 0)) return;
    if (exitCodeFrom === '') this.exitCode = exitCode;
    yield* this.compose.console.error('\u001b[31;1mAborting on container exit...\u001b[0m\n');
    yield* this.stop();
  }

  /** Ctrl+C: the first time it asks, the second time it insists. */
  private *interrupt(): Sys<void> {
    this.interrupts++;
    if (this.interrupts > 1) {
      const options = { services: this.options.services, signal: 'SIGKILL', removeOrphans: false };
      this.jobs.push(yield* background(this.task(QUIET), (task) => killServices(task, this.project, options)));
      return;
    }
    if (this.menu) yield* this.menu.close(this.proc);
    yield* this.compose.console.out('Gracefully Stopping... press Ctrl+C again to force\n');
    yield* this.stop();
  }

  private *stop(): Sys<void> {
    const { consumer, proc } = this;
    const mixed: Progress = {
      *event(own, { id, text = '', statusText }) {
        yield* consumer.status('', `${id} ${text} \u001b[32m${statusText}\u001b[0m`, own);
      },
      *draw() {},
    };
    const progress = this.compose.options.progress === 'auto' && proc.isTty(2) ? mixed : PLAIN;
    const options = { services: this.options.services };
    this.jobs.push(yield* background(this.task(progress), (task) => stopServices(task, this.project, options)));
  }
}
