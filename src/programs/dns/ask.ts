import { err, ok, type Result } from '../../base/result.ts';
import { concatBytes, NO_BYTES } from '../../base/bytes.ts';
import type { Fd, Proc, Sys } from '../../kernel/syscalls/proc.ts';
import type { Ipv4 } from '../../wire/address.ts';
import { type DnsMessage, emitDns, parseDns } from '../../wire/dns.ts';

export interface Question {
  readonly name: string;
  readonly type: number;
  readonly server: Ipv4;
  readonly port: number;
  readonly recurse: boolean;
  readonly tcp: boolean;
  /** Nanoseconds for one try. */
  readonly timeout: number;
}

export interface Reply {
  readonly message: DnsMessage;
  /** Bytes of the answer. */
  readonly size: number;
  /** Nanoseconds. */
  readonly took: number;
}

export type Trouble = 'timed out' | 'connection refused' | 'network unreachable' | 'host unreachable' | 'end of file';

/** Asks one server once, as BIND's programs do. */
export function* ask(proc: Proc, question: Question): Sys<Result<Reply, Trouble>> {
  const socket = yield* proc.socket('inet', question.tcp ? 'stream' : 'datagram');
  if (!socket.ok) return err('network unreachable');
  const reply = yield* exchange(proc, socket.value, question);
  yield* proc.close(socket.value);
  return reply;
}

function* exchange(proc: Proc, fd: Fd, question: Question): Sys<Result<Reply, Trouble>> {
  const started = proc.now();
  proc.setSocketOption(fd, { option: 'sendTimeout', value: question.timeout });
  const connected = yield* proc.connect(fd, { family: 'inet', address: question.server, port: question.port });
  if (!connected.ok) return err(troubleOf(connected.error));
  const id = proc.random() & 0xffff;
  const query = emitDns({
    id,
    response: false,
    authoritative: false,
    recursionDesired: question.recurse,
    recursionAvailable: false,
    code: 0,
    questions: [{ name: question.name.replace(/\.$/, ''), type: question.type }],
    answers: [],
  });
  const sent = yield* proc.send(fd, question.tcp ? concatBytes([lengthOf(query), query]) : query);
  if (!sent.ok) return err(troubleOf(sent.error));
  const deadline = started + question.timeout;
  let collected: Uint8Array = NO_BYTES;
  for (;;) {
    const ready = yield* proc.poll([{ fd, read: true }], Math.max(0, deadline - proc.now()));
    if (!ready.ok || ready.value.length === 0) return err('timed out');
    const received = yield* proc.receive(fd, 65_535);
    if (!received.ok) return err(troubleOf(received.error));
    if (question.tcp) {
      if (received.value.data.length === 0) return err('end of file');
      collected = concatBytes([collected, received.value.data]);
      if (collected.length < 2 || collected.length < 2 + wordAt(collected)) continue;
    }
    const bytes = question.tcp ? collected.subarray(2) : received.value.data;
    const message = parseDns(bytes);
    // Answers to somebody else's questions, and what isn't one, are passed over.
    if (message.ok && message.value.response && message.value.id === id)
      return ok({ message: message.value, size: bytes.length, took: proc.now() - started });
  }
}

const lengthOf = (bytes: Uint8Array) => Uint8Array.of(bytes.length >> 8, bytes.length & 255);
const wordAt = (bytes: Uint8Array) => ((bytes[0] as number) << 8) | (bytes[1] as number);

function troubleOf(errno: string): Trouble {
  if (errno === 'ECONNREFUSED') return 'connection refused';
  if (errno === 'EHOSTUNREACH') return 'host unreachable';
  return errno === 'ENETUNREACH' ? 'network unreachable' : 'timed out';
}
