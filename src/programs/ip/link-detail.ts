import type { LinkInfo, NetAdmin } from '../../kernel/syscalls/net-admin.ts';
import { formatMac } from '../../wire/address.ts';

/** `ip -d link`: what kind of device it is. Of a bridge's and a port's many settings those that there are here. */
export function detailLines(link: LinkInfo, net: NetAdmin): string[] {
  const promiscuity = (link.promiscuous ? 1 : 0) + (link.master === null ? 0 : 1);
  const first = ` promiscuity ${promiscuity} allmulti ${link.master === null ? 0 : 1} minmtu ${link.kind === 'loopback' ? 0 : 68} maxmtu ${link.kind === 'loopback' ? 0 : 65535}`;
  const queues = 'addrgenmode eui64 numtxqueues 1 numrxqueues 1 gso_max_size 65536 gso_max_segs 65535';
  const lines = [first];
  if (link.kind === 'bridge') lines.push(`    ${bridgeText(link, net)} ${queues}`);
  else if (link.kind === 'veth' || link.kind === 'dummy') lines.push(`    ${link.kind} ${queues}`);
  else if (link.macvlanMode)
    lines.push(`    macvlan mode ${link.macvlanMode} bcqueuelen 1000 usedbcqueuelen 1000 ${queues}`);
  if (link.master !== null) {
    const id = formatMac(net.links().find((each) => each.name === link.master)?.mac ?? link.mac);
    const port = portNumber(link, net);
    lines.push(
      `    bridge_slave state ${link.up && link.carrier ? 'forwarding' : 'disabled'} priority 32 cost 2 hairpin off guard off root_block off fastleave off learning on flood on port_id 0x800${port} port_no 0x${port} designated_port ${32768 + port} designated_cost 0 designated_bridge 8000.${id} designated_root 8000.${id} ${queues}`,
    );
  }
  return lines;
}

/** Ports are numbered from 1 in the order in which they came. */
function portNumber(link: LinkInfo, net: NetAdmin): number {
  return (
    net
      .links()
      .filter(({ master }) => master === link.master)
      .findIndex(({ name }) => name === link.name) + 1
  );
}

function bridgeText(link: LinkInfo, net: NetAdmin): string {
  const id = `8000.${formatMac(link.mac)}`;
  const learned = net.fdb().filter(({ bridge, local }) => bridge === link.name && !local).length;
  return `bridge forward_delay 1500 hello_time 200 max_age 2000 ageing_time 30000 stp_state 0 priority 32768 vlan_filtering 0 vlan_protocol 802.1Q bridge_id ${id} designated_root ${id} root_port 0 root_path_cost 0 topology_change 0 topology_change_detected 0 fdb_n_learned ${learned} fdb_max_learned 0`;
}

/** `ip -s link`: columns as wide as the widest number needs. */
export function statisticsLines({ counters: c }: LinkInfo): string[] {
  const rx = [c.rxBytes, c.rxPackets, 0, c.rxDropped, 0, 0];
  const tx = [c.txBytes, c.txPackets, 0, c.txDropped, 0, 0];
  const least = [10, 7, 6, 7, 7, 7];
  const widths = least.map((width, i) => Math.max(width, String(rx[i]).length, String(tx[i]).length));
  const names = (words: readonly string[]) =>
    words.map((word, i) => word.padStart((widths[i] as number) - (i === 0 ? 4 : 0))).join(' ');
  const numbers = (values: readonly number[]) =>
    values.map((value, i) => `${String(value).padStart(widths[i] as number)} `).join('');
  return [
    `    RX: ${names(['bytes', 'packets', 'errors', 'dropped', 'missed', 'mcast'])}           `,
    `    ${numbers(rx)}`,
    `    TX: ${names(['bytes', 'packets', 'errors', 'dropped', 'carrier', 'collsns'])}           `,
    `    ${numbers(tx)}`,
  ];
}
