import type { Proc, Sys } from '../../kernel/syscalls/proc.ts';
import { formatIpv4, type Ipv4, parseIpv4 } from '../../wire/address.ts';
import { DnsCode, type DnsMessage, type DnsRecord, dnsTypeName, DnsType, reverseName } from '../../wire/dns.ts';
import { declareProgram, getoptOptions } from '../libc/command-line.ts';
import { hostOptions } from '../libc/options.ts';
import { resolveHost, resolverConfig } from '../libc/resolve.ts';
import { ask } from './ask.ts';
import { CODE_NAMES, dataText, typeNumber } from './record-text.ts';

const SPEC = 'aAcCdilnrsTUvVwW:R:t:m:N:p:46';
const LIMITS = Object.fromEntries([...'aAcCdilnsUvVwmN46'].map((letter) => [letter, 'without effect']));
const USAGE = `Usage: host [-rT] [-t type] [-W time] [-R number] [-p port] hostname [server]
`;

/** host of BIND: what a name or an address has. Left out: zones (-l), the long form (-v, -a, -d). */
export const host = declareProgram({ options: getoptOptions(SPEC, { limits: LIMITS }) }, function* (proc) {
  const options = yield* hostOptions(proc, 'host', SPEC, USAGE);
  if (!options) return 1;
  const [name, serverName] = options.operands;
  if (name === undefined) {
    yield* proc.write(2, USAGE);
    return 1;
  }
  const typeName = options.value('t');
  const wanted = typeName === undefined ? undefined : typeNumber(typeName);
  if (typeName !== undefined && wanted === undefined) {
    yield* proc.write(2, `host: invalid type: ${typeName}\n`);
    return 1;
  }
  const config = yield* resolverConfig(proc);
  let servers = config.servers;
  if (serverName !== undefined) {
    const found = yield* resolveHost(proc, serverName);
    if (!found.ok) {
      yield* proc.write(2, `host: couldn't get address for '${serverName}': not found\n`);
      return 1;
    }
    servers = [found.value[0] as Ipv4];
    const text = formatIpv4(servers[0] as Ipv4);
    yield* proc.write(1, `Using domain server:\nName: ${serverName}\nAddress: ${text}#53\nAliases: \n\n`);
  }
  const address = parseIpv4(name);
  const asked = address.ok ? reverseName(address.value) : name.replace(/\.$/, '');
  const types = wanted !== undefined ? [wanted] : address.ok ? [DnsType.ptr] : [DnsType.a, DnsType.aaaa, DnsType.mx];
  const how = {
    port: Number(options.value('p') ?? 53),
    tcp: options.has('T'),
    recurse: !options.has('r'),
    timeout: Number(options.value('W') ?? 5) * 1e9,
    tries: Math.max(1, Number(options.value('R') ?? 1) + (options.has('R') ? 0 : 1)),
  };
  let found = false;
  for (const type of types) {
    const message = yield* askAll(proc, servers, asked, type, how);
    if (message === null) {
      yield* proc.write(1, ';; no servers could be reached\n');
      return 1;
    }
    if (message.code !== DnsCode.noError) {
      yield* proc.write(
        1,
        `Host ${asked}${address.ok ? '.' : ''} not found: ${message.code}(${CODE_NAMES[message.code] ?? ''})\n`,
      );
      return 1;
    }
    for (const record of message.answers) yield* proc.write(1, `${recordText(record)}\n`);
    found ||= message.answers.length > 0;
    if (message.answers.length === 0 && wanted !== undefined)
      yield* proc.write(1, `${asked} has no ${dnsTypeName(type)} record\n`);
  }
  return found || wanted !== undefined ? 0 : 1;
});

interface How {
  readonly port: number;
  readonly tcp: boolean;
  readonly recurse: boolean;
  readonly timeout: number;
  readonly tries: number;
}

function* askAll(proc: Proc, servers: readonly Ipv4[], name: string, type: number, how: How): Sys<DnsMessage | null> {
  for (let attempt = 0; attempt < how.tries; attempt++)
    for (const server of servers) {
      const reply = yield* ask(proc, { ...how, name, type, server });
      if (reply.ok) return reply.value.message;
      yield* proc.write(1, `;; communications error to ${formatIpv4(server)}#${how.port}: ${reply.error}\n`);
    }
  return null;
}

function recordText(record: DnsRecord): string {
  const { name, type } = record;
  const data = dataText(record);
  if (type === DnsType.a) return `${name} has address ${data}`;
  if (type === DnsType.aaaa) return `${name} has IPv6 address ${data}`;
  if (type === DnsType.ptr) return `${name} domain name pointer ${data}`;
  if (type === DnsType.cname) return `${name} is an alias for ${data}`;
  if (type === DnsType.ns) return `${name} name server ${data}`;
  return `${name} has ${dnsTypeName(type)} record ${data}`;
}
