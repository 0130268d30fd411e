import type { Proc, Sys } from '../../kernel/syscalls/proc.ts';
import { formatIpv4, type Ipv4 } from '../../wire/address.ts';
import { dnsTypeName, DnsType } from '../../wire/dns.ts';
import { formatTime } from '../coreutils/strftime.ts';
import { declareProgram } from '../libc/command-line.ts';
import { resolveHost, resolverConfig } from '../libc/resolve.ts';
import { ask, type Reply } from './ask.ts';
import { DIG_WORDS, type DigOptions, type Lookup, readDigOptions } from './dig-options.ts';
import { CODE_NAMES, dataText } from './record-text.ts';

const VERSION = '9.20.17';
const USAGE = `Usage:  dig [@server] [-p port] [-t type] [-x address] [name] [type] {+options}

   +short                  data of the answers alone
   +[no]cmd +[no]comments +[no]question +[no]answer +[no]stats +[no]all
   +[no]recurse            whether the server asks others
   +[no]tcp                TCP in place of UDP
   +time=N +tries=N        seconds for one try, and how many
`;
const NO_SERVER = 9;
const FATAL = 10;
/** Where the columns of a record stand (BIND's lib/dns/masterdump.c). */
const COLUMN = { ttl: 24, class: 32 } as const;

/** dig of BIND. Left out: EDNS, sections that no server here fills, zone transfers, -f. */
export const dig = declareProgram({ options: DIG_WORDS }, function* (proc) {
  const argv = proc.argv.slice(1);
  const read = readDigOptions(argv);
  if (!read.ok) {
    yield* proc.write(2, `dig: ${read.error}\n${USAGE}`);
    return 1;
  }
  const options = read.value;
  if (options.help || options.version) {
    yield* proc.write(options.help ? 1 : 2, options.help ? USAGE : `DiG ${VERSION}\n`);
    return 0;
  }
  const config = yield* resolverConfig(proc);
  let servers = config.servers;
  if (options.server !== null) {
    const found = yield* resolveHost(proc, options.server);
    if (!found.ok) {
      yield* proc.write(2, `dig: couldn't get address for '${options.server}': not found\n`);
      return FATAL;
    }
    servers = [found.value[0] as Ipv4];
  }
  const lookups = options.lookups.length > 0 ? options.lookups : [{ name: '.', type: DnsType.ns }];
  let exit = 0;
  for (const [i, lookup] of lookups.entries()) {
    const [suffix] = options.search && !lookup.name.includes('.') ? config.search : [];
    const asked = suffix === undefined ? lookup : { ...lookup, name: `${lookup.name}.${suffix}` };
    const status = yield* look(proc, options, asked, servers, i === 0 ? greeting(argv, options) : '');
    exit = Math.max(exit, status);
  }
  return exit;
});

function greeting(argv: readonly string[], { server, sections }: DigOptions): string {
  if (!sections.cmd) return '';
  const found = server === null ? '' : '; (1 server found)\n';
  return `\n; <<>> DiG ${VERSION} <<>> ${argv.join(' ')}\n${found};; global options: +cmd\n`;
}

function* look(proc: Proc, options: DigOptions, lookup: Lookup, servers: readonly Ipv4[], head: string): Sys<number> {
  const { port, recurse, tcp, time, tries } = options;
  for (let attempt = 0; attempt < tries; attempt++)
    for (const server of servers) {
      const reply = yield* ask(proc, { ...lookup, server, port, recurse, tcp, timeout: time * 1e9 });
      if (reply.ok) {
        yield* proc.write(
          1,
          head + (options.short ? shortText(reply.value) : answerText(proc, options, lookup, server, reply.value)),
        );
        return 0;
      }
      yield* proc.write(1, `;; communications error to ${formatIpv4(server)}#${port}: ${reply.error}\n`);
    }
  yield* proc.write(1, `${head};; no servers could be reached\n${head === '' ? '' : '\n'}`);
  return NO_SERVER;
}

const shortText = ({ message }: Reply): string => message.answers.map((record) => `${dataText(record)}\n`).join('');

function answerText(
  proc: Proc,
  { sections, tcp, port }: DigOptions,
  { name, type }: Lookup,
  server: Ipv4,
  { message, size, took }: Reply,
): string {
  const flags = [
    'qr',
    message.authoritative && 'aa',
    message.recursionDesired && 'rd',
    message.recursionAvailable && 'ra',
  ].filter(Boolean);
  let text = '';
  if (sections.comments) {
    text += `;; Got answer:\n;; ->>HEADER<<- opcode: QUERY, status: ${CODE_NAMES[message.code] ?? `RESERVED${message.code}`}, id: ${message.id}\n`;
    text += `;; flags: ${flags.join(' ')}; QUERY: ${message.questions.length}, ANSWER: ${message.answers.length}, AUTHORITY: 0, ADDITIONAL: 0\n`;
    if (message.recursionDesired && !message.recursionAvailable)
      text += ';; WARNING: recursion requested but not available\n';
    text += '\n';
  }
  if (sections.question) {
    const asked = `;${name.replace(/\.$/, '')}.`;
    text += `${sections.comments ? ';; QUESTION SECTION:\n' : ''}${asked}${gap(asked.length, COLUMN.class)}IN\t${dnsTypeName(type)}\n${sections.comments ? '\n' : ''}`;
  }
  if (sections.answer && message.answers.length > 0) {
    if (sections.comments) text += ';; ANSWER SECTION:\n';
    for (const record of message.answers) {
      const owner = `${record.name}.`;
      const ttl = String(record.ttl);
      const start = Math.max(owner.length + 1, COLUMN.ttl);
      text += `${owner}${gap(owner.length, COLUMN.ttl)}${ttl}${gap(start + ttl.length, COLUMN.class)}IN\t${dnsTypeName(record.type)}\t${dataText(record)}\n`;
    }
    if (sections.comments) text += '\n';
  }
  if (!sections.stats) return text;
  const address = formatIpv4(server);
  const when = formatTime('%a %b %d %H:%M:%S UTC %Y', proc.date());
  return `${text};; Query time: ${Math.floor(took / 1e6)} msec\n;; SERVER: ${address}#${port}(${address}) (${tcp ? 'TCP' : 'UDP'})\n;; WHEN: ${when}\n;; MSG SIZE  rcvd: ${size}\n\n`;
}

/** Tabs, and at least one space, from one column to another. */
function gap(from: number, to: number): string {
  const end = Math.max(to, from + 1);
  const tabs = Math.floor(end / 8) - Math.floor(from / 8);
  return tabs > 0 ? '\t'.repeat(tabs) + ' '.repeat(end % 8) : ' '.repeat(end - from);
}
