import type { NewRoute, RouteInfo } from '../../kernel/syscalls/net-admin.ts';
import type { Sys } from '../../kernel/syscalls/proc.ts';
import { ANY_ADDRESS, formatIpv4, parseIpv4 } from '../../wire/address.ts';
import { contains } from '../../wire/cidr.ts';
import {
  answer,
  change,
  complain,
  deviceToChange,
  hasDevice,
  isVerb,
  notAPrefix,
  print,
  type Request,
  readPrefix,
  unknownCommand,
  valueOf,
} from './request.ts';
import { routeJson, routeLine } from './route-text.ts';

const TYPES = ['unicast', 'local', 'broadcast', 'blackhole', 'unreachable', 'prohibit'] as const;
const FILTERS = ['dev', 'via', 'src', 'scope', 'proto', 'table', 'type', 'to', 'root', 'match', 'exact', 'default'];
/** What newer kernels say of a route that makes no sense. */
const WORDS = {
  ENETUNREACH: 'Nexthop has invalid gateway.',
  EINVAL: 'Invalid prefix for given prefix length.',
  ENETDOWN: 'Device for nexthop is not up.',
} as const;

/** `ip route`. */
export function* route(request: Request): Sys<number> {
  const { args, family } = request;
  const [verb, ...rest] = args;
  if (verb === undefined || FILTERS.includes(verb) || /^\d/.test(verb)) return yield* show(request, args);
  if (isVerb(verb, 'show', 'list', 'lst')) return yield* show(request, rest);
  if (family === 6) return yield* complain(request, 'ip -6 route is not on this simulated host: IPv4 is.', 1);
  if (isVerb(verb, 'add', 'append', 'prepend')) return yield* set(request, 'add', rest);
  if (isVerb(verb, 'change', 'replace')) return yield* set(request, 'replace', rest);
  if (isVerb(verb, 'delete')) return yield* set(request, 'delete', rest);
  if (isVerb(verb, 'get')) return yield* get(request, rest);
  if (isVerb(verb, 'flush')) return yield* flush(request, rest);
  return yield* unknownCommand(request, verb, 'route');
}

/** The routes that the words ask for. */
function selected({ proc }: Request, words: readonly string[]): readonly RouteInfo[] {
  const table = valueOf(words, 'table') ?? 'main';
  const device = valueOf(words, 'dev');
  const via = parseIpv4(valueOf(words, 'via') ?? '');
  const protocol = valueOf(words, 'proto', 'protocol');
  const scope = valueOf(words, 'scope');
  const type = valueOf(words, 'type');
  const target = words.find(
    (word, i) => /^(\d|default$|all$)/.test(word) && !FILTERS.slice(0, 7).includes(words[i - 1] ?? ''),
  );
  const prefix =
    target === undefined || target === 'all'
      ? null
      : target === 'default'
        ? { address: ANY_ADDRESS, prefix: 0 }
        : readPrefix(target);
  const matches = words.includes('match');
  const inside = words.includes('root');
  return proc.net.routes({ all: true }).filter((each) => {
    const { destination: to } = each;
    return (
      (table === 'all' || each.table === (table === '255' ? 'local' : table === '254' ? 'main' : table)) &&
      (device === undefined || each.device === device) &&
      (!via.ok || each.gateway === via.value) &&
      (protocol === undefined || each.protocol === protocol) &&
      (scope === undefined || each.scope === scope) &&
      (type === undefined || each.type === type) &&
      (prefix === null ||
        (matches
          ? to.prefix <= prefix.prefix && contains(to, prefix.address)
          : inside
            ? to.prefix >= prefix.prefix && contains(prefix, to.address)
            : to.prefix === prefix.prefix && contains(prefix, to.address)))
    );
  });
}

function* show(request: Request, words: readonly string[]): Sys<number> {
  const { face, family } = request;
  const device = valueOf(words, 'dev');
  if (device !== undefined && !(yield* hasDevice(request, device))) return 1;
  if (family === 6)
    return yield* print(
      request,
      () => '',
      () => [],
    );
  const asked = {
    face,
    device: device !== undefined,
    table: valueOf(words, 'table') ?? 'main',
    protocol: valueOf(words, 'proto', 'protocol') !== undefined,
    scope: valueOf(words, 'scope') !== undefined,
  };
  const rows = selected(request, words);
  return yield* print(
    request,
    () => rows.map((each) => `${routeLine(each, asked)}\n`).join(''),
    () => rows.map((each) => routeJson(each, asked)),
  );
}

function* set(request: Request, verb: 'add' | 'replace' | 'delete', words: readonly string[]): Sys<number> {
  const { proc } = request;
  const type = TYPES.find((each) => each === words[0]);
  const rest = type === undefined ? words : words.slice(1);
  const target = rest[0] === 'to' ? (rest[1] ?? '') : (rest[0] ?? '');
  const destination =
    target === 'default' || target === 'any' || target === 'all'
      ? { address: ANY_ADDRESS, prefix: 0 }
      : readPrefix(target);
  if (!destination) return yield* notAPrefix(request, target);
  const [via, src] = [valueOf(rest, 'via'), valueOf(rest, 'src')];
  const gateway = via === undefined ? null : parseIpv4(via);
  if (gateway && !gateway.ok)
    return yield* complain(request, `Error: any valid address is expected rather than "${via}".`, 1);
  const source = src === undefined ? null : parseIpv4(src);
  if (source && !source.ok) return yield* complain(request, `Error: inet address is expected rather than "${src}".`, 1);
  const device = valueOf(rest, 'dev');
  if (device !== undefined && !(yield* deviceToChange(request, device))) return 1;
  const metric = valueOf(rest, 'metric', 'preference', 'priority');
  const scope = valueOf(rest, 'scope');
  const wanted: NewRoute = {
    destination,
    ...(gateway?.ok && { gateway: gateway.value }),
    ...(source?.ok && { source: source.value }),
    ...(device !== undefined && { device }),
    ...(metric !== undefined && { metric: Number(metric) }),
    ...(scope === 'link' || scope === 'host' || scope === 'global' ? { scope } : {}),
    ...(type !== undefined && { type }),
  };
  if (verb === 'delete') return yield* change(request, () => proc.net.removeRoute(wanted));
  return yield* change(
    request,
    () => {
      const old = { destination, metric: wanted.metric ?? 0 };
      const replaced = verb === 'replace' ? proc.net.removeRoute(old) : null;
      const added = proc.net.addRoute(wanted);
      return added.ok || !replaced?.ok ? added : added;
    },
    WORDS,
  );
}

function* get(request: Request, words: readonly string[]): Sys<number> {
  const { proc } = request;
  const text = valueOf(words, 'to') ?? words[0] ?? '';
  const address = parseIpv4(text.replace(/\/32$/, ''));
  if (!address.ok) return yield* notAPrefix(request, text);
  const found = proc.net.routeTo(address.value);
  if (!found.ok) return yield* answer(request, found);
  const { gateway, device, source, type } = found.value;
  const isLocal = type === 'local';
  const parts = [
    `${isLocal || type === 'broadcast' ? `${type} ` : ''}${formatIpv4(address.value)}`,
    ...(gateway === null ? [] : [`via ${formatIpv4(gateway)}`]),
    `dev ${isLocal ? 'lo' : device}`,
    request.face === 'busybox' ? ` src ${formatIpv4(source)}` : `src ${formatIpv4(source)}`,
  ];
  const cache = `    cache ${isLocal ? '<local> ' : type === 'broadcast' ? '<local,brd> ' : ''}`;
  const inWords = request.face === 'busybox' ? parts.join(' ') : `${parts.join(' ')} uid ${proc.uid} \n${cache}`;
  return yield* print(
    request,
    () => `${inWords}\n`,
    () => [
      {
        ...(isLocal || type === 'broadcast' ? { type } : {}),
        dst: formatIpv4(address.value),
        ...(gateway !== null && { gateway: formatIpv4(gateway) }),
        dev: isLocal ? 'lo' : (device ?? ''),
        prefsrc: formatIpv4(source),
        flags: [],
        uid: proc.uid,
        cache: isLocal ? ['local'] : type === 'broadcast' ? ['local', 'brd'] : [],
      },
    ],
  );
}

function* flush(request: Request, words: readonly string[]): Sys<number> {
  const { proc } = request;
  // Kernels have had no cache of routes since 3.6.
  if (words.includes('cache')) return 0;
  if (words.length === 0) return yield* complain(request, '"ip route flush" requires arguments.', 255);
  for (const { destination, device, metric, type } of selected(request, words)) {
    const exit = yield* change(request, () =>
      proc.net.removeRoute({ destination, metric, type, ...(device !== null && { device }) }),
    );
    if (exit !== 0) return exit;
  }
  return 0;
}
