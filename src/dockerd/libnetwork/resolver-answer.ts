import { type Ipv4, parseIpv4 } from '../../wire/address.ts';
import { DnsCode, type DnsMessage, type DnsQuestion, type DnsRecord, DnsType } from '../../wire/dns.ts';
import type { NameService } from './resolver.ts';

/** What the embedded DNS answers from what it knows itself. */

/** Seconds. */
const TTL = 600;

/** The answer to a query from among the containers; null: the question is for other servers. */
export function answerFrom(
  names: Pick<NameService, 'resolveName' | 'resolveAddress' | 'ndotsSet'>,
  query: DnsMessage,
): DnsMessage | null {
  const [question] = query.questions as readonly [DnsQuestion];
  const name = question.name.toLowerCase();
  const answers = recordsFor(names, question, name);
  if (answers) return reply(query, answers);
  const isAddress = question.type === DnsType.a || question.type === DnsType.aaaa;
  // The client is to try its search domains; nobody outside knows a name without a dot.
  return isAddress && names.ndotsSet && !name.includes('.') ? reply(query, []) : null;
}

function recordsFor(
  names: Pick<NameService, 'resolveName' | 'resolveAddress'>,
  { type, name: asked }: DnsQuestion,
  name: string,
): readonly DnsRecord[] | null {
  switch (type) {
    case DnsType.a:
      return names.resolveName(name)?.map((data) => ({ name: asked, type, ttl: TTL, data })) ?? null;
    case DnsType.aaaa:
    case DnsType.mx:
      // A name that has IPv4 addresses has an empty answer, not NXDOMAIN: there is nothing of this type.
      return names.resolveName(name) && [];
    case DnsType.ptr: {
      const address = readReverse(name);
      const found = address === null ? null : names.resolveAddress(address);
      return found === null ? null : [{ name: asked, type, ttl: TTL, data: found }];
    }
    default:
      return null;
  }
}

/** An answer as Docker gives it: recursion available, not authoritative. */
export function reply(query: DnsMessage, answers: readonly DnsRecord[]): DnsMessage {
  return { ...query, response: true, authoritative: false, recursionAvailable: true, code: DnsCode.noError, answers };
}

/** An answer that there is none. */
export function refusal(query: DnsMessage, code: number): DnsMessage {
  return { ...query, response: true, authoritative: false, recursionAvailable: false, code, answers: [] };
}

/** The address in `4.3.2.1.in-addr.arpa`. */
function readReverse(name: string): Ipv4 | null {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\.in-addr\.arpa$/.exec(name);
  const address = match ? parseIpv4(`${match[4]}.${match[3]}.${match[2]}.${match[1]}`) : null;
  return address?.ok ? address.value : null;
}
