import type { CapturedFrame } from '../../lab/lab.ts';
import { TcpdumpPrinter } from '../../wire/tcpdump-printer.ts';

/** The direction as tcpdump puts it in front of a line, four wide. */
const DIRECTIONS = { in: 'In ', out: 'Out', broadcast: 'B  ', multicast: 'M  ', otherhost: 'P  ' } as const;

/** Ports from here on are drawn at random by the kernel. */
const FIRST_EPHEMERAL = 32768;

/** The captured frames as lines, by interface and by time, with what differs between two real runs replaced. */
export class CaptureLines {
  private readonly lines = new Map<string, string[]>();
  private readonly printers = new Map<string, TcpdumpPrinter>();
  private readonly ordered: string[] = [];

  constructor(
    private readonly start: number,
    private readonly times: boolean,
  ) {}

  add({ place, type, frame, time }: CapturedFrame): void {
    let printer = this.printers.get(place);
    if (!printer) this.printers.set(place, (printer = new TcpdumpPrinter()));
    const text = withoutChance(printer.print(frame));
    const line = `${DIRECTIONS[type]} ${text}`;
    const own = this.lines.get(place);
    if (own) own.push(line);
    else this.lines.set(place, [line]);
    const stamp = this.times ? `+${((time - this.start) / 1e9).toFixed(1)}s ` : '';
    this.ordered.push(`${stamp}${place} ${DIRECTIONS[type].trim()} ${text}`);
  }

  byInterface(): Record<string, readonly string[]> {
    return Object.fromEntries(this.lines);
  }

  order(): readonly string[] {
    return this.ordered;
  }
}

/** Random MACs, initial sequence numbers, ephemeral ports and ids become placeholders; windows and options go. */
function withoutChance(text: string): string {
  return text
    .replace(/\b[0-9a-f]{2}(:[0-9a-f]{2}){5}\b/g, '<MAC>')
    .replace(/(\d+\.\d+\.\d+\.\d+)\.(\d+)/g, (all, address: string, port: string) =>
      Number(port) >= FIRST_EPHEMERAL ? `${address}.<eph>` : all,
    )
    .replace(/, win \d+/, '')
    .replace(/, options \[[^\]]*\]/, '')
    .replace(/\b(seq|ack) (\d{5,})(?::\d+)?/g, '$1 <ISN>')
    .replace(/(ICMP echo (?:request|reply), id) \d+/, '$1 <id>')
    .replace(/(: )\d+(\S* (?:\[\S+\] )?(?:A\?|AAAA\?|PTR\?|\d+\/\d+\/\d+|NXDomain))/, '$1<id>$2');
}
