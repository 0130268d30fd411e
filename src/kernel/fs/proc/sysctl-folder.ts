import type { Netns } from '../../net/netns.ts';
import type { Uts } from '../../process/namespaces.ts';
import type { FileSystem, Inode } from '../inode.ts';
import { ComputedDirectory, computedFile, LiveDirectory } from './computed-tree.ts';

const IPV4 = [
  'icmp_echo_ignore_all',
  'icmp_echo_ignore_broadcasts',
  'ip_default_ttl',
  'ip_forward',
  'ip_local_port_range',
  'ip_unprivileged_port_start',
];
const PER_DEVICE = ['forwarding', 'route_localnet', 'rp_filter'];

/** /proc/sys: the settings of the asking process's network namespace, and the host's name (proc_sys(5)). */
export function sysctlFolder(fileSystem: FileSystem, net: () => Netns, uts: Uts): Inode {
  const folder = (entries: Iterable<readonly [string, Inode]>) => new ComputedDirectory(fileSystem, entries);
  const setting = (name: string) =>
    computedFile(
      fileSystem,
      () => `${net().sysctlGet(name) ?? ''}\n`,
      (text) => net().sysctlSet(name, text.trim()),
    );
  const conf = new Map<string, Inode>();
  const deviceFolder = (device: string): Inode => {
    const made =
      conf.get(device) ?? folder(PER_DEVICE.map((name) => [name, setting(`net.ipv4.conf.${device}.${name}`)] as const));
    conf.set(device, made);
    return made;
  };
  const devices = () => [
    'all',
    'default',
    ...net()
      .devices.all()
      .map(({ name }) => name),
  ];
  const perDevice = new LiveDirectory(fileSystem, devices, (name) =>
    devices().includes(name) ? deviceFolder(name) : undefined,
  );
  const bridge = 'bridge-nf-call-iptables';
  return folder([
    ['kernel', folder([['hostname', computedFile(fileSystem, () => `${uts.hostname}\n`)]])],
    [
      'net',
      folder([
        ['bridge', folder([[bridge, setting(`net.bridge.${bridge}`)]])],
        ['ipv4', folder([['conf', perDevice], ...IPV4.map((name) => [name, setting(`net.ipv4.${name}`)] as const)])],
      ]),
    ],
  ]);
}
