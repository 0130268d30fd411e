import { ok } from '../../base/result.ts';
import { mountProc } from '../../kernel/fs/proc/mount-proc.ts';
import { PidNamespace, type Namespaces } from '../../kernel/process/namespaces.ts';
import type { Sys, Proc, WaitStatus } from '../../kernel/syscalls/proc.ts';
import { parseSignal, SIGNALS, type Signal } from '../../kernel/syscalls/signal.ts';
import { MILLISECOND, SECOND } from '../../sim/clock.ts';
import type { Daemon } from '../daemon.ts';
import { type Answer, conflict, failure, invalid, notFound } from '../fault.ts';
import type { EndpointSettings } from '../libnetwork/endpoint.ts';
import { Container } from './container.ts';
import { randomName } from './names.ts';
import {
  filesFolder,
  planNetworks,
  setUpNetworking,
  startResolver,
  tearDownNetworking,
  writeNetworkFiles,
} from './networking.ts';
import { makeMountPoint, mountAll, planMounts } from './root.ts';
import { resolveProgram, processEnvironment } from './process.ts';
import { completeConfig, completeHostConfig } from './spec.ts';
import { makeStreams } from './streams.ts';

const CREATE_TIME = 30 * MILLISECOND;
const START_TIME = 200 * MILLISECOND;
const GRACE = 10;

/** All containers of the engine, and what can be done with them (daemon/). Acts that take time are system-call generators. */
export class Containers {
  private readonly all = new Map<string, Container>();

  constructor(private readonly daemon: Daemon) {}

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

  *create(proc: Proc, givenName: string | undefined, body: Readonly<Record<string, unknown>>): Sys<Answer<Container>> {
    yield* proc.sleep(CREATE_TIME);
    const { daemon } = this;
    const imageName = String(body['Image'] ?? '');
    const image = daemon.images.find(imageName);
    if (!image) return notFound(`No such image: ${/:[^/]+$/.test(imageName) ? imageName : `${imageName}:latest`}`);
    if (givenName !== undefined && !/^\/?[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(givenName))
      return invalid(`Invalid container name (${givenName}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`);
    const name = givenName?.replace(/^\//, '') ?? this.freeName();
    const holder = this.list().find((container) => container.name === name);
    if (holder)
      return conflict(
        `Conflict. The container name "/${name}" is already in use by container "${holder.id}". You have to remove (or rename) that container to be able to reuse that name.`,
      );
    const id = daemon.newId();
    const hostConfig = completeHostConfig((body['HostConfig'] ?? {}) as Record<string, unknown>);
    const isHost = hostConfig.NetworkMode === 'host';
    const config = completeConfig(
      body,
      image.definition.config,
      isHost ? daemon.kernel.hostNamespaces.uts.hostname : id.slice(0, 12),
    );
    if (!config.Cmd && !config.Entrypoint) return invalid('no command specified');
    const container = new Container(
      daemon.kernel.createUpper(),
      id,
      name,
      image,
      imageName,
      config,
      hostConfig,
      daemon.timestamp(),
      daemon.kernel.date(),
    );
    container.hostname = config.Hostname;
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
    this.all.set(id, container);
    this.emit(container, 'create');
    return ok(container);
  }

  *start(proc: Proc, container: Container): Sys<Answer<void>> {
    if (container.lifecycle.state === 'paused') return conflict('cannot start a paused container, try unpause instead');
    if (container.running) return ok();
    yield* proc.sleep(START_TIME);
    const started = this.startNow(container);
    if (!started.ok) {
      container.error = started.error.message;
      container.exitCode = /executable file not found|no such file/.test(started.error.message)
        ? 127
        : /permission denied/.test(started.error.message)
          ? 126
          : 128;
      container.lifecycle.send('fail');
      tearDownNetworking(this.daemon, container);
    }
    container.changed.wake();
    return started;
  }

  private startNow(container: Container): Answer<void> {
    const { daemon } = this;
    const { kernel } = daemon;
    const networking = setUpNetworking(daemon, container);
    if (!networking.ok) return networking;
    const root = kernel.createRoot(container.image.definition.layers, container.upper);
    const isHost = container.hostConfig.NetworkMode === 'host';
    const namespaces: Namespaces = {
      net: networking.value.net,
      mounts: root,
      pids: new PidNamespace(kernel.hostNamespaces.pids),
      uts: isHost ? kernel.hostNamespaces.uts : { hostname: container.hostname },
      library: container.image.definition.library,
    };
    container.namespaces = namespaces;
    writeNetworkFiles(daemon, container);
    this.mountFiles(container, namespaces);
    mountProc(kernel, namespaces);
    const mounted = mountAll(daemon, container, root);
    if (!mounted.ok) return mounted;
    const { config, hostConfig } = container;
    const argv = [...(config.Entrypoint ?? []), ...(config.Cmd ?? [])];
    const env = processEnvironment(container);
    const program = resolveProgram(namespaces, argv[0] as string, env, config.WorkingDir || '/');
    if (!program.ok)
      return failure(
        `failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: ${program.error}`,
      );
    if (config.WorkingDir) makeMountPoint(root, config.WorkingDir, true);
    const { streams, stdio } = makeStreams(kernel, {
      tty: config.Tty,
      openStdin: config.OpenStdin,
      log: (stream, bytes) => container.log.write(stream, bytes, daemon.timestamp(), kernel.date()),
    });
    container.streams = streams;
    container.stoppedByUser = false;
    container.error = '';
    container.exitCode = 0;
    startResolver(daemon, container);
    const task = kernel.spawn({
      run: hostConfig.Init ? { program: initProgram(program.value, argv) } : { path: program.value },
      argv: hostConfig.Init ? ['/sbin/docker-init', '--', ...argv] : argv,
      env,
      cwd: config.WorkingDir || '/',
      namespaces,
      stdio,
      ...(streams.pty && { tty: streams.pty.tty }),
      onExit: (status) => this.exited(container, status),
    });
    if (!task.ok)
      return failure(
        `failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: "${argv[0]}": permission denied`,
      );
    container.task = task.value;
    container.lifecycle.send('start');
    container.startedAt = daemon.timestamp();
    container.startedDate = kernel.date();
    this.emit(container, 'start');
    return ok();
  }

  /** The engine's own files are mounted over the image's. */
  private mountFiles(container: Container, { mounts }: Namespaces): void {
    for (const name of ['hosts', 'hostname', 'resolv.conf']) {
      const inode = this.daemon.kernel.files.inode(`${filesFolder(container)}/${name}`);
      if (!inode) continue;
      makeMountPoint(mounts, `/etc/${name}`, false);
      mounts.mount({ target: `/etc/${name}`, root: inode, source: '/dev/sda1', type: 'ext4', readOnly: false });
    }
  }

  /** Its first process has ended. */
  private exited(container: Container, status: WaitStatus): void {
    const { daemon } = this;
    container.exitCode =
      status.how === 'exited' ? status.status : status.how === 'signaled' ? 128 + SIGNALS[status.signal] : 0;
    container.finishedAt = daemon.timestamp();
    container.finishedDate = daemon.kernel.date();
    container.task = null;
    container.health = null;
    container.streams?.stdin?.release();
    if (container.streams) container.streams.stdin = null;
    const restarts = !container.stoppedByUser && this.restarts(container);
    container.lifecycle.send(restarts ? 'restart' : 'exit');
    tearDownNetworking(daemon, container);
    container.log.flush(container.finishedAt, container.finishedDate);
    this.emit(container, 'die', { exitCode: String(container.exitCode) });
    container.changed.wake();
    if (restarts) this.restartLater(container);
    else if (container.hostConfig.AutoRemove)
      this.later(1, (proc) => this.remove(proc, container, { force: true, volumes: true }));
  }

  private restarts({ hostConfig: { RestartPolicy: policy }, exitCode, restartCount }: Container): boolean {
    if (policy.Name === 'always' || policy.Name === 'unless-stopped') return true;
    return (
      policy.Name === 'on-failure' &&
      exitCode !== 0 &&
      (policy.MaximumRetryCount === 0 || restartCount < policy.MaximumRetryCount)
    );
  }

  /** With a pause that doubles from 100 ms to a minute (restartmanager). */
  private restartLater(container: Container): void {
    const pause = Math.min(60 * SECOND, 100 * MILLISECOND * 2 ** container.restartCount);
    container.restartCount++;
    this.later(pause, (proc) => (container.lifecycle.state === 'restarting' ? this.start(proc, container) : done()));
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
    });
  }

  /** SIGTERM or the image's own signal, then SIGKILL after the grace period. @param timeout seconds; -1: wait for ever */
  *stop(proc: Proc, container: Container, timeout?: number, signal?: string): Sys<Answer<void>> {
    container.stoppedByUser = true;
    if (container.lifecycle.state === 'restarting') {
      container.lifecycle.send('exit');
      container.changed.wake();
      return ok();
    }
    if (!container.running) return ok();
    if (container.lifecycle.state === 'paused') this.setPaused(container, false);
    const chosen = parseSignal(signal ?? container.config.StopSignal ?? 'SIGTERM') ?? 'SIGTERM';
    this.emit(container, 'kill', { signal: String(SIGNALS[chosen]) });
    container.task?.signal(chosen, null);
    const grace = timeout ?? container.config.StopTimeout ?? GRACE;
    const deadline = grace < 0 ? undefined : grace * SECOND;
    if (!(yield* this.waitUntil(proc, container, () => !container.running, deadline))) {
      this.emit(container, 'kill', { signal: '9' });
      container.task?.signal('SIGKILL', null);
      yield* this.waitUntil(proc, container, () => !container.running);
    }
    this.emit(container, 'stop');
    return ok();
  }

  *restart(proc: Proc, container: Container, timeout?: number): Sys<Answer<void>> {
    const stopped = yield* this.stop(proc, container, timeout);
    if (!stopped.ok) return stopped;
    const started = yield* this.start(proc, container);
    if (started.ok) this.emit(container, 'restart');
    return started;
  }

  *kill(proc: Proc, container: Container, name: string): Sys<Answer<void>> {
    const signal: Signal | undefined = parseSignal(name || 'SIGKILL');
    if (!signal) return invalid(`Invalid signal: ${name}`);
    if (!container.running)
      return conflict(`cannot kill container: ${container.name}: container ${container.id} is not running`);
    if (signal === 'SIGKILL') container.stoppedByUser = true;
    if (signal === 'SIGKILL' && container.lifecycle.state === 'paused') this.setPaused(container, false);
    this.emit(container, 'kill', { signal: String(SIGNALS[signal]) });
    container.task?.signal(signal, null);
    if (signal === 'SIGKILL') yield* this.waitUntil(proc, container, () => !container.running);
    return ok();
  }

  pause(container: Container): Answer<void> {
    if (container.lifecycle.state === 'paused') return conflict(`Container ${container.id} is already paused`);
    if (!container.running) return conflict(`Container ${container.id} is not running`);
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
    for (const task of container.namespaces?.pids.tasks.values() ?? []) task.setFrozen(paused);
    container.lifecycle.send(paused ? 'pause' : 'unpause');
    container.changed.wake();
  }

  rename(container: Container, wanted: string): Answer<void> {
    const name = wanted.replace(/^\//, '');
    if (name === '') return invalid('Neither old nor new names may be empty');
    if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name))
      return invalid(`Invalid container name (${name}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`);
    if (name === container.name) return invalid(`Renaming a container with the same name as its current name`);
    const holder = this.list().find((each) => each.name === name);
    if (holder)
      return conflict(
        `Error when allocating new name: Conflict. The container name "/${name}" is already in use by container "${holder.id}". You have to remove (or rename) that container to be able to reuse that name.`,
      );
    const old = container.name;
    container.name = name;
    for (const endpoint of container.endpoints.values())
      endpoint.dnsNames = endpoint.dnsNames.map((each) => (each === old ? name : each));
    this.emit(container, 'rename', { oldName: `/${old}` });
    return ok();
  }

  *remove(
    proc: Proc,
    container: Container,
    { force, volumes }: { readonly force: boolean; readonly volumes: boolean },
  ): Sys<Answer<void>> {
    if (container.running || container.lifecycle.state === 'restarting') {
      if (!force) {
        const { state } = container.lifecycle;
        const how =
          state === 'paused'
            ? 'container is paused and must be unpaused first'
            : `container is ${state}: stop the container before removing or force remove`;
        return conflict(`cannot remove container "${container.name}": ${how}`);
      }
      container.stoppedByUser = true;
      if (container.lifecycle.state === 'restarting') container.lifecycle.send('exit');
      else yield* this.kill(proc, container, 'SIGKILL');
    }
    if (!this.all.has(container.id)) return ok();
    container.lifecycle.send('remove');
    this.all.delete(container.id);
    container.lifecycle.send('removed');
    this.daemon.kernel.files.remove(filesFolder(container));
    if (volumes) for (const mount of container.mounts) this.removeAnonymous(mount.volume);
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

  private freeName(): string {
    const { random } = this.daemon.kernel;
    for (;;) {
      const name = randomName((bound) => random.below(bound));
      if (!this.list().some((container) => container.name === name)) return name;
    }
  }
}

function* done(): Sys<Answer<void>> {
  return ok();
}

/** `--init`: a first process that starts the real one, passes signals on and reaps what is left (tini). */
function initProgram(path: string, argv: readonly string[]) {
  return function* (proc: Proc): Sys<number> {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'] as const)
      proc.disposition(signal, 'catch');
    const child = yield* proc.spawn({ run: { path }, argv, group: 'new', foreground: true });
    if (!child.ok) return 127;
    for (;;) {
      const status = yield* proc.wait(-1);
      if (!status.ok) {
        for (let signal = proc.takeSignal(); signal !== null; signal = proc.takeSignal())
          yield* proc.kill(child.value, signal);
        continue;
      }
      if (status.value?.pid !== child.value) continue;
      return status.value.how === 'exited'
        ? status.value.status
        : status.value.how === 'signaled'
          ? 128 + SIGNALS[status.value.signal]
          : 0;
    }
  };
}
