import { strerror } from '../../kernel/syscalls/errno.ts';
import type { Fd, Proc, Sys } from '../../kernel/syscalls/proc.ts';
import { formatIpv4, parseIpv4 } from '../../wire/address.ts';
import { parseIpv6 } from '../../wire/ipv6-address.ts';
import { declareProgram, getoptOptions } from '../libc/command-line.ts';
import { hostOptions } from '../libc/options.ts';
import { addressText, type Echo, type EchoFailure, echoTo } from './echo.ts';

const USAGE = `
Usage
  ping [options] <destination>

Options:
  <destination>      DNS name or IP address
  -c <count>         stop after <count> replies
  -i <interval>      seconds between packets
  -I <interface>     interface
  -M <pmtud opt>     whether packets may be cut: do (never), dont (yes), want (as the kernel does), probe
  -n                 no reverse name resolution
  -q                 only the summary
  -s <size>          bytes of data
  -t <ttl>           time to live
  -w <deadline>      end after so many seconds
  -W <timeout>       seconds to wait for an answer
  -4                 use IPv4
  -6                 use IPv6, which reaches ::1 alone here
`;

const SPEC = 'c:i:I:M:nqs:t:w:W:46';

/** `-M`: whether packets carry DF; null: as the kernel does. */
const DISCOVERY: Readonly<Record<string, boolean | null>> = { do: true, dont: false, want: null, probe: true };

/** Kinds of destination unreachable (RFC 792), in iputils' words. */
const UNREACHABLE = [
  'Destination Net Unreachable',
  'Destination Host Unreachable',
  'Destination Protocol Unreachable',
  'Destination Port Unreachable',
];

/** getaddrinfo's words (gai_strerror). */
const LOOKUP_WORDS: Readonly<Record<EchoFailure, string>> = {
  'not found': 'Name or service not known',
  'try again': 'Temporary failure in name resolution',
  'wrong family': 'Address family for hostname not supported',
  'no address': 'No address associated with hostname',
};

interface Settings {
  readonly count: number;
  readonly size: number;
  readonly interval: number;
  readonly wait: number;
  readonly deadline: number;
  readonly quiet: boolean;
  /** Of the device that packets leave by. */
  readonly mtu: number;
}

class Tally {
  transmitted = 0;
  errors = 0;
  readonly times: number[] = [];
}

/** ping of iputils, which the host has. Left out: flooding, patterns, record route. */
export const iputilsPing = declareProgram({ options: getoptOptions(SPEC) }, function* (proc) {
  const options = yield* hostOptions(proc, 'ping', SPEC, USAGE);
  if (!options) return 2;
  const fail = function* (text: string, status = 2) {
    yield* proc.write(2, `ping: ${text}\n`);
    return status;
  };
  for (const letter of ['c', 's', 't', 'w', 'W', 'i'] as const) {
    const text = options.value(letter);
    if (text !== undefined && !/^\d+(?:\.\d+)?$/.test(text)) return yield* fail(`invalid argument: '${text}'`, 1);
  }
  const discovery = options.value('M') ?? 'want';
  if (!Object.hasOwn(DISCOVERY, discovery)) return yield* fail(`invalid -M argument: ${discovery}`);
  const host = options.operands.at(-1);
  if (host === undefined) return yield* fail('usage error: Destination address required', 1);
  const number = (letter: string, otherwise: number) => Number(options.value(letter) ?? otherwise);
  if (options.has('c') && number('c', 1) < 1)
    return yield* fail(`invalid argument: '${options.value('c')}': out of range: 1 <= value <= 9223372036854775807`, 1);
  const found = yield* echoTo(proc, host, options.has('6') ? 6 : options.has('4') ? 4 : null);
  if (!found.ok) return yield* fail(`${host}: ${LOOKUP_WORDS[found.error]}`);
  const echo = found.value;
  const socket = yield* proc.socket(echo.family, 'raw', echo.protocol);
  if (!socket.ok) return yield* fail(`socktype: SOCK_RAW: ${strerror(socket.error, 'glibc')}`);
  const device = options.value('I');
  if (device !== undefined && !parseIpv4(device).ok) {
    const bound = proc.setSocketOption(socket.value, { option: 'device', name: device });
    if (!bound.ok) return yield* fail(`SO_BINDTODEVICE ${device}: ${strerror(bound.error, 'glibc')}`);
  }
  const route = echo.to.family === 'inet' ? proc.net.routeTo(echo.to.address) : null;
  const connected = route ?? (yield* proc.connect(socket.value, echo.to));
  if (!connected.ok && device === undefined) return yield* fail(`connect: ${strerror(connected.error, 'glibc')}`);
  if (options.has('t')) proc.setSocketOption(socket.value, { option: 'ttl', value: number('t', 64) });
  const dontFragment = DISCOVERY[discovery] ?? null;
  if (dontFragment !== null) proc.setSocketOption(socket.value, { option: 'dontFragment', on: dontFragment });
  const out = device ?? (route?.ok ? route.value.device : null);
  const link = proc.net.links().find(({ name }) => name === out);
  const settings: Settings = {
    mtu: link?.mtu ?? 0,
    count: number('c', 0),
    size: number('s', 56),
    interval: number('i', 1) * 1e9,
    wait: number('W', 10) * 1e9,
    deadline: number('w', 0) * 1e9,
    quiet: options.has('q'),
  };
  const source = route ? (route.ok ? formatIpv4(route.value.source) : '0.0.0.0') : echo.text;
  const from = device === undefined ? '' : ` from ${source} ${device}:`;
  const size = route ? `${settings.size}(${settings.size + 28}) bytes of data.` : `${settings.size} data bytes`;
  yield* proc.write(1, `PING ${host} (${echo.text})${from} ${size}\n`);
  proc.disposition('SIGINT', 'catch');
  const tally = new Tally();
  const start = proc.now();
  yield* run(proc, socket.value, { host, echo }, settings, tally);
  yield* proc.write(1, summary(host, tally, proc.now() - start));
  const enough = settings.deadline > 0 && settings.count > 0 ? settings.count : 1;
  return tally.times.length >= enough ? 0 : 1;
});

function* run(
  proc: Proc,
  fd: Fd,
  target: { readonly host: string; readonly echo: Echo },
  settings: Settings,
  tally: Tally,
): Sys<void> {
  const { echo, host } = target;
  const id = proc.pid & 0xffff;
  const sentAt: number[] = [];
  const start = proc.now();
  let nextSend = start;
  let { mtu } = settings;
  let end = settings.deadline > 0 ? start + settings.deadline : Number.POSITIVE_INFINITY;
  const more = () => settings.count === 0 || tally.transmitted < settings.count;
  for (;;) {
    const now = proc.now();
    if (more() && now >= nextSend && now < end) {
      const sequence = ++tally.transmitted & 0xffff;
      sentAt[sequence] = now;
      const sent = yield* proc.send(fd, echo.request(id, sequence, settings.size), echo.to);
      if (!sent.ok) {
        if (sent.error === 'EINTR') return;
        if (sent.error === 'EMSGSIZE') tally.errors++;
        yield* proc.write(
          2,
          sent.error === 'EMSGSIZE'
            ? `ping: local error: message too long, mtu=${mtu}\n`
            : `ping: sendmsg: ${strerror(sent.error, 'glibc')}\n`,
        );
      }
      nextSend = now + settings.interval;
      if (!more()) end = Math.min(end, now + settings.wait);
    }
    const done = tally.times.length + tally.errors;
    if (proc.now() >= end || (settings.count > 0 && done >= settings.count)) return;
    const until = more() ? Math.min(nextSend, end) : end;
    const ready = yield* proc.poll([{ fd, read: true }], Math.max(0, until - proc.now()));
    if (!ready.ok) return;
    if (ready.value.length === 0) continue;
    const received = yield* proc.receive(fd);
    if (!received.ok) {
      if (received.error === 'EINTR') return;
      continue;
    }
    const answer = echo.read(received.value.data);
    if (answer === null || answer.identifier !== id) continue;
    const from = addressText(received.value.from);
    if (answer.error !== null) {
      const { type, code } = answer.error;
      tally.errors++;
      if (type === 3 && code === 4) mtu = answer.error.mtu;
      const what =
        type === 11
          ? 'Time to live exceeded'
          : code === 4
            ? `Frag needed and DF set (mtu = ${mtu})`
            : (UNREACHABLE[code] ?? (code === 13 ? 'Packet filtered' : 'Destination Unreachable'));
      if (!settings.quiet) yield* proc.write(1, `From ${from} icmp_seq=${answer.sequence} ${what}\n`);
      continue;
    }
    const time = proc.now() - (sentAt[answer.sequence] ?? proc.now());
    tally.times.push(time);
    const shown = parseIpv4(host).ok || parseIpv6(host) !== null ? from : `${host} (${from})`;
    if (!settings.quiet)
      yield* proc.write(
        1,
        `${received.value.data.length} bytes from ${shown}: icmp_seq=${answer.sequence} ttl=${received.value.ttl} time=${roundTrip(time)} ms\n`,
      );
  }
}

/** Three significant digits and at least three decimals below 1 ms, as iputils has them. */
function roundTrip(time: number): string {
  const ms = time / 1e6;
  return ms >= 100 ? ms.toFixed(0) : ms >= 10 ? ms.toFixed(1) : ms >= 1 ? ms.toFixed(2) : ms.toFixed(3);
}

function summary(host: string, { transmitted, errors, times }: Tally, elapsed: number): string {
  const loss =
    transmitted === 0 ? '' : `, ${formatLoss(((transmitted - times.length) * 100) / transmitted)}% packet loss`;
  const counted = `${transmitted} packets transmitted, ${times.length} received${errors > 0 ? `, +${errors} errors` : ''}${loss}`;
  const head = `\n--- ${host} ping statistics ---\n${counted}, time ${Math.round(elapsed / 1e6)}ms\n`;
  if (times.length === 0) return `${head}\n`;
  const mean = times.reduce((sum, each) => sum + each, 0) / times.length;
  const deviation = Math.sqrt(times.reduce((sum, each) => sum + (each - mean) ** 2, 0) / times.length);
  const text = [Math.min(...times), mean, Math.max(...times), deviation]
    .map((each) => (each / 1e6).toFixed(3))
    .join('/');
  return `${head}rtt min/avg/max/mdev = ${text} ms\n`;
}

const formatLoss = (percent: number) => String(Number(percent.toPrecision(6)));
