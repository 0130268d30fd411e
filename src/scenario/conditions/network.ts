import { type Container, type HostView, type Network, subnetOf } from '../host-view.ts';
import { definePredicate } from './predicate.ts';

const KINDS = ['any', 'own', 'compose', 'bridge', 'host'] as const;

/**
 * Running containers of all these parts are on one network. Its kind: somebody's `own`, one that `compose` made, Docker's default
 * `bridge` or the `host`. With `key` the name that it has in the compose file, with `subnet` its addresses, with `addresses`
 * those of the parts, with `anew` only containers that were started since.
 */
export const onNetwork = definePredicate({
  name: 'on-network',
  parse: (args) => {
    args.only('parts', 'kind', 'key', 'subnet', 'addresses', 'anew');
    return {
      parts: args.texts('parts'),
      kind: args.oneOf('kind', KINDS, 'any'),
      key: args.text('key', ''),
      subnet: args.text('subnet', ''),
      addresses: args.entries('addresses').map(([part, address]) => [part, String(address)] as const),
      anew: args.flag('anew'),
    };
  },
  holds: ({ parts, kind, key, subnet, addresses, anew }, view, since) =>
    view.networks.some(
      (network) =>
        isOfKind(network, kind) &&
        (key === '' || network.settings.labels['com.docker.compose.network'] === key) &&
        (subnet === '' || subnetOf(network) === subnet) &&
        parts.every((part) =>
          members(view, part, network).some((container) => !anew || view.startedAt(container) > since),
        ) &&
        addresses.every(([part, address]) =>
          members(view, part, network).some((container) =>
            view.attachments(container).some((each) => each.network === network && each.address === address),
          ),
        ),
    ),
});

function isOfKind({ settings, driver }: Network, kind: (typeof KINDS)[number]): boolean {
  switch (kind) {
    case 'any':
      return true;
    case 'own':
      return driver === 'bridge' && !settings.isDefaultBridge;
    case 'compose':
      return driver === 'bridge' && settings.labels['com.docker.compose.network'] !== undefined;
    case 'bridge':
      return settings.isDefaultBridge;
    case 'host':
      return driver === 'host';
  }
}

function members(view: HostView, part: string, network: Network): readonly Container[] {
  return view
    .playing(part)
    .filter((container) => container.running && view.attachments(container).some((each) => each.network === network));
}

/** There is a network with these addresses, whoever is on it. */
export const network = definePredicate({
  name: 'network',
  parse: (args) => ({ subnet: args.only('subnet').text('subnet') }),
  holds: ({ subnet }, view) => view.networks.some((each) => subnetOf(each) === subnet),
});

/**
 * Every container that ever played one of these parts is gone, and every network that somebody made and they were on, or with
 * `networksStay` the containers alone; there were some.
 */
export const clearedAway = definePredicate({
  name: 'cleared-away',
  parse: (args) => ({
    parts: args.only('parts', 'networksStay').texts('parts'),
    networksStay: args.flag('networksStay'),
  }),
  holds: ({ parts, networksStay }, view) => {
    const cast = [...view.evidence.containers.values()].filter((known) =>
      parts.some((part) => view.plays(known, part)),
    );
    const networks = new Set(cast.flatMap((known) => [...known.networks]));
    return (
      cast.length > 0 &&
      parts.every((part) => view.playing(part).length === 0) &&
      // `down` removes the containers before their network.
      !(networksStay && view.clientAtWork) &&
      view.networks.some(({ id, settings }) => networks.has(id) && !settings.isDefaultBridge) === networksStay
    );
  },
});
