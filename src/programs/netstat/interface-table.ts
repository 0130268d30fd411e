import type { LinkInfo } from '../../kernel/syscalls/net-admin.ts';

/** `netstat -i` of net-tools: devices with what passed them. */
export function interfaceTable(links: readonly LinkInfo[], all: boolean): string {
  const head =
    'Kernel Interface table\nIface             MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg\n';
  return (
    head +
    [...links]
      .filter((link) => all || link.up)
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ name, mtu, counters: c, ...link }) => {
        const flags = `${link.kind === 'loopback' ? 'L' : 'BM'}${link.promiscuous ? 'P' : ''}${link.up && link.carrier ? 'R' : ''}${link.up ? 'U' : ''}`;
        const column = (n: number, width: number) => String(n).padStart(width);
        return `${name.padEnd(15)}${column(mtu, 6)}${column(c.rxPackets, 9)}${column(0, 7)}${column(c.rxDropped, 7)} 0     ${column(c.txPackets, 9)}${column(0, 7)}${column(c.txDropped, 7)}${column(0, 7)} ${flags}\n`;
      })
      .join('')
  );
}
