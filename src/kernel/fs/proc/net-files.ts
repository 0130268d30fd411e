import { formatMac, type Ipv4 } from '../../../wire/address.ts';
import { maskOf } from '../../../wire/cidr.ts';
import type { NetAdmin, SocketInfo } from '../../syscalls/net-admin.ts';

/** The files of /proc/net, by name (proc_net(5)). */
export function netFiles(net: () => NetAdmin): ReadonlyMap<string, () => string> {
  return new Map([
    ['arp', () => arpTable(net())],
    ['dev', () => deviceTable(net())],
    ['if_inet6', () => inet6Table(net())],
    ['route', () => routeTable(net())],
    ['tcp', () => socketTable(net(), 'tcp', 'inet')],
    ['tcp6', () => socketTable(net(), 'tcp', 'inet6')],
    ['udp', () => socketTable(net(), 'udp', 'inet')],
    ['udp6', () => socketTable(net(), 'udp', 'inet6')],
  ]);
}

/** An address in the machine's byte order, as /proc writes it. */
const littleEndian = (address: number) =>
  [address & 255, (address >> 8) & 255, (address >> 16) & 255, address >>> 24]
    .map((octet) => octet.toString(16).padStart(2, '0').toUpperCase())
    .join('');

/** dev_seq_printf_stats. */
const DEVICE_WIDTHS = [7, 7, 4, 4, 4, 5, 10, 9, 8, 7, 4, 4, 4, 5, 7, 10];

function deviceTable(net: NetAdmin): string {
  const head =
    'Inter-|   Receive                                                |  Transmit\n face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed\n';
  const lines = net.links().map(({ name, counters: c }) => {
    const rx = [c.rxBytes, c.rxPackets, 0, c.rxDropped, 0, 0, 0, 0];
    const tx = [c.txBytes, c.txPackets, 0, c.txDropped, 0, 0, 0, 0];
    const columns = [...rx, ...tx].map((n, i) => String(n).padStart(DEVICE_WIDTHS[i] as number));
    return `${name.padStart(6)}: ${columns.join(' ')}\n`;
  });
  return head + lines.join('');
}

/** IPv6 itself is not here yet, but every namespace's loopback has ::1. */
function inet6Table(net: NetAdmin): string {
  const lines = net
    .links()
    .filter(({ name }) => name === 'lo')
    .map(
      ({ index, name }) =>
        `${'1'.padStart(32, '0')} ${index.toString(16).padStart(2, '0')} 80 10 80 ${name.padStart(8)}\n`,
    );
  return lines.join('');
}

function routeTable(net: NetAdmin): string {
  const lines = net.routes().map(({ destination, gateway, device, metric }) => {
    const flags = 1 | (gateway === null ? 0 : 2) | (destination.prefix === 32 ? 4 : 0);
    const fields = [
      device ?? '*',
      littleEndian(destination.address),
      littleEndian(gateway ?? 0),
      String(flags).padStart(4, '0'),
      0,
      0,
      metric,
      littleEndian(maskOf(destination.prefix)),
      0,
      0,
      0,
    ];
    return `${fields.join('\t')}\n`;
  });
  return `Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n${lines.join('')}`;
}

function arpTable(net: NetAdmin): string {
  const lines = net.neighbors().map(({ address, mac, device }) => {
    const dotted = [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');
    return `${dotted.padEnd(17)}0x1         ${mac === null ? '0x0' : '0x2'}         ${mac === null ? '00:00:00:00:00:00' : formatMac(mac)}     *        ${device}\n`;
  });
  return `IP address       HW type     Flags       HW address            Mask     Device\n${lines.join('')}`;
}

const TCP_STATES = [
  'ESTABLISHED',
  'SYN_SENT',
  'SYN_RECV',
  'FIN_WAIT1',
  'FIN_WAIT2',
  'TIME_WAIT',
  'CLOSE',
  'CLOSE_WAIT',
  'LAST_ACK',
  'LISTEN',
  'CLOSING',
];

/** An IPv6 address as four words in the machine's byte order; an IPv4 one as its mapped address. */
function littleEndian6(address: Ipv4 | bigint): string {
  const bits = typeof address === 'bigint' ? address : (0xffffn << 32n) | BigInt(address >>> 0);
  return [96n, 64n, 32n, 0n].map((shift) => littleEndian(Number((bits >> shift) & 0xffffffffn) | 0)).join('');
}

function socketTable(net: NetAdmin, protocol: 'tcp' | 'udp', family: 'inet' | 'inet6'): string {
  const hex = (n: number, width: number) => n.toString(16).toUpperCase().padStart(width, '0');
  const end = ({ address, port }: SocketInfo['local']) =>
    `${family === 'inet6' ? littleEndian6(address) : littleEndian(Number(address))}:${hex(port, 4)}`;
  const lines = net
    .sockets()
    .filter((each) => each.protocol === protocol && each.family === family)
    .map((each, i) => {
      // What is neither listening nor connected is CLOSE, as UDP sockets are.
      const state = TCP_STATES.indexOf(each.state) + 1 || 7;
      return `${String(i).padStart(4)}: ${end(each.local)} ${end(each.remote)} ${hex(state, 2)} ${hex(each.sendQueue, 8)}:${hex(each.receiveQueue, 8)} 00:00000000 00000000     0        0 0 1\n`;
    });
  return `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n${lines.join('')}`;
}
