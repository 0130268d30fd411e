import type { Sys } from '../../kernel/syscalls/proc.ts';
import { parseIpv4, parseMac } from '../../wire/address.ts';
import { contains } from '../../wire/cidr.ts';
import {
  change,
  complain,
  deviceToChange,
  hasDevice,
  isVerb,
  print,
  type Request,
  readPrefix,
  unknownCommand,
  valueOf,
} from './request.ts';
import { neighborJson, neighborLine } from './route-text.ts';

const FILTERS = ['dev', 'to', 'nud', 'all', 'unused'];

/** `ip neighbour`. */
export function* neighbor(request: Request): Sys<number> {
  const { proc, args } = request;
  const [verb, ...rest] = args;
  if (verb === undefined || FILTERS.includes(verb) || /^\d/.test(verb)) return yield* show(request, args);
  if (isVerb(verb, 'show', 'list', 'lst')) return yield* show(request, rest);
  if (isVerb(verb, 'flush')) {
    const device = valueOf(rest, 'dev');
    if (rest.length === 0) return yield* complain(request, 'Flush requires arguments.', 1);
    if (device !== undefined && !(yield* hasDevice(request, device))) return 1;
    return yield* change(request, () => {
      proc.net.flushNeighbors(device);
      return { ok: true, value: undefined };
    });
  }
  if (!isVerb(verb, 'add', 'replace', 'change', 'delete')) return yield* unknownCommand(request, verb, 'neigh');
  return yield* set(request, verb, rest);
}

function* show(request: Request, words: readonly string[]): Sys<number> {
  const { proc, face, family, statistics } = request;
  const device = valueOf(words, 'dev');
  if (device !== undefined && !(yield* hasDevice(request, device))) return 1;
  const state = valueOf(words, 'nud');
  const target = valueOf(words, 'to') ?? words.find((word) => /^\d/.test(word));
  const prefix = target === undefined ? null : readPrefix(target);
  const rows = proc.net
    .neighbors()
    .filter(
      (each) =>
        family !== 6 &&
        (device === undefined || each.device === device) &&
        (state === undefined ? each.state !== 'noarp' : state === 'all' || each.state === state) &&
        (prefix === null || contains(prefix, each.address)),
    );
  const how = { face, known: device !== undefined, detailed: statistics };
  return yield* print(
    request,
    () => rows.map((each) => `${neighborLine(each, how)}\n`).join(''),
    () => rows.map((each) => neighborJson(each, how)),
  );
}

function* set(request: Request, verb: string, words: readonly string[]): Sys<number> {
  const { proc } = request;
  const device = valueOf(words, 'dev');
  const text = valueOf(words, 'to') ?? words[0] ?? '';
  const address = parseIpv4(text);
  if (device === undefined || !address.ok)
    return yield* complain(request, 'Device and destination are required arguments.', 255);
  if (!(yield* deviceToChange(request, device))) return 1;
  const where = { address: address.value, device };
  if (isVerb(verb, 'delete')) return yield* change(request, () => proc.net.removeNeighbor(where));
  const mac = parseMac(valueOf(words, 'lladdr') ?? '');
  if (!mac.ok) return yield* complain(request, `"${valueOf(words, 'lladdr') ?? ''}" is invalid lladdr.`, 1);
  const known = proc.net.neighbors().some((each) => each.address === address.value && each.device === device);
  if (isVerb(verb, 'add') && known) return yield* change(request, () => ({ ok: false, error: 'EEXIST' }));
  return yield* change(request, () => proc.net.addNeighbor({ ...where, mac: mac.value }));
}
