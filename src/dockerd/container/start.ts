import { ok } from '../../base/result.ts';
import { mountProc } from '../../kernel/fs/proc/mount-proc.ts';
import { type Namespaces, PidNamespace } from '../../kernel/process/namespaces.ts';
import type { WaitStatus } from '../../kernel/syscalls/proc.ts';
import type { Daemon } from '../daemon.ts';
import { type Answer, failure } from '../fault.ts';
import type { Container } from './container.ts';
import { initProgram } from './init-program.ts';
import { linkEnvironment } from './link-environment.ts';
import { startResolver } from './name-service.ts';
import { writeNetworkFiles } from './network-files.ts';
import { setUpNetworking } from './networking.ts';
import { processEnvironment, resolveProgram } from './process.ts';
import { createRoot, makeMountPoint, mountAll, mountNetworkFiles } from './root.ts';
import { makeStreams } from './streams.ts';
import { findUser } from './user.ts';

const RUNTIME =
  'failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: ';

/**
 * Makes a container's namespaces, network, root and first process (daemon/start.go, runc). Where it fails, what has been made
 * stays for the caller to take down.
 */
export function startProcess(daemon: Daemon, container: Container, onExit: (status: WaitStatus) => void): Answer<void> {
  const { kernel } = daemon;
  const { config, hostConfig, image } = container;
  const networking = setUpNetworking(daemon, container);
  if (!networking.ok) return networking;
  const root = createRoot(daemon, container);
  const sharesHostname = hostConfig.NetworkMode === 'host' || hostConfig.UTSMode === 'host';
  const namespaces: Namespaces = {
    net: networking.value.net,
    mounts: root,
    pids: new PidNamespace(kernel.hostNamespaces.pids),
    uts: sharesHostname ? kernel.hostNamespaces.uts : { hostname: container.hostname },
    library: image.definition.library,
  };
  container.namespaces = namespaces;
  const links = linkEnvironment(daemon, container);
  if (!links.ok) return links;
  applySysctls(container, namespaces);
  writeNetworkFiles(daemon, container);
  mountNetworkFiles(daemon, container, root);
  mountProc(kernel, namespaces, { writableSettings: hostConfig.Privileged });
  const mounted = mountAll(daemon, container, root);
  if (!mounted.ok) return mounted;
  const user = findUser(namespaces, config.User);
  if (!user.ok) return failure(user.error);
  const argv = [...(config.Entrypoint ?? []), ...(config.Cmd ?? [])];
  const env = processEnvironment(container, { linked: links.value, home: user.value.home });
  const cwd = config.WorkingDir || '/';
  if (config.WorkingDir) makeMountPoint(root, config.WorkingDir, true);
  const program = resolveProgram(namespaces, argv[0] as string, env, cwd);
  if (!program.ok) return failure(RUNTIME + program.error);
  const { streams, stdio } = makeStreams(kernel, {
    tty: config.Tty,
    openStdin: config.OpenStdin,
    attachments: container.attachments,
    log: (stream, bytes) => container.log.write(stream, bytes, daemon.timestamp(), kernel.date()),
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
  container.task = task.value;
  return ok();
}

/** `--sysctl`: settings of its own network namespace; runc leaves what the kernel doesn't know. */
function applySysctls({ hostConfig, sandbox }: Container, { net }: Namespaces): void {
  if (!sandbox) return;
  for (const [name, value] of Object.entries(hostConfig.Sysctls ?? {})) net.sysctlSet(name, value);
}
