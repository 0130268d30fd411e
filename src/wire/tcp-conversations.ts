import type { IpAddress } from './ipv6-address.ts';
import { TcpFlag, type TcpSegment } from './packet.ts';
import { formatTcpFlags } from './tcp.ts';

/** Sequence numbers of both ends when the conversation was first seen. */
interface Conversation {
  readonly sequence: number;
  readonly acknowledgment: number;
}

/** The text of TCP segments in tcpdump's form: numbers relative to where their conversation was first seen. */
export class TcpConversations {
  private readonly known = new Map<string, Conversation>();

  format(
    { source, destination }: { readonly source: IpAddress; readonly destination: IpAddress },
    segment: TcpSegment,
    { absolute, checksum }: { readonly absolute: boolean; readonly checksum: string | null },
  ): string {
    let { sequence, acknowledgment } = segment;
    const answers = (segment.flags & TcpFlag.ack) !== 0;
    if (answers) {
      const [from, to] = [`${source}.${segment.sourcePort}`, `${destination}.${segment.destinationPort}`];
      const known = this.known.get(`${from}>${to}`);
      if (known === undefined || (segment.flags & TcpFlag.syn) !== 0) {
        this.known.set(`${from}>${to}`, { sequence, acknowledgment: acknowledgment - 1 });
        this.known.set(`${to}>${from}`, { sequence: acknowledgment - 1, acknowledgment: sequence });
      } else if (!absolute) {
        sequence = (sequence - known.sequence) >>> 0;
        acknowledgment = (acknowledgment - known.acknowledgment) >>> 0;
      }
    }
    const { length } = segment.payload;
    const parts = [`Flags [${formatTcpFlags(segment.flags)}]`];
    if (checksum !== null) parts.push(`cksum ${checksum} (correct)`);
    if (length > 0) parts.push(`seq ${sequence}:${(sequence + length) >>> 0}`);
    else if ((segment.flags & (TcpFlag.syn | TcpFlag.fin | TcpFlag.rst)) !== 0) parts.push(`seq ${sequence}`);
    if (answers) parts.push(`ack ${acknowledgment}`);
    parts.push(`win ${segment.window}`);
    const options = optionsText(segment);
    if (options !== '') parts.push(`options [${options}]`);
    return `${parts.join(', ')}, length ${length}`;
  }
}

function optionsText({ mss, windowScale, sackPermitted, timestamp, timestampEcho }: TcpSegment): string {
  const options: string[] = [];
  if (mss > 0) options.push(`mss ${mss}`);
  // What isn't a multiple of four bytes long is filled up in front (tcp_options_write in net/ipv4/tcp_output.c).
  if (sackPermitted && timestamp !== -1) options.push('sackOK');
  else if (sackPermitted) options.push('nop', 'nop', 'sackOK');
  else if (timestamp !== -1) options.push('nop', 'nop');
  if (timestamp !== -1) options.push(`TS val ${timestamp} ecr ${timestampEcho}`);
  if (windowScale >= 0) options.push('nop', `wscale ${windowScale}`);
  return options.join(',');
}
