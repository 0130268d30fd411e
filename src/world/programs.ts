import { dockerCompose } from '../cli/compose/v1/docker-compose.ts';
import { makeDockerProgram } from '../cli/docker.ts';
import { COMPLETIONS } from '../cli/completions.ts';
import { PLUGINS } from '../cli/plugins.ts';
import type { Program } from '../kernel/syscalls/proc.ts';
import { busyboxProgram } from '../programs/busybox/busybox.ts';
import { COREUTILS_APPLETS } from '../programs/coreutils/applets.ts';
import { envsubst } from '../programs/coreutils/text/envsubst.ts';
import { curl } from '../programs/curl/curl.ts';
import { HOST_PROGRAMS } from '../programs/host/index.ts';
import { NETWORK_APPLETS } from '../programs/network-applets.ts';
import { NETWORK_HOST_PROGRAMS } from '../programs/network-host.ts';
import { nginx } from '../programs/nginx/nginx.ts';
import { SHELL_APPLETS } from '../shell/applets/applets.ts';
import { INTERPRETER } from '../shell/run/interpreter.ts';
import { shellProgram } from '../shell/shell-program.ts';

/** Everything that can be executed anywhere in the world, by the name that executables carry. */

const bash = shellProgram('bash', { interpreter: () => INTERPRETER, completions: () => COMPLETIONS });

export const APPLETS: ReadonlyMap<string, Program> = new Map([
  ...COREUTILS_APPLETS,
  ...SHELL_APPLETS,
  ...NETWORK_APPLETS,
  ['sh', shellProgram('ash', { interpreter: () => INTERPRETER })],
  ['ash', shellProgram('ash', { interpreter: () => INTERPRETER })],
]);

/** The host's own programs: what stands in /usr/bin there. */
export const HOST_BINARIES: ReadonlyMap<string, Program> = new Map([
  ...HOST_PROGRAMS,
  ...SHELL_APPLETS,
  ...NETWORK_HOST_PROGRAMS,
  ['curl', curl],
  ['bash', bash],
  ['sh', bash],
  ['docker', makeDockerProgram({ plugins: PLUGINS })],
  ['docker-compose', dockerCompose],
]);

export const PROGRAMS: ReadonlyMap<string, Program> = new Map([
  ...HOST_BINARIES,
  ['busybox', busyboxProgram(APPLETS)],
  ['envsubst', envsubst],
  ['nginx', nginx],
]);
