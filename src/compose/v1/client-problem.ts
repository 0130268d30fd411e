import { asData, asText } from '../model/normalise.ts';
import type { Service } from '../model/project.ts';

/** What the Docker library of Python refuses before it asks the engine, with the exception that docker-compose doesn't catch. */
export interface ClientProblem {
  readonly message: string;
  readonly exception: 'docker.errors.InvalidArgument' | 'docker.errors.DockerException';
}

const SIZES = ['mem_limit', 'mem_reservation', 'memswap_limit', 'shm_size'];

/** null: it has no objection (docker/types/containers.py, HostConfig). */
export function clientProblem({ networkMode, ports, source }: Service): ClientProblem | null {
  const resources = asData(asData(source['deploy'])['resources']);
  const deployed = [asData(resources['limits'])['memory'], asData(resources['reservations'])['memory']];
  for (const size of [...SIZES.map((key) => source[key]), ...deployed]) {
    const message = sizeProblem(asText(size));
    if (message !== null) return { message, exception: 'docker.errors.DockerException' };
  }
  if (networkMode === 'host' && ports.length > 0)
    return {
      message: '"host" network_mode is incompatible with port_bindings',
      exception: 'docker.errors.InvalidArgument',
    };
  return null;
}

/** `64m`, `64mb`, `64` (docker/utils/utils.py, parse_bytes). */
function sizeProblem(text: string | null): string | null {
  if (text === null || text === '') return null;
  const unit = /[a-z][b]$/i.test(text) ? text.slice(0, -1) : text;
  if (!/[\dbkmgt]$/i.test(unit))
    return `The specified value for memory (${unit}) should specify the units. The postfix should be one of the \`b\` \`k\` \`m\` \`g\` characters`;
  if (/^\s*\d+(\.\d*)?\s*[bkmgt]?$/i.test(unit)) return null;
  return `Failed converting the string value for memory (${unit.replace(/[a-z]$/i, '')}) to an integer.`;
}
