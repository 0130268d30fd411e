import type { Program } from '../../kernel/syscalls/proc.ts';
import { ANY_ADDRESS, type Ipv4 } from '../../wire/address.ts';
import { DnsCode, DnsType, emitDns, parseDns } from '../../wire/dns.ts';

/** A small authoritative name server: it knows the given names and no others. */
export const dnsServer = (names: ReadonlyMap<string, Ipv4>): Program =>
  function* (proc) {
    const socket = yield* proc.socket('inet', 'datagram');
    if (!socket.ok) return 1;
    const bound = yield* proc.bind(socket.value, { family: 'inet', address: ANY_ADDRESS, port: 53 });
    if (!bound.ok) return 1;
    for (;;) {
      const received = yield* proc.receive(socket.value, 4096);
      if (!received.ok) continue;
      const query = parseDns(received.value.data);
      const question = query.ok ? query.value.questions[0] : undefined;
      if (!query.ok || !question) continue;
      const address = names.get(question.name.toLowerCase());
      const answers =
        address !== undefined && question.type === DnsType.a
          ? [{ name: question.name, type: DnsType.a, ttl: 300, data: address }]
          : [];
      const reply = emitDns(
        {
          ...query.value,
          response: true,
          // The server is the authority for the addresses that it gives; an empty answer comes without the mark.
          authoritative: answers.length > 0,
          recursionAvailable: true,
          code: address === undefined ? DnsCode.nxDomain : DnsCode.noError,
          answers,
        },
        { compress: true },
      );
      yield* proc.send(socket.value, reply, received.value.from);
    }
  };
