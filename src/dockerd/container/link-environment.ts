import { ok } from '../../base/result.ts';
import { type Answer, failure } from '../fault.ts';
import { endpointAddress } from '../libnetwork/sandbox.ts';
import type { Daemon } from '../daemon.ts';
import type { Container } from './container.ts';

/** What `--link` on the default bridge puts into a container's environment (daemon/links). Left out: the variables of port ranges. */

interface Port {
  readonly number: number;
  readonly protocol: string;
}

/** The variables of all of a container's links; all linked containers have to run. */
export function linkEnvironment(daemon: Daemon, container: Container): Answer<readonly string[]> {
  const variables: string[] = [];
  if (!container.endpoints.has('bridge')) return ok(variables);
  for (const link of container.hostConfig.Links ?? []) {
    const [name = '', given] = link.split(':');
    const target = daemon.containers.find(name);
    if (!target.ok) continue;
    const path = `/${container.name}/${(given ?? target.value.name).replace(/^.*\//, '')}`;
    // One that is about to be started again counts as running, without an address (container/state.go, SetRestarting).
    if (!target.value.running && target.value.lifecycle.state !== 'restarting')
      return failure(`Cannot link to a non running container: /${target.value.name} AS ${path}`);
    if (!target.value.networks.has('bridge'))
      return failure(`container ${target.value.id} not attached to default bridge network`);
    const endpoint = target.value.endpoints.get('bridge');
    const { Env, ExposedPorts } = target.value.config;
    variables.push(
      ...linkVariables(path, endpoint ? endpointAddress(endpoint) : '', Object.keys(ExposedPorts ?? {}), Env),
    );
  }
  return ok(variables);
}

/** @param path `/client/target`: who links, and under which name */
export function linkVariables(
  path: string,
  address: string,
  exposed: readonly string[],
  env: readonly string[],
): readonly string[] {
  const alias = path.replace(/^.*\//, '').toUpperCase().replaceAll('-', '_');
  const ports = exposed.map(readPort).sort(byProtocolThenNumber);
  const variables: string[] = [];
  for (const [i, { number, protocol }] of ports.entries()) {
    const url = `${protocol}://${address}:${number}`;
    if (i === 0) variables.push(`${alias}_PORT=${url}`);
    const prefix = `${alias}_PORT_${number}_${protocol.toUpperCase()}`;
    variables.push(
      `${prefix}=${url}`,
      `${prefix}_ADDR=${address}`,
      `${prefix}_PORT=${number}`,
      `${prefix}_PROTO=${protocol}`,
    );
  }
  variables.push(`${alias}_NAME=${path}`);
  for (const variable of env) {
    const at = variable.indexOf('=');
    const name = variable.slice(0, at);
    if (at > 0 && name !== 'HOME' && name !== 'PATH') variables.push(`${alias}_ENV_${variable}`);
  }
  return variables;
}

function readPort(text: string): Port {
  const [number = '', protocol = 'tcp'] = text.split('/');
  return { number: Number(number), protocol };
}

/** TCP first, then by protocol; then by number. */
function byProtocolThenNumber(a: Port, b: Port): number {
  if (a.protocol === b.protocol) return a.number - b.number;
  if (a.protocol === 'tcp') return -1;
  return b.protocol === 'tcp' || a.protocol > b.protocol ? 1 : -1;
}
