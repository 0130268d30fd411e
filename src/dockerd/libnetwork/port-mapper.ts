import { err, ok, type Result } from '../../base/result.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import { createSocket } from '../../kernel/net/socket/create.ts';
import type { Socket } from '../../kernel/net/socket/socket.ts';
import type { Task } from '../../kernel/process/task.ts';
import type { Errno } from '../../kernel/syscalls/errno.ts';
import { ANY_ADDRESS, formatIpv4, type Ipv4, parseIpv4 } from '../../wire/address.ts';
import { ANY_ADDRESS6, type IpAddress } from '../../wire/ipv6-address.ts';
import type { Endpoint } from './endpoint.ts';
import { portRules, program, type PublishedPort, withdraw } from './iptables-rules.ts';
import { ipText, type PortAllocator, type PortProtocol, type PortRange } from './port-allocator.ts';
import { startProxy } from './proxy.ts';

/** Publishing ports as the bridge driver does it (libnetwork/drivers/bridge/port_mapping_linux.go). */

/** One `-p`, before it has a port of the host. */
export interface PortRequest {
  readonly protocol: PortProtocol;
  readonly containerPort: number;
  /** null: every address of the host, or the one that the network's options name. */
  readonly hostAddress: IpAddress | null;
  /** `first` is 0 where any port will do. */
  readonly range: PortRange;
}

export type PortMapping = PublishedPort & { readonly endpoint: Endpoint; readonly proxy: Task | null };

const ATTEMPTS = 10;
const BACKLOG = 4096;
const DEFAULT_ADDRESS = 'com.docker.network.bridge.host_binding_ipv4';

/** Reserves host ports, writes the rules and starts a proxy for each address; takes all back where one fails. */
export function mapPorts(
  kernel: Kernel,
  allocator: PortAllocator,
  endpoint: Endpoint,
  requests: readonly PortRequest[],
): Result<PortMapping[], string> {
  const mappings: PortMapping[] = [];
  for (const group of grouped(requests)) {
    const mapped = mapGroup(kernel, allocator, endpoint, group);
    if (!mapped.ok) {
      unmapPorts(kernel, allocator, mappings);
      return mapped;
    }
    mappings.push(...mapped.value);
  }
  return ok(mappings);
}

export function unmapPorts(kernel: Kernel, allocator: PortAllocator, mappings: readonly PortMapping[]): void {
  for (const mapping of mappings) {
    const { endpoint, protocol, hostAddress, hostPort, proxy } = mapping;
    withdraw(kernel.netns, portRules(endpoint.network.bridge, endpoint.address as Ipv4, mapping));
    proxy?.destroy();
    if (hostPort !== 0) allocator.release(protocol, hostAddress, hostPort);
  }
}

/** Exact host ports before ranges, then by container port and protocol; what differs in its address alone gets one port. */
function grouped(requests: readonly PortRequest[]): readonly (readonly PortRequest[])[] {
  const isRange = ({ range }: PortRequest) => range.first === 0 || range.first !== range.last;
  const sorted = [...requests].sort(
    (a, b) =>
      Number(isRange(a)) - Number(isRange(b)) ||
      a.containerPort - b.containerPort ||
      (a.protocol < b.protocol ? -1 : Number(a.protocol > b.protocol)) ||
      a.range.first - b.range.first ||
      a.range.last - b.range.last,
  );
  const groups: PortRequest[][] = [];
  for (const request of sorted) {
    const group = groups.at(-1);
    const same =
      group?.[0]?.containerPort === request.containerPort &&
      group[0].protocol === request.protocol &&
      group[0].range.first === request.range.first &&
      group[0].range.last === request.range.last;
    if (same) group.push(request);
    else groups.push([request]);
  }
  return groups;
}

function mapGroup(
  kernel: Kernel,
  allocator: PortAllocator,
  endpoint: Endpoint,
  group: readonly PortRequest[],
): Result<PortMapping[], string> {
  const [{ protocol, containerPort, range: asked }] = group as readonly [PortRequest];
  const addresses = [...new Set(group.flatMap(({ hostAddress }) => hostAddresses(hostAddress, endpoint)))];
  if (endpoint.network.natMode === 'routed') {
    const mapping = { protocol, containerPort, hostAddress: ANY_ADDRESS, hostPort: 0, endpoint, proxy: null };
    program(kernel.netns, portRules(endpoint.network.bridge, endpoint.address as Ipv4, mapping));
    return ok([mapping]);
  }
  const { localPortFirst, localPortLast } = kernel.netns.sysctl;
  const range = asked.first === 0 ? { first: localPortFirst, last: localPortLast } : asked;
  let failure = '';
  for (let attempt = 0; attempt < (range.first === range.last ? 1 : ATTEMPTS); attempt++) {
    const port = allocator.request(protocol, addresses, range);
    if (!port.ok) return port;
    const sockets = bindAll(kernel, protocol, addresses, port.value);
    if (sockets.ok)
      return ok(
        addresses.map((hostAddress, i): PortMapping => {
          const published = { protocol, containerPort, hostAddress, hostPort: port.value };
          program(kernel.netns, portRules(endpoint.network.bridge, endpoint.address as Ipv4, published));
          const proxy = startProxy(kernel, published, endpoint.address as Ipv4, sockets.value[i] as Socket);
          return { ...published, endpoint, proxy };
        }),
      );
    for (const address of addresses) allocator.release(protocol, address, port.value);
    const hostPart = `${hostText(sockets.error)}:${asked.first}${asked.last === asked.first ? '' : `-${asked.last}`}`;
    const which = range.first === range.last ? '' : ` ${port.value}`;
    failure = `failed to bind host port${which} for ${hostPart}:${formatIpv4(endpoint.address as Ipv4)}:${containerPort}/${protocol}: ${sockets.error.errno === 'EADDRINUSE' ? 'address already in use' : 'cannot assign requested address'}`;
  }
  return err(failure);
}

/** Without an address it is all of IPv4 and, through the proxy, all of IPv6. */
function hostAddresses(asked: IpAddress | null, { network }: Endpoint): readonly IpAddress[] {
  if (asked !== null) return [asked];
  const given = parseIpv4(network.option(DEFAULT_ADDRESS) ?? '');
  return given.ok && given.value !== ANY_ADDRESS ? [given.value] : [ANY_ADDRESS, ANY_ADDRESS6];
}

const hostText = ({ address }: { readonly address: IpAddress }) =>
  typeof address === 'bigint' ? `[${ipText(address)}]` : ipText(address);

interface BindFailure {
  readonly address: IpAddress;
  readonly errno: Errno;
}

/** A socket of each address that holds the port for the proxy, which inherits it. */
function bindAll(
  kernel: Kernel,
  protocol: PortProtocol,
  addresses: readonly IpAddress[],
  port: number,
): Result<Socket[], BindFailure> {
  const sockets: Socket[] = [];
  for (const address of addresses) {
    const bound = bind(kernel, protocol, address, port);
    if (bound.ok) {
      sockets.push(bound.value);
      continue;
    }
    for (const socket of sockets) socket.release();
    return err({ address, errno: bound.error });
  }
  return ok(sockets);
}

function bind(kernel: Kernel, protocol: PortProtocol, address: IpAddress, port: number): Result<Socket, Errno> {
  const family = typeof address === 'bigint' ? 'inet6' : 'inet';
  const made = createSocket(kernel.netns, family, protocol === 'tcp' ? 'stream' : 'datagram');
  if (!made.ok) return made;
  const socket = made.value;
  socket.retain();
  socket.setOption({ option: 'reuseAddress', on: protocol === 'tcp' });
  if (family === 'inet6') socket.setOption({ option: 'bindV6Only', on: true });
  const bound = socket.bind(
    typeof address === 'bigint' ? { family: 'inet6', address, port } : { family: 'inet', address, port },
  );
  const listens = bound.ok && protocol === 'tcp' ? socket.listen(BACKLOG) : bound;
  if (listens.ok) return ok(socket);
  socket.release();
  return listens;
}
