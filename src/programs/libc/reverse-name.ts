import type { Proc, Sys } from '../../kernel/syscalls/proc.ts';
import { type Ipv4, parseIpv4 } from '../../wire/address.ts';
import { DnsCode, DnsType, reverseName } from '../../wire/dns.ts';
import { exchange, readWholeFile, resolverConfig } from './resolve.ts';

/** The name of an address, as getnameinfo finds it: /etc/hosts, then a PTR question; null where it has none. */
export function* nameOfAddress(proc: Proc, address: Ipv4): Sys<string | null> {
  const hosts = (yield* readWholeFile(proc, '/etc/hosts')) ?? '';
  for (const line of hosts.split('\n')) {
    const [text = '', name] = line.replace(/#.*/, '').trim().split(/\s+/);
    const parsed = parseIpv4(text);
    if (parsed.ok && parsed.value === address && name !== undefined) return name;
  }
  const config = yield* resolverConfig(proc);
  const [answer] = (yield* exchange(proc, config, [{ name: reverseName(address), type: DnsType.ptr }])) ?? [];
  if (!answer || answer.code !== DnsCode.noError) return null;
  const record = answer.answers.find(({ type }) => type === DnsType.ptr);
  return typeof record?.data === 'string' ? record.data : null;
}
