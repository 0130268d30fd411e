import type { Conversation } from '../evidence/evidence.ts';
import type { HostView } from '../host-view.ts';
import { definePredicate } from './predicate.ts';

/**
 * Somebody connected by TCP, and bytes arrived at the listener. `from` and `to` are parts, or `host` and `lan`; `port` is the one
 * that was dialled. With `linked` the opener has a link (`--link`) to the listener. With `seenAs` the listener saw it come from the opener's `own` address, or from a `gateway`. With `name` the opener had asked for that name and dialled the answer; with `address` it dialled that
 * address (`loopback` for ::1 and any of 127/8).
 */
export const connected = definePredicate({
  name: 'connected',
  parse: (args) => {
    args.only('from', 'to', 'port', 'name', 'address', 'seenAs', 'linked');
    return {
      from: args.text('from', ''),
      to: args.text('to', ''),
      port: args.has('port') ? args.number('port') : 0,
      name: args.text('name', ''),
      address: args.text('address', ''),
      seenAs: args.oneOf('seenAs', ['any', 'own', 'gateway', 'other'], 'any'),
      linked: args.flag('linked'),
    };
  },
  holds: ({ from, to, port, name, address, seenAs, linked }, view, since) =>
    view.evidence.conversations.some(
      (talk) =>
        talk.dataAt !== null &&
        talk.dataAt > since &&
        (from === '' || view.involves(talk.opener, from)) &&
        (to === '' || view.involves(talk.accepter, to)) &&
        (port === 0 || talk.dialled.port === port) &&
        (address === '' || isAddress(talk.dialled.address, address)) &&
        (!linked || isLinked(view, talk)) &&
        (seenAs === 'any' || seenAs === appearance(view, talk)) &&
        (name === '' || wasAskedFor(view, talk, name)),
    ),
});

function isLinked({ evidence }: HostView, { opener, accepter }: Conversation): boolean {
  const names = accepter.flatMap((member) => evidence.containers.get(member)?.name ?? []);
  return opener.some((member) => evidence.containers.get(member)?.links.some((name) => names.includes(name)));
}

/** Whose address the listener saw. */
function appearance(view: HostView, { opener, seenFrom }: Conversation): 'own' | 'gateway' | 'other' {
  if (view.addressesOf(opener).includes(seenFrom.address)) return 'own';
  return view.networks.some(({ gatewayText }) => gatewayText === seenFrom.address) ? 'gateway' : 'other';
}

const isAddress = (address: string, wanted: string): boolean =>
  wanted === 'loopback' ? address === '::1' || address.startsWith('127.') : address === wanted;

function wasAskedFor({ evidence }: HostView, talk: Conversation, name: string): boolean {
  return evidence.lookups.some(
    (lookup) =>
      lookup.at <= talk.at &&
      lookup.name === name &&
      lookup.addresses.includes(talk.dialled.address) &&
      lookup.asker.some((member) => talk.opener.includes(member)),
  );
}

/** Somebody tried to connect and was answered that nobody listens there. */
export const refused = definePredicate({
  name: 'refused',
  parse: (args) => {
    args.only('from', 'port');
    return { from: args.text('from', ''), port: args.has('port') ? args.number('port') : 0 };
  },
  holds: ({ from, port }, view, since) =>
    view.evidence.refusals.some(
      (refusal) =>
        refusal.at > since &&
        (from === '' || view.involves(refusal.opener, from)) &&
        (port === 0 || refusal.dialled.port === port),
    ),
});

/** Somebody asked for a name and got an address (`to` a part), or with `found: false` the answer that there is no such name; `by` that server. */
export const resolved = definePredicate({
  name: 'resolved',
  parse: (args) => {
    args.only('from', 'name', 'found', 'by', 'to');
    return {
      from: args.text('from', ''),
      name: args.text('name'),
      found: args.has('found') ? args.flag('found') : true,
      by: args.text('by', ''),
      to: args.text('to', ''),
    };
  },
  holds: ({ from, name, found, by, to }, view, since) => {
    const container = to === '' ? undefined : view.running(to);
    const addresses = container ? view.attachments(container).map(({ address }) => address) : [];
    return view.evidence.lookups.some(
      (lookup) =>
        lookup.at > since &&
        lookup.name === name &&
        (from === '' || view.involves(lookup.asker, from)) &&
        (by === '' || lookup.server === by) &&
        (found ? lookup.addresses.length > 0 : lookup.nxDomain) &&
        (to === '' || lookup.addresses.some((address) => addresses.includes(address))),
    );
  },
});

/**
 * A web server of that part has logged a request: from one of these addresses, for that path, with that status. With `sizeOf` the
 * answer was as long as that file of the exercise's folder is now.
 */
export const requested = definePredicate({
  name: 'requested',
  parse: (args) => {
    args.only('of', 'clients', 'path', 'status', 'sizeOf');
    return {
      of: args.text('of'),
      clients: args.texts('clients'),
      path: args.text('path', ''),
      status: args.has('status') ? args.number('status') : 0,
      sizeOf: args.text('sizeOf', ''),
    };
  },
  holds: ({ of, clients, path, status, sizeOf }, view, since) =>
    view.evidence.requests.some(
      (request) =>
        request.at > since &&
        view.involves([request.container], of) &&
        (clients.length === 0 || clients.includes(request.client)) &&
        (path === '' || request.path === path) &&
        (sizeOf === '' || request.size === view.sizeOf(sizeOf)) &&
        (status === 0 || request.status === status),
    ),
});

/** A connection attempt or a ping to a running container of that part was dropped on its way. */
export const dropped = definePredicate({
  name: 'dropped',
  parse: (args) => ({ to: args.only('to').text('to') }),
  holds: ({ to }, view, since) => {
    const container = view.running(to);
    const addresses = container ? view.attachments(container).map(({ address }) => address) : [];
    return view.evidence.drops.some(({ at, destination }) => at > since && addresses.includes(destination));
  },
});
