import { err, ok } from '../../base/result.ts';
import type { Sys, Proc, WaitStatus } from '../../kernel/syscalls/proc.ts';
import { parseSignal, SIGNALS, type Signal } from '../../kernel/syscalls/signal.ts';
import { MILLISECOND, SECOND } from '../../sim/clock.ts';
import type { Daemon } from '../daemon.ts';
import { type Answer, conflict, invalid, notFound } from '../fault.ts';
import type { EndpointSettings } from '../libnetwork/endpoint.ts';
import { ContainerNames } from './container-names.ts';
import { Container } from './container.ts';
import { exitCodeOf, exitCodeOfFailure } from './exit-code.ts';
import { watchHealth } from './health.ts';
import { filesFolder } from './network-files.ts';
import { checkNetworkMode } from './network-mode.ts';
import { planNetworks, renameEndpoints, tearDownNetworking } from './networking.ts';
import { planMounts } from './mounts.ts';
import { checkConfig, checkHostConfig, sysctlWarnings } from './settings.ts';
import { completeConfig, completeHostConfig } from './spec.ts';
import { limitProcesses, noteVolumes, startProcess } from './start.ts';
import { updateHostConfig } from './update.ts';

const CREATE_TIME = 30 * MILLISECOND;
const START_TIME = 200 * MILLISECOND;
const GRACE = 10;
/** A signal goes by containerd and runc, so that even with no grace a quick program ends by itself before the next one comes. */
const SIGNAL_TIME = 20 * MILLISECOND;
/** The exit code of a container that could not be started, if nothing tells a better one. */
const EXIT_UNKNOWN = 128;

/** All containers of the engine, and what can be done with them (daemon/). Acts that take time are system-call generators. */
export class Containers {
  private readonly all = new Map<string, Container>();
  private readonly names: ContainerNames;

  constructor(private readonly daemon: Daemon) {
    this.names = new ContainerNames(daemon.kernel.random, () => this.list());
  }

  /** Newest first. */
  list(): readonly Container[] {
    return [...this.all.values()].reverse();
  }

  /** By id, name, or the beginning of an id. */
  find(term: string): Answer<Container> {
    const name = term.replace(/^\//, '');
    const exact = this.all.get(term) ?? this.list().find((container) => container.name === name);
    if (exact) return ok(exact);
    const byPrefix = /^[0-9a-f]+$/.test(term) ? this.list().filter((container) => container.id.startsWith(term)) : [];
    if (byPrefix.length > 1) return invalid(`multiple IDs found with provided prefix: ${term}`);
    return byPrefix[0] ? ok(byPrefix[0]) : notFound(`No such container: ${term}`);
  }

  *create(
    proc: Proc,
    givenName: string | undefined,
    body: Readonly<Record<string, unknown>>,
  ): Sys<Answer<{ readonly container: Container; readonly warnings: readonly string[] }>> {
    const { daemon } = this;
    const hostConfig = completeHostConfig((body['HostConfig'] ?? {}) as Record<string, unknown>);
    const allowed = checkNetworkMode(body, hostConfig);
    if (!allowed.ok) return allowed;
    const warnings = checkHostConfig(hostConfig);
    if (!warnings.ok) return warnings;
    const imageName = String(body['Image'] ?? '');
    const image = daemon.images.get(imageName);
    if (!image.ok) return image;
    const id = daemon.newId();
    const config = completeConfig(
      body,
      image.value.definition.config,
      hostConfig.NetworkMode === 'host' ? daemon.kernel.hostNamespaces.uts.hostname : id.slice(0, 12),
    );
    const checked = checkConfig(config);
    if (!checked.ok) return checked;
    const name = givenName === undefined ? ok(this.names.draw()) : this.names.check(givenName);
    if (!name.ok) return name;
    if (!config.Cmd && !config.Entrypoint) return invalid('no command specified');
    const container = new Container(
      daemon.kernel.createUpper(),
      id,
      name.value,
      image.value,
      imageName,
      config,
      hostConfig,
      daemon.timestamp(),
      daemon.kernel.date(),
    );
    for (const link of hostConfig.Links ?? []) {
      const target = this.find(link.split(':')[0] as string);
      if (!target.ok) return invalid(`could not get container for ${link.split(':')[0]}: ${target.error.message}`);
    }
    const mounts = planMounts(daemon, container);
    if (!mounts.ok) return mounts;
    const endpoints = ((body['NetworkingConfig'] as { EndpointsConfig?: Record<string, EndpointSettings> } | undefined)
      ?.EndpointsConfig ?? {}) as Record<string, EndpointSettings>;
    const networks = planNetworks(daemon, container, endpoints);
    if (!networks.ok) return networks;
    // Whoever asks for something wrong is told at once; what is right takes its time, and nobody gets its name meanwhile.
    this.names.reserve(name.value, id);
    yield* proc.sleep(CREATE_TIME);
    this.names.release(name.value);
    this.all.set(id, container);
    this.emit(container, 'create');
    return ok({ container, warnings: [...warnings.value, ...sysctlWarnings(daemon.kernel.netns, hostConfig)] });
  }

  /** @param byUser false for the restart policy's own starts, which go on counting */
  *start(proc: Proc, container: Container, { byUser = true } = {}): Sys<Answer<void>> {
    if (container.lifecycle.state === 'paused') return conflict('cannot start a paused container, try unpause instead');
    if (container.running) return ok();
    yield* proc.sleep(START_TIME);
    if (container.removing || !this.all.has(container.id))
      return conflict('container is marked for removal and cannot be started');
    if (container.running) return ok();
    if (byUser) container.restarts.reset();
    const started = this.startNow(container);
    if (!started.ok) {
      this.failed(container, started.error.message);
      if (container.hostConfig.AutoRemove) yield* this.remove(proc, container, { force: true, volumes: true });
    }
    container.changed.wake();
    return started;
  }

  private startNow(container: Container): Answer<void> {
    const { daemon } = this;
    container.stoppedByUser = false;
    const started = startProcess(daemon, container, (status) => this.exited(container, status));
    if (!started.ok) return started;
    container.lifecycle.send('start');
    container.error = '';
    container.exitCode = 0;
    container.startedAt = daemon.timestamp();
    container.startedDate = daemon.kernel.date();
    watchHealth(daemon, container);
    this.emit(container, 'start');
    return ok();
  }

  /** It didn't start: what there is of it goes, and whoever is attached is let go. */
  private failed(container: Container, message: string): void {
    container.error = message;
    container.exitCode = exitCodeOfFailure(message) ?? (container.exitCode || EXIT_UNKNOWN);
    container.lifecycle.send('fail');
    endProcesses(container);
    tearDownNetworking(this.daemon, container);
    for (const attachment of [...container.attachments]) attachment.ended();
  }

  /** Its first process has ended. */
  private exited(container: Container, status: WaitStatus): void {
    const { daemon } = this;
    const { kernel } = daemon;
    container.exitCode = exitCodeOf(status);
    container.finishedAt = daemon.timestamp();
    container.finishedDate = kernel.date();
    container.task = null;
    endProcesses(container);
    container.healthMonitor?.destroy();
    container.healthMonitor = null;
    container.streams?.stdin?.release();
    if (container.streams) {
      container.streams.stdin = null;
      // Output that is still under way is for those who listen now, not for who waits for the next start.
      container.streams.attachments = new Set(container.attachments);
    }
    const ranFor = (container.finishedDate - container.startedDate) * MILLISECOND;
    const pause = container.stoppedByUser
      ? null
      : container.restarts.next(container.hostConfig.RestartPolicy, container.exitCode, ranFor);
    container.lifecycle.send(pause === null ? 'exit' : 'restart');
    tearDownNetworking(daemon, container);
    noteVolumes(daemon, container, 'unmount');
    this.emit(container, 'die', {
      execDuration: String(Math.floor(ranFor / SECOND)),
      exitCode: String(container.exitCode),
    });
    container.changed.wake();
    if (pause !== null)
      this.later(pause, (proc) =>
        container.lifecycle.state === 'restarting' ? this.start(proc, container, { byUser: false }) : done(),
      );
    else if (container.hostConfig.AutoRemove)
      this.later(1, (proc) => this.remove(proc, container, { force: true, volumes: true }));
  }

  private later(pause: number, act: (proc: Proc) => Sys<unknown>): void {
    this.daemon.kernel.spawn({
      run: {
        *program(proc) {
          yield* proc.sleep(pause);
          yield* act(proc);
          return 0;
        },
      },
      argv: ['dockerd'],
      thread: true,
    });
  }

  /** SIGTERM or the image's own signal, then SIGKILL after the grace period. @param timeout seconds; -1: wait for ever */
  *stop(proc: Proc, container: Container, timeout?: number, signal?: string): Sys<Answer<void>> {
    container.stoppedByUser = true;
    const chosen = parseSignal(signal || container.config.StopSignal || 'SIGTERM');
    if (!chosen) return invalid(`invalid signal: ${signal}`);
    if (container.lifecycle.state === 'restarting') return this.giveUpRestart(container);
    if (!container.running) return ok();
    if (container.lifecycle.state === 'paused') this.setPaused(container, false);
    this.emit(container, 'kill', { signal: String(SIGNALS[chosen]) });
    container.task?.signal(chosen, null);
    const grace = timeout ?? container.config.StopTimeout ?? GRACE;
    const deadline = grace < 0 ? undefined : Math.max(grace * SECOND, SIGNAL_TIME);
    if (!(yield* this.waitUntil(proc, container, () => !container.running, deadline))) {
      this.emit(container, 'kill', { signal: '9' });
      container.task?.signal('SIGKILL', null);
      yield* this.waitUntil(proc, container, () => !container.running);
    }
    this.emit(container, 'stop');
    return ok();
  }

  /** It waits for its next start, which doesn't come now. */
  private giveUpRestart(container: Container): Answer<void> {
    container.stoppedByUser = true;
    container.lifecycle.send('exit');
    container.changed.wake();
    return ok();
  }

  *restart(proc: Proc, container: Container, timeout?: number, signal?: string): Sys<Answer<void>> {
    const stopped = yield* this.stop(proc, container, timeout, signal);
    if (!stopped.ok) return stopped;
    const started = yield* this.start(proc, container);
    if (started.ok) this.emit(container, 'restart');
    return started;
  }

  *kill(proc: Proc, container: Container, name: string): Sys<Answer<void>> {
    const signal: Signal | undefined = parseSignal(name || 'SIGKILL');
    if (!signal) return invalid(`invalid signal: ${name}`);
    if (container.lifecycle.state === 'restarting') return this.giveUpRestart(container);
    if (!container.running) return conflict(`container ${container.id} is not running`);
    if (this.endsForGood(container, signal)) {
      container.stoppedByUser = true;
      if (container.lifecycle.state === 'paused') this.setPaused(container, false);
    }
    this.emit(container, 'kill', { signal: String(SIGNALS[signal]) });
    container.task?.signal(signal, null);
    if (signal === 'SIGKILL') yield* this.waitUntil(proc, container, () => !container.running);
    return ok();
  }

  /** After this signal no restart policy brings it back, and it is thawed to hear it (daemon/kill.go, killWithSignal). */
  private endsForGood({ config }: Container, signal: Signal): boolean {
    return signal === 'SIGKILL' || !config.StopSignal || parseSignal(config.StopSignal) === signal;
  }

  pause(container: Container): Answer<void> {
    if (container.lifecycle.state === 'paused') return conflict(`Container ${container.id} is already paused`);
    if (!container.running) return conflict(`container ${container.id} is not running`);
    this.setPaused(container, true);
    this.emit(container, 'pause');
    return ok();
  }

  unpause(container: Container): Answer<void> {
    if (container.lifecycle.state !== 'paused') return conflict(`Container ${container.id} is not paused`);
    this.setPaused(container, false);
    this.emit(container, 'unpause');
    return ok();
  }

  private setPaused(container: Container, paused: boolean): void {
    for (const task of container.tasks) task.setFrozen(paused);
    container.lifecycle.send(paused ? 'pause' : 'unpause');
    container.changed.wake();
  }

  rename(container: Container, wanted: string): Answer<void> {
    const name = wanted.replace(/^\//, '');
    if (name === '') return invalid('Neither old nor new names may be empty');
    if (name === container.name) return invalid(`Renaming a container with the same name as its current name`);
    const free = this.names.check(wanted);
    if (!free.ok) return err({ ...free.error, message: `Error when allocating new name: ${free.error.message}` });
    const old = container.name;
    container.name = free.value;
    renameEndpoints(container);
    this.emit(container, 'rename', { oldName: `/${old}` });
    return ok();
  }

  /** Other limits and another restart policy (daemon/update.go). @returns warnings */
  update(container: Container, wanted: Readonly<Record<string, unknown>>): Answer<readonly string[]> {
    const updated = updateHostConfig(container.hostConfig, wanted);
    if (!updated.ok)
      return err({ ...updated.error, message: `Cannot update container ${container.id}: ${updated.error.message}` });
    container.hostConfig = updated.value;
    limitProcesses(container);
    this.emit(container, 'update');
    return ok([]);
  }

  *remove(
    proc: Proc,
    container: Container,
    { force, volumes }: { readonly force: boolean; readonly volumes: boolean },
  ): Sys<Answer<void>> {
    if (container.removing) return conflict(`removal of container ${container.id} is already in progress`);
    if (container.running || container.lifecycle.state === 'restarting') {
      if (!force) {
        const { state } = container.lifecycle;
        const how =
          state === 'paused'
            ? 'container is paused and must be unpaused first'
            : `container is ${state}: stop the container before removing or force remove`;
        return conflict(how);
      }
      container.stoppedByUser = true;
      container.removing = true;
      if (container.lifecycle.state === 'restarting') container.lifecycle.send('exit');
      else yield* this.kill(proc, container, 'SIGKILL');
    }
    container.removing = true;
    if (!this.all.has(container.id)) return ok();
    container.lifecycle.send('remove');
    this.all.delete(container.id);
    container.lifecycle.send('removed');
    this.daemon.kernel.files.remove(filesFolder(container));
    if (volumes) for (const mount of container.mounts) this.removeAnonymous(mount.volume);
    // Output may still be on its way to whoever is attached; nobody waits for a process that never comes.
    if (container.streams?.ended ?? true) for (const attachment of [...container.attachments]) attachment.ended();
    this.emit(container, 'destroy');
    container.changed.wake();
    return ok();
  }

  private removeAnonymous(name: string | null): void {
    const volume = name === null ? null : this.daemon.volumes.find(name);
    if (volume?.ok && volume.value.anonymous) this.daemon.volumes.remove(volume.value);
  }

  /** Whether it became true before the time was up. */
  *waitUntil(proc: Proc, container: Container, test: () => boolean, limit?: number): Sys<boolean> {
    const deadline = limit === undefined ? Number.POSITIVE_INFINITY : proc.now() + limit;
    while (!test()) {
      if ((yield* this.daemon.kernel.taskOf(proc).waitOn([container.changed], deadline)) === 'timeout') return test();
    }
    return true;
  }

  emit(container: Container, action: string, attributes: Readonly<Record<string, string>> = {}): void {
    this.daemon.events.emit('container', action, container.id, {
      ...container.config.Labels,
      ...attributes,
      image: container.imageName,
      name: container.name,
    });
  }
}

/** With its first process all others go: by the end of its pid namespace, or one by one where it shares another's. */
function endProcesses(container: Container): void {
  if (container.hostConfig.PidMode === '') container.namespaces?.pids.end();
  else for (const task of container.tasks) task.destroy();
}

function* done(): Sys<Answer<void>> {
  return ok();
}
