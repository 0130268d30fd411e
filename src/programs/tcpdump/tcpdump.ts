import type { Fd, Proc, Sys } from '../../kernel/syscalls/proc.ts';
import type { CapturedAt } from '../../kernel/syscalls/socket.ts';
import { TcpdumpPrinter } from '../../wire/tcpdump-printer.ts';
import { declareProgram } from '../libc/command-line.ts';
import { dump } from './dump.ts';
import { PacketView } from './filter/packet-view.ts';
import { parseFilter } from './filter/parse-filter.ts';
import type { Predicate } from './filter/primitive.ts';
import { interfaceList } from './interface-list.ts';
import { Names } from './names.ts';
import { fail, readSettings, TCPDUMP_OPTIONS, type TcpdumpSettings } from './options.ts';
import { Timestamps } from './timestamps.ts';

const ETHERNET_HEADER = 14;
/** What stdio keeps before it writes to a pipe or a file. */
const BUFFER = 4096;
const DIRECTIONS = { in: 'In', out: 'Out', broadcast: 'B', multicast: 'M', otherhost: 'P' } as const;

/** tcpdump(8): what a packet socket sees, as text. Left out: files of packets, compiled filters. */
export const tcpdump = declareProgram({ options: TCPDUMP_OPTIONS }, function* (proc) {
  const settings = yield* readSettings(proc);
  if (typeof settings === 'number') return settings;
  const interfaces = interfaceList(proc);
  if (settings.list) {
    yield* proc.write(1, interfaces.map(({ text }, i) => `${i + 1}.${text}\n`).join(''));
    return 0;
  }
  const device = settings.device ?? interfaces.find(({ name }) => name !== 'any')?.name ?? 'lo';
  const socket = yield* proc.socket('packet', 'raw');
  if (!socket.ok)
    return yield* fail(
      proc,
      `${device}: You don't have permission to perform this capture on that device\n(Attempt to create packet socket failed - CAP_NET_RAW may be required)`,
    );
  if (device !== 'any' && !proc.setSocketOption(socket.value, { option: 'device', name: device }).ok)
    return yield* fail(proc, `${device}: No such device exists`);
  if (settings.promiscuous) proc.setSocketOption(socket.value, { option: 'promiscuous', on: true });
  const names = yield* Names.open(proc);
  let filter = parseFilter(settings.expression, names);
  yield* names.askHosts();
  if (filter.ok) filter = parseFilter(settings.expression, names);
  if (!filter.ok) return yield* fail(proc, `can't parse filter expression: ${filter.error}`);
  const capture = new Capture(proc, socket.value, settings, { device, names, filter: filter.value });
  yield* capture.begin();
  yield* capture.run();
  return 0;
});

/** One capture, from its first line to its last. */
class Capture {
  private readonly printer: TcpdumpPrinter;
  private readonly timestamps: Timestamps;
  private captured = 0;
  private passed = 0;
  private pending = '';

  constructor(
    private readonly proc: Proc,
    private readonly socket: Fd,
    private readonly settings: TcpdumpSettings,
    private readonly from: { readonly device: string; readonly names: Names; readonly filter: Predicate },
  ) {
    const { verbosity, quick, absolute, numeric, timestamps } = settings;
    const { nameOf, portName } = from.names;
    this.printer = new TcpdumpPrinter({
      verbosity,
      quick,
      absolute,
      ...(!numeric && { portName, nameOf: (address) => (typeof address === 'bigint' ? null : nameOf(address)) }),
    });
    this.timestamps = new Timestamps(timestamps);
  }

  *begin(): Sys<void> {
    const { proc, settings } = this;
    const { device } = this.from;
    const quiet = settings.verbosity === 0;
    const type = device === 'any' ? 'LINUX_SLL2 (Linux cooked v2)' : 'EN10MB (Ethernet)';
    const cooked = device === 'any' ? 'tcpdump: data link type LINUX_SLL2\n' : '';
    const advice = quiet ? 'tcpdump: verbose output suppressed, use -v[v]... for full protocol decode\n' : 'tcpdump: ';
    yield* proc.write(2, `${cooked}${advice}listening on ${device}, link-type ${type}, snapshot length 262144 bytes\n`);
    proc.disposition('SIGINT', 'catch');
    proc.disposition('SIGTERM', 'catch');
  }

  /** Until the count is full, or a signal comes. */
  *run(): Sys<void> {
    const { proc, settings } = this;
    let interrupted = false;
    while (settings.count === 0 || this.captured < settings.count) {
      const received = yield* proc.receive(this.socket);
      if (proc.takeSignal() !== null || (!received.ok && received.error === 'EINTR')) {
        interrupted = true;
        break;
      }
      if (!received.ok || received.value.from.family !== 'packet') break;
      yield* this.take(received.value.data, received.value.from);
    }
    if (interrupted) this.pending += '\n';
    yield* this.flush();
    const counted = (n: number, what: string) => `${n} packet${n === 1 ? '' : 's'} ${what}\n`;
    yield* proc.write(
      2,
      counted(this.captured, 'captured') + counted(this.passed, 'received by filter') + counted(0, 'dropped by kernel'),
    );
  }

  private *take(bytes: Uint8Array, at: CapturedAt): Sys<void> {
    const { settings, proc } = this;
    const direction = at.type === 'out' ? 'out' : 'in';
    if (settings.direction !== 'inout' && settings.direction !== direction) return;
    const view = PacketView.of(bytes, direction);
    if (!view || !this.from.filter(view)) return;
    this.passed++;
    this.captured++;
    if (!settings.numeric) yield* this.from.names.askFor(view.frame);
    this.pending += `${this.lineOf(view, bytes, at)}\n`;
    if (proc.isTty(1) || settings.lineBuffered || this.pending.length >= BUFFER) yield* this.flush();
  }

  private lineOf(view: PacketView, bytes: Uint8Array, { device, type, time }: CapturedAt): string {
    const { settings, proc } = this;
    const number = settings.numbered ? `${String(this.captured).padStart(5)}  ` : '';
    const stamp = this.timestamps.format((proc.date() - Math.floor(proc.now() / 1e6)) * 1e3 + Math.floor(time / 1e3));
    const cooked = this.from.device === 'any' ? `${device.padEnd(5)} ${DIRECTIONS[type].padEnd(3)} ` : '';
    const text = settings.link ? this.printer.printWithLink(view.frame) : this.printer.print(view.frame);
    const shown = settings.dump;
    const body = shown ? dump(bytes.subarray(shown.fromLink ? 0 : ETHERNET_HEADER), shown.style) : '';
    return `${number}${stamp}${cooked}${text}${body}`;
  }

  private *flush(): Sys<void> {
    const { pending } = this;
    this.pending = '';
    if (pending !== '') yield* this.proc.write(1, pending);
  }
}
