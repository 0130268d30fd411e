import { ok } from '../../base/result.ts';
import { type Answer, invalid } from '../fault.ts';
import type { HostConfig } from './spec.ts';

/** What can't be asked for together with a network mode (runconfig/hostconfig.go and hostconfig_unix.go, validateNetMode). */
export function checkNetworkMode(
  asked: { readonly Hostname?: unknown; readonly ExposedPorts?: unknown },
  host: HostConfig,
): Answer<void> {
  const mode = host.NetworkMode;
  const some = (value: unknown) => Object.keys(value ?? {}).length > 0;
  const conflict = (what: string) => invalid(`conflicting options: ${what}`);
  const undefinedBehavior = "can't be used with links. This would result in undefined behavior";
  if (mode.startsWith('container:')) {
    if (mode === 'container:') return invalid('invalid network mode: invalid container format container:<name|id>');
    if (asked.Hostname) return conflict('hostname and the network mode');
    if (some(host.Links)) return conflict(`container type network ${undefinedBehavior}`);
    if (some(host.Dns)) return conflict('dns and the network mode');
    if (some(host.ExtraHosts)) return conflict('custom host-to-IP mapping and the network mode');
    if (some(host.PortBindings) || host.PublishAllPorts)
      return conflict('port publishing and the container type network mode');
    if (some(asked.ExposedPorts)) return conflict('port exposing and the container type network mode');
  }
  if (host.UTSMode === 'host' && asked.Hostname) return conflict('hostname and the UTS mode');
  return mode === 'host' && some(host.Links) ? conflict(`host type networking ${undefinedBehavior}`) : ok();
}
