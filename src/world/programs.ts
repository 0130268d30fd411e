import { dockerCompose } from '../cli/compose/v1/docker-compose.ts';
import { dockerProgram } from '../cli/docker.ts';
import type { Program } from '../kernel/syscalls/proc.ts';
import { busyboxProgram } from '../programs/busybox/busybox.ts';
import { BASIC_APPLETS } from '../programs/basic/applets.ts';
import { sha256sum } from '../programs/coreutils/text/digests-and-dumps.ts';
import { envsubst } from '../programs/coreutils/text/envsubst.ts';
import { sed } from '../programs/coreutils/text/sed.ts';
import { curl } from '../programs/curl/curl.ts';
import { HOST_PROGRAMS } from '../programs/host/index.ts';
import { NETWORK_APPLETS } from '../programs/network-applets.ts';
import { NETWORK_HOST_PROGRAMS } from '../programs/network-host.ts';
import { nginx } from '../programs/nginx/nginx.ts';
import { shellProgram } from '../shell/shell-program.ts';

/** Everything that can be executed anywhere in the world, by the name that executables carry. */

export const APPLETS: ReadonlyMap<string, Program> = new Map([
  ...BASIC_APPLETS,
  ...NETWORK_APPLETS,
  ['sh', shellProgram('ash')],
  ['ash', shellProgram('ash')],
  ['sed', sed],
  ['sha256sum', sha256sum],
]);

/** The host's own programs: what stands in /usr/bin there. */
export const HOST_BINARIES: ReadonlyMap<string, Program> = new Map([
  ...HOST_PROGRAMS,
  ...NETWORK_HOST_PROGRAMS,
  ['curl', curl],
  ['bash', shellProgram('bash')],
  ['sh', shellProgram('bash')],
  ['docker', dockerProgram],
  ['docker-compose', dockerCompose],
]);

export const PROGRAMS: ReadonlyMap<string, Program> = new Map([
  ...HOST_BINARIES,
  ['busybox', busyboxProgram(APPLETS)],
  ['envsubst', envsubst],
  ['nginx', nginx],
]);
