import { capabilitiesOf } from './capabilities.ts';
import { ok } from '../../base/result.ts';
import { mountProc } from '../../kernel/fs/proc/mount-proc.ts';
import { type Namespaces, PidNamespace } from '../../kernel/process/namespaces.ts';
import type { WaitStatus } from '../../kernel/syscalls/proc.ts';
import type { Daemon } from '../daemon.ts';
import { type Answer, conflict, failure, notHere } from '../fault.ts';
import type { Container } from './container.ts';
import { initProgram } from './init-program.ts';
import { linkEnvironment } from './link-environment.ts';
import { startResolver } from './name-service.ts';
import { writeNetworkFiles } from './network-files.ts';
import { setUpNetworking } from './networking.ts';
import { countRuncThreads, processEnvironment, resolveProgram } from './process.ts';
import { createRoot, makeMountPoint, mountAll, mountNetworkFiles } from './root.ts';
import { makeStreams } from './streams.ts';
import { findUser } from './user.ts';

const RUNC =
  'failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: ';
const RUNTIME = `${RUNC}unable to start container process: error during container init: `;

/**
 * Makes a container's namespaces, network, root and first process (daemon/start.go, runc). Where it fails, what has been made
 * stays for the caller to take down.
 */
export function startProcess(daemon: Daemon, container: Container, onExit: (status: WaitStatus) => void): Answer<void> {
  const { kernel } = daemon;
  const { config, hostConfig, image } = container;
  const devices = checkDevices(daemon, container);
  if (!devices.ok) return devices;
  const pids = pidNamespaceOf(daemon, container);
  if (!pids.ok) return pids;
  const networking = setUpNetworking(daemon, container);
  if (!networking.ok) return networking;
  const root = createRoot(daemon, container);
  const sharesHostname = hostConfig.NetworkMode === 'host' || hostConfig.UTSMode === 'host';
  const namespaces: Namespaces = {
    net: networking.value.net,
    mounts: root,
    pids: pids.value,
    uts: sharesHostname ? kernel.hostNamespaces.uts : { hostname: container.hostname },
    library: image.definition.library,
    capabilities: capabilitiesOf(hostConfig),
  };
  container.namespaces = namespaces;
  const links = linkEnvironment(daemon, container);
  if (!links.ok) return links;
  const applied = applySysctls(daemon, container, namespaces);
  if (!applied.ok) return applied;
  writeNetworkFiles(daemon, container);
  mountNetworkFiles(daemon, container, root);
  mountProc(kernel, namespaces, { writableSettings: hostConfig.Privileged });
  const mounted = mountAll(daemon, container, root);
  if (!mounted.ok) return mounted;
  noteVolumes(daemon, container, 'mount');
  const user = findUser(namespaces, config.User);
  if (!user.ok) return failure(user.error);
  limitProcesses(container);
  const argv = [...(config.Entrypoint ?? []), ...(config.Cmd ?? [])];
  const env = processEnvironment(container, { linked: links.value, home: user.value.home });
  const cwd = config.WorkingDir || '/';
  if (config.WorkingDir) makeMountPoint(root, config.WorkingDir, true);
  const program = resolveProgram(namespaces, argv[0] as string, env, cwd);
  if (!program.ok) return failure(RUNTIME + program.error);
  const nanos = () => Math.floor(kernel.queue.now % 1e9);
  const { streams, stdio } = makeStreams(kernel, {
    mounts: root,
    tty: config.Tty,
    openStdin: config.OpenStdin,
    attachments: container.attachments,
    log: {
      write: (stream, bytes) => container.log.write(stream, bytes, kernel.date(), nanos()),
      end: () => container.log.flush(kernel.date(), nanos()),
    },
  });
  container.streams = streams;
  startResolver(daemon, container);
  const task = kernel.spawn({
    run: hostConfig.Init ? { program: initProgram(program.value, argv) } : { path: program.value },
    argv: hostConfig.Init ? ['/sbin/docker-init', '--', ...argv] : argv,
    env,
    cwd,
    uid: user.value.uid,
    namespaces,
    stdio,
    ...(streams.pty && { tty: streams.pty.tty }),
    onExit,
  });
  if (!task.ok) return failure(`${RUNTIME}exec: "${argv[0]}": permission denied`);
  countRuncThreads(namespaces.pids);
  container.task = task.value;
  return ok();
}

/** `--pids-limit`: its cgroup's pids.max. A container in the host's pid namespace has none of its own. */
export function limitProcesses({ hostConfig, namespaces }: Container): void {
  const most = Number(hostConfig['PidsLimit'] ?? 0);
  if (namespaces && hostConfig.PidMode === '') namespaces.pids.most = most > 0 ? most : Number.POSITIVE_INFINITY;
}

/** Events about the volumes that a start mounts and an end unmounts (daemon/volumes_unix.go). */
export function noteVolumes(daemon: Daemon, { id, mounts }: Container, action: 'mount' | 'unmount'): void {
  for (const { volume: name, target, readOnly } of mounts) {
    const volume = name === null ? null : daemon.volumes.find(name);
    if (!volume?.ok) continue;
    const how = { destination: target, 'read/write': String(!readOnly), propagation: '' };
    daemon.volumes.emit(volume.value, action, { container: id, ...(action === 'mount' && how) });
  }
}

/** `--sysctl`: settings of its network namespace, which can't be the host's (runc's validator, WriteSysctls). */
function applySysctls({ kernel }: Daemon, { hostConfig }: Container, { net }: Namespaces): Answer<void> {
  for (const [name, value] of Object.entries(hostConfig.Sysctls ?? {})) {
    if (net === kernel.netns && name.startsWith('net.'))
      return failure(`${RUNC}sysctl ${JSON.stringify(name)} not allowed in host network namespace`);
    if (net.sysctlGet(name) !== undefined && !net.sysctlSet(name, value))
      return failure(`${RUNTIME}failed to write sysctl ${name} = ${JSON.stringify(value)}: invalid argument`);
  }
  return ok();
}

/** Devices that `--device` and `--gpus` ask for; a container finds in /dev what the kernel has for all. */
function checkDevices({ kernel }: Daemon, { hostConfig }: Container): Answer<void> {
  if (hostConfig['DeviceRequests']) return failure('could not select device driver "" with capabilities: [[gpu]]');
  for (const { PathOnHost, PathInContainer } of (hostConfig['Devices'] ?? []) as readonly Record<string, string>[]) {
    if (!kernel.files.stat(PathOnHost ?? ''))
      return failure(
        `error gathering device information while adding custom device "${PathOnHost}": no such file or directory`,
      );
    if (PathInContainer !== PathOnHost)
      return notHere(
        `devices have their own names alone on this simulated host: ${PathOnHost} can't be ${PathInContainer}`,
      );
  }
  return ok();
}

/** Its own, the host's (`--pid host`), or another container's. */
function pidNamespaceOf(daemon: Daemon, { hostConfig }: Container): Answer<PidNamespace> {
  const { hostNamespaces } = daemon.kernel;
  if (hostConfig.PidMode === 'host') return ok(hostNamespaces.pids);
  if (hostConfig.PidMode === '') return ok(new PidNamespace(hostNamespaces.pids));
  const other = daemon.containers.find(hostConfig.PidMode.replace('container:', ''));
  if (!other.ok) return other;
  const { running, namespaces, id } = other.value;
  return running && namespaces
    ? ok(namespaces.pids)
    : conflict(`cannot join PID namespace of container ${id}: container ${id} is not running`);
}
