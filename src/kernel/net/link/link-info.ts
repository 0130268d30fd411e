import type { FdbInfo, LinkInfo } from '../../syscalls/net-admin.ts';
import type { Netns } from '../netns.ts';
import type { NetDevice } from './device.ts';
import { Bridge } from './bridge.ts';
import { Macvlan } from './macvlan.ts';
import { namespaceId } from './namespace-id.ts';

/** A device as `ip link` shows it. */
export function linkInfo(device: NetDevice): LinkInfo {
  const { index, name, kind, mac, mtu, up, carrier, promiscuous, master, counterpart, netns } = device;
  return {
    index,
    name,
    kind,
    mac,
    mtu,
    up,
    carrier,
    promiscuous,
    txQueueLength: kind === 'bridge' || kind === 'dummy' ? 0 : device.txQueueLength,
    queueing: up || kind === 'loopback' ? 'noqueue' : 'noop',
    peer:
      (kind === 'veth' || kind === 'macvlan') && counterpart !== null && !counterpart.removed
        ? {
            index: counterpart.index,
            otherNamespace: counterpart.netns !== netns,
            ...(counterpart.netns !== netns && { namespaceId: namespaceId(netns, counterpart.netns) }),
          }
        : null,
    master: master?.name ?? null,
    ...(device instanceof Macvlan && { macvlanMode: device.mode }),
    counters: {
      rxPackets: device.rxPackets,
      rxBytes: device.rxBytes,
      rxDropped: device.rxDropped,
      txPackets: device.txPackets,
      txBytes: device.txBytes,
      txDropped: device.txDropped,
    },
  };
}

/** The forwarding databases of all bridges here, as `bridge fdb` and `brctl showmacs` show them. */
export function fdbInfos(netns: Netns): FdbInfo[] {
  const infos: FdbInfo[] = [];
  for (const bridge of netns.devices.all()) {
    if (!(bridge instanceof Bridge)) continue;
    for (const { row, age } of bridge.fdb.entries(netns.queue.now))
      infos.push({ mac: row.mac, port: row.port.name, bridge: bridge.name, local: row.local, age });
  }
  return infos;
}
