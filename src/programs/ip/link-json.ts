import type { AddressInfo, LinkInfo, NetAdmin } from '../../kernel/syscalls/net-admin.ts';
import { formatIpv4, formatMac } from '../../wire/address.ts';
import { type AddressOptions, type ShowOptions, shownAddresses, shownLinks } from './address-text.ts';
import type { JsonValue } from './json-text.ts';
import { broadcastOf, flagsOf, stateOf } from './link-text.ts';

type Fields = Readonly<Record<string, JsonValue>>;

/** "forever", as a number of seconds. */
const FOREVER = 0xffff_ffff;

/** `ip -j addr`: the devices with their addresses. */
export function addressesJson(net: NetAdmin, options: AddressOptions): JsonValue {
  const links = net.links();
  return shownAddresses(net, options).map(({ link, own, six }) => ({
    ...(options.brief
      ? { ...nameFields(link, links), operstate: stateOf(link) }
      : linkFields(link, links, { details: options.details, mode: false })),
    addr_info: [
      ...own.map((each) => addressFields(each, options.brief)),
      ...(six ? [loopbackFields(options.brief)] : []),
    ],
    ...(options.statistics && statisticsFields(link)),
  }));
}

/** `ip -j link`. */
export function linksJson(net: NetAdmin, options: ShowOptions): JsonValue {
  const links = net.links();
  return shownLinks(net, options).map((link) =>
    options.brief
      ? {
          ...nameFields(link, links),
          operstate: stateOf(link),
          address: formatMac(link.mac),
          flags: flagsOf(link, links, 'iproute2').split(','),
        }
      : {
          ...linkFields(link, links, { details: options.details, mode: true }),
          ...(options.statistics && statisticsFields(link)),
        },
  );
}

/** Of a veth its other end too: by name where that is here, by number where it isn't. */
function nameFields({ name, peer }: LinkInfo, links: readonly LinkInfo[]): Fields {
  if (!peer) return { ifname: name };
  const other = peer.otherNamespace ? undefined : links.find((each) => each.index === peer.index);
  return { ...(other ? { link: other.name } : { link_index: peer.index }), ifname: name };
}

function linkFields(
  link: LinkInfo,
  links: readonly LinkInfo[],
  { details, mode }: { readonly details: boolean; readonly mode: boolean },
): Fields {
  const hasQueue = link.txQueueLength > 0 || link.kind === 'bridge';
  return {
    ifindex: link.index,
    ...nameFields(link, links),
    flags: flagsOf(link, links, 'iproute2').split(','),
    mtu: link.mtu,
    qdisc: link.queueing,
    ...(link.master !== null && { master: link.master }),
    operstate: stateOf(link),
    ...(mode && { linkmode: 'DEFAULT' }),
    group: 'default',
    ...(hasQueue && { txqlen: link.txQueueLength }),
    link_type: link.kind === 'loopback' ? 'loopback' : 'ether',
    address: formatMac(link.mac),
    broadcast: broadcastOf(link),
    ...(link.peer?.otherNamespace && { link_netnsid: link.peer.namespaceId ?? 0 }),
    ...(details && detailFields(link)),
  };
}

function detailFields(link: LinkInfo): Fields {
  const port = link.master !== null;
  const kinds = {
    ...(['bridge', 'veth', 'dummy', 'macvlan'].includes(link.kind) && { info_kind: link.kind }),
    ...(port && { info_slave_kind: 'bridge' }),
  };
  return {
    promiscuity: (link.promiscuous ? 1 : 0) + (port ? 1 : 0),
    allmulti: port ? 1 : 0,
    min_mtu: link.kind === 'loopback' ? 0 : 68,
    max_mtu: link.kind === 'loopback' ? 0 : 65535,
    ...(Object.keys(kinds).length > 0 && { linkinfo: kinds }),
    inet6_addr_gen_mode: 'eui64',
    num_tx_queues: 1,
    num_rx_queues: 1,
    gso_max_size: 65536,
    gso_max_segs: 65535,
  };
}

function addressFields({ address, broadcast, scope, secondary, device }: AddressInfo, brief: boolean): Fields {
  const where = { local: formatIpv4(address.address), prefixlen: address.prefix };
  if (brief) return where;
  return {
    family: 'inet',
    ...where,
    ...(broadcast !== null && { broadcast: formatIpv4(broadcast) }),
    scope,
    ...(secondary && { secondary: true }),
    label: device,
    valid_life_time: FOREVER,
    preferred_life_time: FOREVER,
  };
}

function loopbackFields(brief: boolean): Fields {
  const where = { local: '::1', prefixlen: 128 };
  if (brief) return where;
  const life = { valid_life_time: FOREVER, preferred_life_time: FOREVER };
  return { family: 'inet6', ...where, scope: 'host', noprefixroute: true, ...life };
}

function statisticsFields({ counters: c }: LinkInfo): Fields {
  const received = { bytes: c.rxBytes, packets: c.rxPackets, errors: 0, dropped: c.rxDropped };
  const sent = { bytes: c.txBytes, packets: c.txPackets, errors: 0, dropped: c.txDropped };
  return {
    stats64: {
      rx: { ...received, over_errors: 0, multicast: 0 },
      tx: { ...sent, carrier_errors: 0, collisions: 0 },
    },
  };
}
