import type { Namespaces } from '../../process/namespaces.ts';
import { formatMac } from '../../../wire/address.ts';
import { FileSystem, type Inode } from '../inode.ts';
import { ComputedDirectory, computedFile, LiveDirectory } from './computed-tree.ts';

/** /sys, as far as /sys/class/net goes: a folder for each network device of the namespace (sysfs(5)). */
export function mountSys(namespaces: Namespaces, { readOnly = false }: { readonly readOnly?: boolean } = {}): void {
  const fileSystem = new FileSystem(22, 'sysfs');
  const { admin } = namespaces.net;
  const link = (name: string) => admin.links().find((each) => each.name === name);
  const device = (name: string): Inode => {
    const text = (of: (found: NonNullable<ReturnType<typeof link>>) => string | number) =>
      computedFile(fileSystem, () => {
        const found = link(name);
        return found ? `${of(found)}\n` : '';
      });
    const counter = (of: keyof NonNullable<ReturnType<typeof link>>['counters']) =>
      text(({ counters }) => counters[of]);
    return new ComputedDirectory(fileSystem, [
      ['address', text(({ mac }) => formatMac(mac))],
      ['carrier', text(({ carrier }) => (carrier ? 1 : 0))],
      ['ifindex', text(({ index }) => index)],
      ['iflink', text(({ index, peer }) => peer?.index ?? index)],
      ['mtu', text(({ mtu }) => mtu)],
      ['operstate', text(({ kind, up, carrier }) => (kind === 'loopback' ? 'unknown' : up && carrier ? 'up' : 'down'))],
      [
        'statistics',
        new ComputedDirectory(fileSystem, [
          ['rx_bytes', counter('rxBytes')],
          ['rx_dropped', counter('rxDropped')],
          ['rx_packets', counter('rxPackets')],
          ['tx_bytes', counter('txBytes')],
          ['tx_dropped', counter('txDropped')],
          ['tx_packets', counter('txPackets')],
        ]),
      ],
      ['tx_queue_len', text(({ txQueueLength }) => txQueueLength)],
    ]);
  };
  const devices = new LiveDirectory(
    fileSystem,
    () => admin.links().map(({ name }) => name),
    (name) => (link(name) ? device(name) : undefined),
  );
  const root = new ComputedDirectory(fileSystem, [['class', new ComputedDirectory(fileSystem, [['net', devices]])]]);
  namespaces.mounts.mount({ target: '/sys', root, source: 'sysfs', type: 'sysfs', readOnly });
}
