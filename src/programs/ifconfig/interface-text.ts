import type { AddressInfo, LinkInfo } from '../../kernel/syscalls/net-admin.ts';
import { formatIpv4, formatMac } from '../../wire/address.ts';
import { broadcastOf, maskOf } from '../../wire/cidr.ts';

/** One device in BusyBox's form. */
export function appletText(link: LinkInfo, addresses: readonly AddressInfo[]): string {
  const isLoopback = link.kind === 'loopback';
  const margin = '          ';
  const { counters: c } = link;
  const own = addresses.find(({ device }) => device === link.name);
  const lines = [
    `${link.name.padEnd(9)} Link encap:${isLoopback ? 'Local Loopback' : 'Ethernet'}  ${isLoopback ? '' : `HWaddr ${formatMac(link.mac).toUpperCase()}  `}`,
  ];
  if (own) {
    const broadcast = isLoopback ? '' : ` Bcast:${formatIpv4(own.broadcast ?? (0 as never))} `;
    const { address, prefix } = own.address;
    lines.push(`${margin}inet addr:${formatIpv4(address)} ${broadcast} Mask:${formatIpv4(maskOf(prefix))}`);
  }
  if (isLoopback && link.up) lines.push(`${margin}inet6 addr: ::1/128 Scope:Host`);
  const flags = flagNames(link);
  lines.push(
    `${margin}${flags.length === 0 ? '[NO FLAGS] ' : flags.map((flag) => `${flag} `).join('')} MTU:${link.mtu}  Metric:1`,
    `${margin}RX packets:${c.rxPackets} errors:0 dropped:${c.rxDropped} overruns:0 frame:0`,
    `${margin}TX packets:${c.txPackets} errors:0 dropped:${c.txDropped} overruns:0 carrier:0`,
    `${margin}collisions:0 txqueuelen:${link.txQueueLength} `,
    `${margin}RX bytes:${scaled(c.rxBytes)}  TX bytes:${scaled(c.txBytes)}`,
    '',
  );
  return lines.map((line) => `${line}\n`).join('');
}

function flagNames(link: LinkInfo): string[] {
  const isLoopback = link.kind === 'loopback';
  const flags: string[] = [];
  if (link.up) flags.push('UP');
  if (!isLoopback) flags.push('BROADCAST');
  else flags.push('LOOPBACK');
  if (link.up && link.carrier) flags.push('RUNNING');
  if (link.kind === 'dummy') flags.push('NOARP');
  if (link.promiscuous) flags.push('PROMISC');
  if (!isLoopback) flags.push('MULTICAST');
  return flags;
}

/** `1524 (1.4 KiB)`, cut, not rounded. */
function scaled(bytes: number): string {
  let whole = bytes;
  let tenth = 0;
  let unit = 0;
  for (; whole >= 1024 && unit < 4; unit++) {
    tenth = Math.floor(((whole % 1024) * 10) / 1024);
    whole = Math.floor(whole / 1024);
  }
  return `${bytes} (${whole}.${tenth} ${['', 'Ki', 'Mi', 'Gi', 'Ti'][unit]}B)`;
}

const FLAG = { UP: 1, BROADCAST: 2, LOOPBACK: 8, RUNNING: 64, NOARP: 128, PROMISC: 256, MULTICAST: 4096 } as const;

/** One device in the form of net-tools 2. */
export function netToolsText(link: LinkInfo, addresses: readonly AddressInfo[]): string {
  const names = flagNames(link);
  const bits = names.reduce((sum, name) => sum | FLAG[name as keyof typeof FLAG], 0);
  const { counters: c } = link;
  const isLoopback = link.kind === 'loopback';
  const lines = [`${link.name}: flags=${bits}<${names.join(',')}>  mtu ${link.mtu}`];
  const own = addresses.find(({ device }) => device === link.name);
  if (own) {
    const broadcast = isLoopback ? '' : `  broadcast ${formatIpv4(own.broadcast ?? broadcastOf(own.address))}`;
    lines.push(
      `        inet ${formatIpv4(own.address.address)}  netmask ${formatIpv4(maskOf(own.address.prefix))}${broadcast}`,
    );
  }
  if (isLoopback && link.up) lines.push('        inet6 ::1  prefixlen 128  scopeid 0x10<host>');
  const queue = `txqueuelen ${link.txQueueLength}`;
  lines.push(
    isLoopback
      ? `        loop  ${queue}  (Local Loopback)`
      : `        ether ${formatMac(link.mac)}  ${queue}  (Ethernet)`,
    `        RX packets ${c.rxPackets}  bytes ${decimal(c.rxBytes)}`,
    `        RX errors 0  dropped ${c.rxDropped}  overruns 0  frame 0`,
    `        TX packets ${c.txPackets}  bytes ${decimal(c.txBytes)}`,
    `        TX errors 0  dropped ${c.txDropped} overruns 0  carrier 0  collisions 0`,
    '',
  );
  return lines.map((line) => `${line}\n`).join('');
}

/** `1524 (1.5 KB)`. */
function decimal(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let unit = 0;
  let shown = bytes;
  for (; shown >= 1000 && unit < 4; unit++) shown /= 1000;
  return `${bytes} (${(Math.floor(shown * 10) / 10).toFixed(1)} ${units[unit]})`;
}
