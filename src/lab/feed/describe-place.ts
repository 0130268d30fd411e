import { Netns } from '../../kernel/net/netns.ts';
import { NetDevice } from '../../kernel/net/link/device.ts';
import { Chain } from '../../kernel/net/netfilter/chain.ts';
import { Task } from '../../kernel/process/task.ts';
import type { Place } from '../../sim/trace.ts';
import type { PlaceData } from './feed.ts';
import type { NamespaceNames } from './namespaces.ts';

/** Where a record happened, as plain data. */
export function describePlace(place: Place, names: NamespaceNames): PlaceData {
  if (place instanceof NetDevice) return { kind: 'device', namespace: names.idOf(place.netns), device: place.name };
  if (place instanceof Chain) {
    const [namespace = '', rest = ''] = place.placeName.split(':');
    return {
      kind: 'chain',
      namespace: names.idOfName(namespace),
      table: rest.slice(0, rest.indexOf('/')),
      chain: place.name,
    };
  }
  if (place instanceof Task)
    return { kind: 'process', namespace: names.idOf(place.namespaces.net), pid: place.pid, program: place.command };
  if (place instanceof Netns) return { kind: 'namespace', namespace: names.idOf(place) };
  return { kind: 'namespace', namespace: place.placeName };
}
