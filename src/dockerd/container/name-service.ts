import type { Daemon } from '../daemon.ts';
import { type NameService, Resolver } from '../libnetwork/resolver.ts';
import type { Endpoint } from '../libnetwork/endpoint.ts';
import { type Ipv4, parseIpv4 } from '../../wire/address.ts';
import type { Container } from './container.ts';

/** What names mean to one container: what its embedded DNS asks (libnetwork/sandbox.go, ResolveName and ResolveIP). */

/** The embedded DNS is there as soon as one of the networks has names. */
export function startResolver(daemon: Daemon, container: Container): void {
  if (container.resolver || !container.namespaces || !container.sandbox) return;
  if (!endpointsOf(container).some((endpoint) => endpoint.network.hasNames)) return;
  container.resolver = new Resolver(daemon.kernel, container.namespaces, nameService(daemon, container));
  container.resolver.start();
}

/** Its endpoints, the one with the way out first. */
const endpointsOf = ({ sandbox }: Container): readonly Endpoint[] => sandbox?.endpoints ?? [];

function nameService(daemon: Daemon, container: Container): NameService {
  return {
    resolveName: (name) => resolveName(daemon, container, name),
    resolveAddress: (address) => resolveAddress(container, address),
    get upstreams() {
      const own = container.hostConfig.Dns;
      // The host's servers are asked from the host, those of --dns from the container.
      return (own.length > 0 ? own : daemon.resolvConf().servers).flatMap((text) => {
        const address = parseIpv4(text);
        return address.ok ? [{ address: address.value, fromHost: own.length === 0 }] : [];
      });
    },
    /** A container that can't leave its networks doesn't ask about the world outside either. */
    get forwards() {
      return endpointsOf(container).some(
        ({ network }) => network.hasAddresses && !network.settings.internal && network.gateway !== null,
      );
    },
    get ndotsSet() {
      const { DnsOptions } = container.hostConfig;
      return (DnsOptions.length > 0 ? DnsOptions : daemon.resolvConf().options).some((each) =>
        each.startsWith('ndots:'),
      );
    },
  };
}

/**
 * Addresses of a name: as it is on any of the container's networks, then its beginning on the network that its end names: of
 * `a.b.c` that is a.b in c, and a in b.c. On each the links come before the names.
 */
function resolveName(daemon: Daemon, container: Container, asked: string): readonly Ipv4[] | null {
  const name = asked.replace(/\.$/, '');
  for (let dot = name.length; dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
    const networkName = name.slice(dot + 1);
    const endpoints = endpointsOf(container).filter(
      ({ network }) => network.hasNames && (networkName === '' || network.name.toLowerCase() === networkName),
    );
    const found = fromLinks(daemon, endpoints, name.slice(0, dot)) ?? fromNames(endpoints, name.slice(0, dot));
    if (found) return shuffled(daemon, found);
  }
  return null;
}

function fromLinks(daemon: Daemon, endpoints: readonly Endpoint[], name: string): readonly Ipv4[] | null {
  for (const { settings, network } of endpoints)
    for (const link of settings.Links ?? []) {
      const [target = '', alias = target] = link.split(':');
      if (alias.toLowerCase() !== name) continue;
      const linked = daemon.containers.find(target);
      const address = linked.ok ? linked.value.endpoints.get(network.name)?.address : undefined;
      if (address !== null && address !== undefined) return [address];
    }
  return null;
}

function fromNames(endpoints: readonly Endpoint[], name: string): readonly Ipv4[] | null {
  for (const { network } of endpoints) {
    const found = [...network.endpoints].flatMap(({ address, dnsNames }) =>
      address !== null && dnsNames.some((known) => known.toLowerCase() === name) ? [address] : [],
    );
    if (found.length > 0) return found;
  }
  return null;
}

/** Several addresses come in a different order each time (Fisher and Yates, as rand.Shuffle). */
function shuffled(daemon: Daemon, addresses: readonly Ipv4[]): readonly Ipv4[] {
  const order = [...addresses];
  for (let i = order.length - 1; i > 0; i--) {
    const j = daemon.kernel.random.below(i + 1);
    [order[i], order[j]] = [order[j] as Ipv4, order[i] as Ipv4];
  }
  return order;
}

function resolveAddress(container: Container, address: Ipv4): string | null {
  for (const { network } of endpointsOf(container)) {
    const found = network.hasNames && [...network.endpoints].find((each) => each.address === address);
    if (found) return `${found.dnsNames[0]}.${network.name}`;
  }
  return null;
}
