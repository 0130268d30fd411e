import type { Sys } from '../../kernel/syscalls/proc.ts';
import { parseMac } from '../../wire/address.ts';
import { showLinks } from './address-text.ts';
import { linksJson } from './link-json.ts';
import {
  answer,
  change,
  complain,
  deviceToChange,
  hasDevice,
  isVerb,
  print,
  type Request,
  unknownCommand,
  valueOf,
} from './request.ts';

const KEYWORDS = ['dev', 'up', 'master', 'type', 'group'];

/** `ip link`. */
export function* link(request: Request): Sys<number> {
  const { args } = request;
  const [verb, ...rest] = args;
  if (verb === undefined || KEYWORDS.includes(verb)) return yield* show(request, args);
  if (isVerb(verb, 'add')) return yield* add(request, rest);
  if (isVerb(verb, 'set', 'change')) return yield* set(request, rest);
  if (isVerb(verb, 'delete')) return yield* remove(request, rest);
  if (isVerb(verb, 'show', 'list', 'lst')) return yield* show(request, rest);
  return yield* unknownCommand(request, verb, 'link');
}

function* show(request: Request, words: readonly string[]): Sys<number> {
  const { proc, face } = request;
  const free = words.find(
    (word, i) => !KEYWORDS.includes(word) && !['master', 'type', 'group'].includes(words[i - 1] ?? ''),
  );
  const device = valueOf(words, 'dev') ?? free ?? null;
  if (device !== null && !(yield* hasDevice(request, device))) return 1;
  const options = {
    ...request,
    device,
    upOnly: words.includes('up'),
    master: valueOf(words, 'master') ?? null,
    kind: valueOf(words, 'type') ?? null,
  };
  return yield* print(
    request,
    () => showLinks(proc.net, options, face),
    () => linksJson(proc.net, options),
  );
}

function* add(request: Request, words: readonly string[]): Sys<number> {
  const { proc } = request;
  const typeAt = words.indexOf('type');
  const own = typeAt < 0 ? words : words.slice(0, typeAt);
  const lower = valueOf(own, 'link');
  const free = own.find((word, i) => !['name', 'dev', 'link'].includes(word) && own[i - 1] !== 'link');
  const name = valueOf(own, 'name', 'dev') ?? free ?? '';
  const kind = typeAt < 0 ? undefined : words[typeAt + 1];
  if (kind === undefined) return yield* complain(request, 'Not enough information: "type" argument is required', 255);
  if (kind === 'macvlan') return yield* addMacvlan(request, words.slice(typeAt + 2), { name, lower });
  if (kind !== 'veth' && kind !== 'bridge' && kind !== 'dummy')
    return yield* complain(
      request,
      `Error: Unknown device type. (This simulated host makes veth, bridge, dummy and macvlan.)`,
      2,
    );
  const peerAt = words.indexOf('peer');
  const peer = peerAt < 0 ? undefined : (valueOf(words.slice(peerAt), 'name') ?? words[peerAt + 1]);
  return yield* change(request, () => proc.net.addLink({ name, kind, ...(peer !== undefined && { peer }) }));
}

function* addMacvlan(
  request: Request,
  words: readonly string[],
  { name, lower }: { readonly name: string; readonly lower: string | undefined },
): Sys<number> {
  const mode = valueOf(words, 'mode') ?? 'vepa';
  if (mode === 'passthru' || mode === 'source')
    return yield* complain(
      request,
      `macvlan mode ${mode} is not on this simulated host; bridge, private and vepa are.`,
      2,
    );
  if (mode !== 'bridge' && mode !== 'private' && mode !== 'vepa')
    return yield* complain(
      request,
      'Error: argument of "mode" must be "private", "vepa", "bridge", "passthru" or "source".',
      255,
    );
  if (lower !== undefined && !(yield* deviceToChange(request, lower))) return 1;
  if (request.proc.net.links().some((link) => link.name === lower && link.kind === 'bridge'))
    return yield* complain(
      request,
      'macvlan on a bridge is not on this simulated host; on network cards and veths it is.',
      2,
    );
  return yield* change(request, () =>
    request.proc.net.addLink({ name, kind: 'macvlan', mode, ...(lower !== undefined && { lower }) }),
  );
}

function* remove(request: Request, words: readonly string[]): Sys<number> {
  const name = valueOf(words, 'dev') ?? words[0] ?? '';
  if (!(yield* deviceToChange(request, name))) return 1;
  return yield* change(request, () => request.proc.net.removeLink(name));
}

function* set(request: Request, words: readonly string[]): Sys<number> {
  const { proc } = request;
  const rest = [...words];
  if (rest[0] === 'dev') rest.shift();
  const name = rest.shift() ?? '';
  if (name === '') return yield* complain(request, 'Not enough of information: "dev" argument is required.', 255);
  if (!(yield* deviceToChange(request, name))) return 1;
  const changes: {
    -readonly [K in keyof Parameters<typeof proc.net.setLink>[1]]: Parameters<typeof proc.net.setLink>[1][K];
  } = {};
  while (rest.length > 0) {
    const word = rest.shift() as string;
    if (word === 'up' || word === 'down') changes.up = word === 'up';
    else if (word === 'nomaster') changes.master = null;
    else {
      const value = rest.shift();
      if (value === undefined) return yield* complain(request, 'Command line is not complete. Try option "help"', 255);
      if (word === 'mtu') changes.mtu = Number(value);
      else if (word === 'name') changes.name = value;
      else if (word === 'promisc') changes.promiscuous = value === 'on';
      else if (word === 'master') {
        if (!(yield* deviceToChange(request, value))) return 1;
        changes.master = value;
      } else if (word === 'address') {
        const mac = parseMac(value);
        if (!mac.ok) return yield* complain(request, `"${value}" is invalid lladdr.`, 1);
        changes.mac = mac.value;
      } else if (word === 'netns')
        return yield* complain(
          request,
          'ip link set netns is not on this simulated host; up, down, mtu, name, address, master and promisc are.',
          1,
        );
      else if (!['txqueuelen', 'arp', 'multicast', 'alias', 'group', 'type'].includes(word))
        return yield* complain(request, `Error: either "dev" is duplicate, or "${word}" is a garbage.`, 255);
    }
  }
  if (proc.uid !== 0) return yield* answer(request, { ok: false, error: 'EPERM' });
  return yield* answer(request, proc.net.setLink(name, changes), {
    EINVAL: changes.mtu === undefined ? 'Invalid argument.' : 'mtu less than device minimum.',
  });
}
