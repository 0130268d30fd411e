import { err, ok, type Result } from '../../base/result.ts';
import type { Proc, Sys } from '../../kernel/syscalls/proc.ts';
import type { SocketAddress } from '../../kernel/syscalls/socket.ts';
import { formatIpv4, type Ipv4, parseIpv4 } from '../../wire/address.ts';
import { emitIcmp, parseIcmp } from '../../wire/icmp.ts';
import { emitIcmp6Echo, Icmp6Type, parseIcmp6Echo } from '../../wire/icmp6.ts';
import { formatIpv6, type Ipv6, parseIpv6 } from '../../wire/ipv6-address.ts';
import { IcmpMessage, IpProtocol } from '../../wire/packet.ts';
import { type LookupError, readWholeFile, resolveHost } from '../libc/resolve.ts';

/** Echo requests to one host: what differs between the two versions of IP. */
export interface Echo {
  readonly family: 'inet' | 'inet6';
  /** Of its raw socket. */
  readonly protocol: number;
  readonly to: SocketAddress;
  /** The address, as text. */
  readonly text: string;
  request(identifier: number, sequence: number, size: number): Uint8Array;
  /** An answer to one of its requests; null: something else. */
  read(data: Uint8Array): EchoAnswer | null;
}

export interface EchoAnswer {
  readonly identifier: number;
  readonly sequence: number;
  /** Why the request didn't get there; null: it is the reply. */
  readonly error: { readonly type: number; readonly code: number; readonly mtu: number } | null;
}

/** `wrong family`: it is an address of the other version. `no address`: it is a name that has none of this version. */
export type EchoFailure = LookupError | 'wrong family' | 'no address';

/** Whom a name or an address means. @param family null: either */
export function* echoTo(proc: Proc, host: string, family: 4 | 6 | null): Sys<Result<Echo, EchoFailure>> {
  const six = parseIpv6(host);
  if (six !== null) return family === 4 ? err('wrong family') : ok(echo6(six));
  if (family !== 6) {
    const found = yield* resolveHost(proc, host);
    return found.ok ? ok(echo4(found.value[0] as Ipv4)) : found;
  }
  if (parseIpv4(host).ok) return err('wrong family');
  const listed = listedIn((yield* readWholeFile(proc, '/etc/hosts')) ?? '', host);
  if (listed !== null) return ok(echo6(listed));
  const other = yield* resolveHost(proc, host);
  return other.ok ? err('no address') : other;
}

/** Where an answer comes from, as text. */
export function addressText(from: SocketAddress): string {
  if (from.family === 'inet') return formatIpv4(from.address);
  return from.family === 'inet6' ? formatIpv6(from.address) : '';
}

/** A name's IPv6 address in /etc/hosts. */
function listedIn(hosts: string, name: string): Ipv6 | null {
  for (const line of hosts.split('\n')) {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    if (names.some((each) => each.toLowerCase() === name.toLowerCase()) && parseIpv6(address) !== null)
      return parseIpv6(address);
  }
  return null;
}

function echo4(address: Ipv4): Echo {
  return {
    family: 'inet',
    protocol: IpProtocol.icmp,
    to: { family: 'inet', address, port: 0 },
    text: formatIpv4(address),
    request: (identifier, sequence, size) =>
      emitIcmp(new IcmpMessage(8, 0, identifier, sequence, new Uint8Array(size), null)),
    read(data) {
      const parsed = parseIcmp(data);
      if (!parsed.ok) return null;
      const { type, code, identifier, sequence, quoted } = parsed.value;
      if (quoted === null) return type === 0 ? { identifier, sequence, error: null } : null;
      const { payload } = quoted;
      if (quoted.destination !== address || !(payload instanceof IcmpMessage)) return null;
      return { identifier: payload.identifier, sequence: payload.sequence, error: { type, code, mtu: sequence } };
    },
  };
}

function echo6(address: Ipv6): Echo {
  return {
    family: 'inet6',
    protocol: IpProtocol.icmp6,
    to: { family: 'inet6', address, port: 0 },
    text: formatIpv6(address),
    request: (identifier, sequence, size) =>
      emitIcmp6Echo({ type: Icmp6Type.echoRequest, identifier, sequence, data: new Uint8Array(size) }),
    read(data) {
      const parsed = parseIcmp6Echo(data);
      if (!parsed.ok || parsed.value.type !== Icmp6Type.echoReply) return null;
      const { identifier, sequence } = parsed.value;
      return { identifier, sequence, error: null };
    },
  };
}
