import type { Proc, Sys } from '../../kernel/syscalls/proc.ts';
import { formatIpv4, type Ipv4, parseIpv4 } from '../../wire/address.ts';
import { DnsCode, type DnsMessage, type DnsRecord, DnsType, dnsTypeName, reverseName } from '../../wire/dns.ts';
import { showUsage } from '../libc/busybox-usage.ts';
import { exchange, resolverConfig, resolveHost } from '../libc/resolve.ts';
import { declareProgram, wordOptions } from '../libc/command-line.ts';

const USAGE = `nslookup [-type=QUERY_TYPE] [-debug] HOST [DNS_SERVER]

Ask a name server about HOST

QUERY_TYPE: A, AAAA, ANY, CNAME, MX, NS, PTR, SOA, SRV, TXT`;

const CODES: Readonly<Record<number, string>> = {
  [DnsCode.formatError]: 'FORMERR',
  [DnsCode.serverFailure]: 'SERVFAIL',
  [DnsCode.nxDomain]: 'NXDOMAIN',
  [DnsCode.notImplemented]: 'NOTIMP',
  [DnsCode.refused]: 'REFUSED',
};

/** BusyBox nslookup in its big form (networking/nslookup.c). */
export const nslookup = declareProgram(
  { options: wordOptions(['-type=', '-debug'], { debug: 'without effect' }) },
  function* (proc) {
    const types: number[] = [];
    const words: string[] = [];
    for (const arg of proc.argv.slice(1)) {
      const match = /^-(?:q|qu|que|quer|query|querytype|t|ty|typ|type)=(.*)$/i.exec(arg);
      if (match) {
        const type = DnsType[(match[1] as string).toLowerCase() as keyof typeof DnsType] as number | undefined;
        if (type === undefined) {
          yield* proc.write(2, `nslookup: invalid query type "${match[1]}"\n`);
          return 1;
        }
        types.push(type);
      } else if (!arg.startsWith('-')) words.push(arg);
    }
    const [host, server] = words;
    if (host === undefined) return yield* showUsage(proc, USAGE);
    const config = yield* resolverConfig(proc);
    let servers = config.servers;
    if (server !== undefined) {
      const found = yield* resolveHost(proc, server);
      if (!found.ok) {
        yield* proc.write(2, `nslookup: bad address '${server}'\n`);
        return 1;
      }
      servers = [found.value[0] as Ipv4];
    }
    const address = parseIpv4(host);
    const name = address.ok ? reverseName(address.value) : host;
    const asked = types.length > 0 ? types : address.ok ? [DnsType.ptr] : [DnsType.a, DnsType.aaaa];
    const queries = asked.flatMap((type) =>
      fullNames(proc, name, type, config.search).map((full) => ({ name: full, type })),
    );
    const questions = queries.map((query) => ({ ...query, name: query.name.replace(/\.$/, '') }));
    for (const one of servers) {
      const answers = yield* exchange(proc, { ...config, servers: [one] }, questions);
      if (!answers) continue;
      yield* proc.write(1, `Server:\t\t${server ?? formatIpv4(one)}\nAddress:\t${formatIpv4(one)}:53\n\n`);
      return yield* report(
        proc,
        queries.map((query) => query.name),
        answers,
      );
    }
    yield* proc.write(1, `;; connection timed out; no servers could be reached\n\n`);
    return 1;
  },
);

/** A name without a dot is asked for in the domains of the search list, and nowhere else (add_query_with_search). */
function fullNames(proc: Proc, name: string, type: number, search: readonly string[]): readonly string[] {
  if (type === DnsType.ptr || name.includes('.')) return [name];
  const own = proc.hostname().split('.').slice(1).join('.');
  const domains = search.length > 0 ? search : own === '' ? [] : [own];
  return domains.length === 0 || domains[0] === '.' ? [name] : domains.map((domain) => `${name}.${domain}`);
}

/** One block for each answer; the exit status is 1 when one was of no use. */
function* report(proc: Proc, names: readonly string[], answers: readonly DnsMessage[]): Sys<number> {
  let failures = 0;
  for (const [i, answer] of answers.entries()) {
    if (answer.code !== DnsCode.noError) {
      yield* proc.write(1, `** server can't find ${names[i]}: ${CODES[answer.code] ?? answer.code}\n`);
      failures++;
    } else {
      if (!answer.authoritative) yield* proc.write(1, 'Non-authoritative answer:\n');
      for (const record of answer.answers) yield* proc.write(1, recordText(record));
    }
    yield* proc.write(1, '\n');
  }
  return failures > 0 ? 1 : 0;
}

function recordText({ name, type, data }: DnsRecord): string {
  if (type === DnsType.a && typeof data === 'number') return `Name:\t${name}\nAddress: ${formatIpv4(data)}\n`;
  if (type === DnsType.ptr) return `${name}\tname = ${String(data)}\n`;
  if (type === DnsType.cname) return `${name}\tcanonical name = ${String(data)}\n`;
  return `${name}\t${dnsTypeName(type)}\n`;
}
