import type { Proc, Sys } from '../../kernel/syscalls/proc.ts';
import { formatIpv4, type Ipv4, parseIpv4 } from '../../wire/address.ts';
import { DnsCode, type DnsMessage, type DnsRecord, dnsTypeName, DnsType, reverseName } from '../../wire/dns.ts';
import { declareProgram, wordOptions } from '../libc/command-line.ts';
import { resolveHost, resolverConfig } from '../libc/resolve.ts';
import { ask } from './ask.ts';
import { CODE_NAMES, dataText, typeNumber } from './record-text.ts';

const TRIES = 3;
const USAGE = 'Usage: nslookup [-type=TYPE] [-port=PORT] [-timeout=SECONDS] name [server]\n';

/** nslookup of BIND, with a name on its command line. Left out: its own prompt, -debug. */
export const bindNslookup = declareProgram(
  { options: wordOptions(['-type=', '-query=', '-port=', '-timeout=', '-debug'], { debug: 'without effect' }) },
  function* (proc) {
    const words: string[] = [];
    let [type, port, timeout] = [null as number | null, 53, 5];
    for (const word of proc.argv.slice(1)) {
      const [, option = '', value = ''] = /^-(\w+)=?(.*)$/.exec(word) ?? [];
      if (/^(?:type|ty|t|query|querytype|q)$/.test(option)) {
        const number = typeNumber(value);
        if (number === undefined) {
          yield* proc.write(1, `unknown query type: ${value}\n`);
          return 1;
        }
        type = number;
      } else if (option === 'port') port = Number(value) || port;
      else if (option === 'timeout') timeout = Number(value) || timeout;
      else if (!word.startsWith('-')) words.push(word);
      else if (option !== 'debug') {
        yield* proc.write(1, `*** Invalid option: ${option}\n`);
        return 1;
      }
    }
    const [name, serverName] = words;
    if (name === undefined) {
      yield* proc.write(2, `nslookup has no prompt of its own on this simulated host: name a host\n${USAGE}`);
      return 1;
    }
    let { servers } = yield* resolverConfig(proc);
    if (serverName !== undefined) {
      const found = yield* resolveHost(proc, serverName);
      if (!found.ok) {
        yield* proc.write(1, `nslookup: couldn't get address for '${serverName}': not found\n`);
        return 1;
      }
      servers = [found.value[0] as Ipv4];
    }
    const address = parseIpv4(name);
    const asked = address.ok ? reverseName(address.value) : name.replace(/\.$/, '');
    const types = type !== null ? [type] : address.ok ? [DnsType.ptr] : [DnsType.a, DnsType.aaaa];
    return yield* report(proc, { asked, types, servers, port, timeout: timeout * 1e9, reverse: address.ok });
  },
);

interface Query {
  readonly asked: string;
  readonly types: readonly number[];
  readonly servers: readonly Ipv4[];
  readonly port: number;
  readonly timeout: number;
  readonly reverse: boolean;
}

function* report(proc: Proc, query: Query): Sys<number> {
  const { asked, types, port, reverse } = query;
  let server: Ipv4 | null = null;
  let answers = 0;
  for (const type of types) {
    const found = yield* askAll(proc, query, type);
    if (found === null) {
      yield* proc.write(1, ';; no servers could be reached\n\n');
      return 1;
    }
    const { message } = found;
    const text = formatIpv4(found.server);
    const named = reverse ? '' : `Server:\t\t${text}\nAddress:\t${text}#${port}\n\n`;
    if (server === null) yield* proc.write(1, named);
    if (message.code !== DnsCode.noError) {
      yield* proc.write(1, `** server can't find ${asked}: ${CODE_NAMES[message.code] ?? message.code}\n\n`);
      return 1;
    }
    if (message.answers.length > 0 && !message.authoritative && answers === 0 && !reverse)
      yield* proc.write(1, 'Non-authoritative answer:\n');
    for (const record of message.answers) yield* proc.write(1, recordText(record));
    ({ server } = found);
    answers += message.answers.length;
  }
  if (answers === 0) yield* proc.write(1, `*** Can't find ${asked}: No answer\n`);
  yield* proc.write(1, '\n');
  return answers === 0 ? 1 : 0;
}

function* askAll(
  proc: Proc,
  { asked, servers, port, timeout }: Query,
  type: number,
): Sys<{ readonly server: Ipv4; readonly message: DnsMessage } | null> {
  for (let attempt = 0; attempt < TRIES; attempt++)
    for (const server of servers) {
      const reply = yield* ask(proc, { name: asked, type, server, port, recurse: true, tcp: false, timeout });
      if (reply.ok) return { server, message: reply.value.message };
      yield* proc.write(1, `;; communications error to ${formatIpv4(server)}#${port}: ${reply.error}\n`);
    }
  return null;
}

function recordText(record: DnsRecord): string {
  const { name, type } = record;
  const data = dataText(record);
  if (type === DnsType.a || type === DnsType.aaaa) return `Name:\t${name}\nAddress: ${data}\n`;
  if (type === DnsType.ptr) return `${name}\tname = ${data}\n`;
  if (type === DnsType.cname) return `${name}\tcanonical name = ${data}\n`;
  return `${name}\t${dnsTypeName(type)} ${data}\n`;
}
