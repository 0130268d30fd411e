import { strerror } from '../../kernel/syscalls/errno.ts';
import type { Fd, Proc, Sys } from '../../kernel/syscalls/proc.ts';
import { showUsage } from '../libc/busybox-usage.ts';
import { declareProgram, getoptOptions } from '../libc/command-line.ts';
import { getopt, problemText } from '../libc/getopt.ts';
import { addressText, type Echo, echoTo } from './echo.ts';

const USAGE = `ping [OPTIONS] HOST

Send ICMP echo requests to HOST

	-c CNT		Stop after so many
	-s SIZE		Bytes of data (56)
	-i SECS		Pause between them (1)
	-t TTL		Time to live
	-I IFACE	Interface, or source address
	-W SEC		How long to wait for the last answers (10)
	-w SEC		End after so long
	-q		Only the summary
	-A		Send as answers come
	-4,-6		IPv4 or IPv6`;

const SPEC = '46c:s:i:t:I:W:w:qAp:';
const LIMITS = { 6: 'reaches ::1 alone', A: 'packets go at the usual pace', p: 'zeros are sent' };

interface Settings {
  readonly count: number;
  readonly size: number;
  readonly interval: number;
  readonly wait: number;
  readonly deadline: number;
  readonly quiet: boolean;
}

interface Tally {
  transmitted: number;
  received: number;
  duplicates: number;
  minimum: number;
  maximum: number;
  sum: number;
}

/** BusyBox ping (networking/ping.c), and ping6. */
export const ping = declareProgram({ options: getoptOptions(SPEC, { limits: LIMITS }) }, function* (proc) {
  const six = proc.argv[0]?.endsWith('ping6') === true;
  const parsed = getopt(proc.argv.slice(1), SPEC);
  if (parsed.problem) return yield* showUsage(proc, USAGE, problemText('ping', parsed.problem, 'musl'));
  const value = (name: string) => parsed.given.findLast((each) => each.name === name)?.value;
  const number = (name: string, otherwise: number) => (value(name) === undefined ? otherwise : Number(value(name)));
  const has = (name: string) => parsed.given.some((each) => each.name === name);
  const [host] = parsed.rest;
  if (host === undefined) return yield* showUsage(proc, USAGE);
  for (const [name, text] of parsed.given.map((each) => [each.name, each.value] as const)) {
    if ('cstWw'.includes(name) && !/^\d+$/.test(text)) {
      yield* proc.write(2, `ping: invalid number '${text}'\n`);
      return 1;
    }
  }
  const found = yield* echoTo(proc, host, six || has('6') ? 6 : has('4') ? 4 : null);
  if (!found.ok) {
    yield* proc.write(2, `ping: bad address '${host}'\n`);
    return 1;
  }
  const echo = found.value;
  const socket = yield* proc.socket(echo.family, 'raw', echo.protocol);
  if (!socket.ok) {
    yield* proc.write(2, `ping: permission denied (are you root?)\n`);
    return 1;
  }
  const device = value('I');
  if (device !== undefined) {
    const bound = proc.setSocketOption(socket.value, { option: 'device', name: device });
    if (!bound.ok) {
      yield* proc.write(2, `ping: can't bind to interface ${device}: ${strerror(bound.error, 'musl')}\n`);
      return 1;
    }
  }
  if (has('t')) proc.setSocketOption(socket.value, { option: 'ttl', value: number('t', 64) });
  proc.setSocketOption(socket.value, { option: 'broadcast', on: true });
  const settings: Settings = {
    count: number('c', 0),
    size: number('s', 56),
    interval: number('i', 1) * 1e9,
    wait: number('W', 10) * 1e9,
    deadline: number('w', 0) * 1e9,
    quiet: has('q'),
  };
  const head = `PING ${host} (${echo.text}): ${settings.size} data bytes\n`;
  // What isn't a terminal gets it with the first answer, or just before the complaint: stdio keeps it till then.
  let buffered = proc.isTty(1) ? '' : head;
  if (buffered === '') yield* proc.write(1, head);
  const say = function* (text: string): Sys<void> {
    yield* proc.write(1, buffered + text);
    buffered = '';
  };
  proc.disposition('SIGINT', 'catch');
  const tally: Tally = {
    transmitted: 0,
    received: 0,
    duplicates: 0,
    minimum: Number.POSITIVE_INFINITY,
    maximum: 0,
    sum: 0,
  };
  const failed = yield* run(proc, socket.value, echo, settings, tally, say);
  if (failed !== null) {
    if (buffered !== '') yield* say('');
    yield* proc.write(2, `ping: sendto: ${failed}\n`);
    return 1;
  }
  yield* say(summary(host, tally));
  return tally.received > 0 ? 0 : 1;
});

/** Sends and listens until done; the words of an error that ends it, or null. */
function* run(
  proc: Proc,
  fd: Fd,
  echo: Echo,
  settings: Settings,
  tally: Tally,
  say: (text: string) => Sys<void>,
): Sys<string | null> {
  const id = proc.pid & 0xffff;
  const sentAt: number[] = [];
  const seen = new Set<number>();
  const start = proc.now();
  let nextSend = start;
  let end = settings.deadline > 0 ? start + settings.deadline : Number.POSITIVE_INFINITY;
  for (;;) {
    const now = proc.now();
    const more = settings.count === 0 || tally.transmitted < settings.count;
    if (more && now >= nextSend) {
      sentAt[tally.transmitted & 0xffff] = now;
      const sent = yield* proc.send(fd, echo.request(id, tally.transmitted & 0xffff, settings.size), echo.to);
      if (!sent.ok && sent.error !== 'EINTR' && sent.error !== 'EPERM') return strerror(sent.error, 'musl');
      if (!sent.ok && sent.error === 'EPERM') return strerror('EPERM', 'musl');
      tally.transmitted++;
      nextSend = now + settings.interval;
      // After the last one it only waits for what is still on its way.
      if (settings.count > 0 && tally.transmitted >= settings.count) end = Math.min(end, now + settings.wait);
    }
    if (proc.now() >= end || (settings.count > 0 && tally.received >= settings.count)) return null;
    const until = settings.count === 0 || tally.transmitted < settings.count ? Math.min(nextSend, end) : end;
    const ready = yield* proc.poll([{ fd, read: true }], Math.max(0, until - proc.now()));
    if (!ready.ok) return null;
    if (ready.value.length === 0) continue;
    const received = yield* proc.receive(fd);
    if (!received.ok) {
      if (received.error === 'EINTR') return null;
      continue;
    }
    const answer = echo.read(received.value.data);
    if (answer === null || answer.error !== null || answer.identifier !== id) continue;
    const { sequence } = answer;
    const time = proc.now() - (sentAt[sequence] ?? proc.now());
    const again = seen.has(sequence);
    seen.add(sequence);
    if (again) tally.duplicates++;
    else {
      tally.received++;
      tally.minimum = Math.min(tally.minimum, time);
      tally.maximum = Math.max(tally.maximum, time);
      tally.sum += time;
    }
    if (settings.quiet) continue;
    const from = addressText(received.value.from);
    yield* say(
      `${received.value.data.length} bytes from ${from}: seq=${sequence} ttl=${received.value.ttl} time=${milliseconds(time)} ms${again ? ' (DUP!)' : ''}\n`,
    );
  }
}

const milliseconds = (ns: number) => (Math.round(ns / 1000) / 1000).toFixed(3);

function summary(host: string, { transmitted, received, duplicates, minimum, maximum, sum }: Tally): string {
  const loss = transmitted === 0 ? '' : `, ${Math.floor(((transmitted - received) * 100) / transmitted)}% packet loss`;
  const head = `\n--- ${host} ping statistics ---\n${transmitted} packets transmitted, ${received} packets received${duplicates > 0 ? `, ${duplicates} duplicates` : ''}${loss}\n`;
  if (received === 0) return head;
  return `${head}round-trip min/avg/max = ${milliseconds(minimum)}/${milliseconds(sum / received)}/${milliseconds(maximum)} ms\n`;
}
