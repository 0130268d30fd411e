import { err, ok, type Result } from '../../base/result.ts';
import { decodeUtf8 } from '../../base/bytes.ts';
import { type Ipv4, ipv4, parseIpv4 } from '../../wire/address.ts';
import { DnsCode, type DnsMessage, DnsType, emitDns, parseDns } from '../../wire/dns.ts';
import type { Proc, Sys } from '../../kernel/syscalls/proc.ts';

/** What /etc/resolv.conf says (resolv.conf(5)). */
export interface ResolverConfig {
  readonly servers: readonly Ipv4[];
  readonly search: readonly string[];
  readonly ndots: number;
  /** Nanoseconds for one try. */
  readonly timeout: number;
  readonly attempts: number;
}

export type LookupError = 'not found' | 'try again';

export function* readWholeFile(proc: Proc, path: string): Sys<string | null> {
  const file = yield* proc.open(path, { read: true });
  if (!file.ok) return null;
  let text = '';
  for (;;) {
    const part = yield* proc.read(file.value, 65536);
    if (!part.ok || part.value.length === 0) break;
    text += decodeUtf8(part.value);
  }
  yield* proc.close(file.value);
  return text;
}

export function* resolverConfig(proc: Proc): Sys<ResolverConfig> {
  const text = (yield* readWholeFile(proc, '/etc/resolv.conf')) ?? '';
  const servers: Ipv4[] = [];
  let search: readonly string[] = [];
  let ndots = 1;
  let timeout = 5;
  let attempts = 2;
  for (const line of text.split('\n')) {
    const [key, ...values] = line.trim().split(/\s+/);
    const address = parseIpv4(values[0] ?? '');
    if (key === 'nameserver' && address.ok) servers.push(address.value);
    else if (key === 'search' || key === 'domain') search = values;
    else if (key === 'options')
      for (const option of values) {
        const [name, number] = option.split(':');
        if (name === 'ndots') ndots = Number(number);
        else if (name === 'timeout') timeout = Math.max(1, Number(number));
        else if (name === 'attempts') attempts = Math.max(1, Number(number));
      }
  }
  return {
    servers: servers.length > 0 ? servers.slice(0, 3) : [ipv4('127.0.0.1')],
    search,
    ndots,
    timeout: timeout * 1e9,
    attempts,
  };
}

/** The addresses of a name: a literal, /etc/hosts, then DNS with the search list, A and AAAA asked at once (getaddrinfo). */
export function* resolveHost(proc: Proc, name: string): Sys<Result<readonly Ipv4[], LookupError>> {
  const literal = parseIpv4(name);
  if (literal.ok) return ok([literal.value]);
  if (!/^[a-zA-Z0-9_][a-zA-Z0-9_.-]*$/.test(name) || name.length > 253) return err('not found');
  const hosts = (yield* readWholeFile(proc, '/etc/hosts')) ?? '';
  const listed = hostsAddresses(hosts, name);
  if (listed.length > 0) return ok(listed);
  const config = yield* resolverConfig(proc);
  let failure: LookupError = 'not found';
  for (const candidate of searchNames(name, config)) {
    const found = yield* queryAddresses(proc, config, candidate);
    if (found.ok && found.value.length > 0) return found;
    if (!found.ok) failure = found.error;
  }
  return err(failure);
}

/** What `/etc/hosts` has for a name. */
export function hostsAddresses(text: string, name: string): readonly Ipv4[] {
  const wanted = name.toLowerCase();
  return text.split('\n').flatMap((line) => {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    const parsed = parseIpv4(address);
    return parsed.ok && names.some((each) => each.toLowerCase() === wanted) ? [parsed.value] : [];
  });
}

function searchNames(name: string, { search, ndots }: ResolverConfig): readonly string[] {
  if (name.endsWith('.')) return [name.slice(0, -1)];
  const searched = search.map((domain) => `${name}.${domain}`);
  const dots = name.split('.').length - 1;
  return dots >= ndots ? [name, ...searched] : [...searched, name];
}

function* queryAddresses(proc: Proc, config: ResolverConfig, name: string): Sys<Result<readonly Ipv4[], LookupError>> {
  const answers = yield* exchange(proc, config, [
    { name, type: DnsType.a },
    { name, type: DnsType.aaaa },
  ]);
  if (!answers) return err('try again');
  const [a] = answers;
  if (!a || a.code === DnsCode.serverFailure) return err('try again');
  if (a.code !== DnsCode.noError) return err('not found');
  return ok(
    a.answers.flatMap(({ type, data }) => (type === DnsType.a && typeof data === 'number' ? [data as Ipv4] : [])),
  );
}

/** The official name in `/etc/hosts` of one that it lists: the first of its line. */
export function canonicalName(text: string, name: string): string | undefined {
  const wanted = name.toLowerCase();
  for (const line of text.split('\n')) {
    const [, ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    if (names.some((each) => each.toLowerCase() === wanted)) return names[0];
  }
  return undefined;
}

/** Asks several questions from one socket and waits for all answers; null when no server answered in time. */
export function* exchange(
  proc: Proc,
  config: ResolverConfig,
  questions: DnsMessage['questions'],
): Sys<readonly DnsMessage[] | null> {
  const socket = yield* proc.socket('inet', 'datagram');
  if (!socket.ok) return null;
  const ids = questions.map(() => proc.random() & 0xffff);
  const answers: (DnsMessage | undefined)[] = questions.map(() => undefined);
  yield* proc.bind(socket.value, { family: 'inet', address: 0 as Ipv4, port: 0 });
  for (let attempt = 0; attempt < config.attempts && answers.includes(undefined); attempt++) {
    for (const server of config.servers) {
      for (const [i, question] of questions.entries()) {
        if (answers[i]) continue;
        const query = emitDns({
          id: ids[i] as number,
          response: false,
          authoritative: false,
          recursionDesired: true,
          recursionAvailable: false,
          code: 0,
          questions: [question],
          answers: [],
        });
        yield* proc.send(socket.value, query, { family: 'inet', address: server, port: 53 });
      }
      yield* collect(proc, socket.value, config, ids, answers);
      if (!answers.includes(undefined)) break;
    }
  }
  yield* proc.close(socket.value);
  return answers.includes(undefined) ? null : (answers as DnsMessage[]);
}

function* collect(
  proc: Proc,
  fd: number,
  config: ResolverConfig,
  ids: readonly number[],
  answers: (DnsMessage | undefined)[],
): Sys<void> {
  const deadline = proc.now() + config.timeout / config.servers.length;
  while (answers.includes(undefined) && proc.now() < deadline) {
    const ready = yield* proc.poll([{ fd, read: true }], deadline - proc.now());
    if (!ready.ok || ready.value.length === 0) return;
    const received = yield* proc.receive(fd, 4096);
    if (!received.ok) return;
    const message = parseDns(received.value.data);
    if (!message.ok || !message.value.response) continue;
    const at = ids.findIndex((id, i) => id === message.value.id && !answers[i]);
    if (at >= 0) answers[at] = message.value;
  }
}
