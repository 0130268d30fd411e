import type { Sys } from '../../kernel/syscalls/proc.ts';
import { parseIpv4 } from '../../wire/address.ts';
import { broadcastOf, contains } from '../../wire/cidr.ts';
import { showAddresses } from './address-text.ts';
import { addressesJson } from './link-json.ts';
import {
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

const KEYWORDS = [
  'dev',
  'up',
  'to',
  'scope',
  'label',
  'master',
  'type',
  'primary',
  'secondary',
  'permanent',
  'dynamic',
];

/** `ip address`. */
export function* address(request: Request): Sys<number> {
  const { args } = request;
  const [verb, ...rest] = args;
  if (verb === undefined || KEYWORDS.includes(verb)) return yield* show(request, args);
  if (isVerb(verb, 'add')) return yield* add(request, rest, { replace: false });
  if (isVerb(verb, 'change', 'replace')) return yield* add(request, rest, { replace: true });
  if (isVerb(verb, 'delete')) return yield* remove(request, rest);
  if (isVerb(verb, 'show', 'list', 'lst')) return yield* show(request, rest);
  if (isVerb(verb, 'flush')) return yield* flush(request, rest);
  return yield* unknownCommand(request, verb, 'address');
}

function* show(request: Request, words: readonly string[]): Sys<number> {
  const { proc, face } = request;
  const named = valueOf(words, 'dev') ?? words.find((word, i) => !KEYWORDS.includes(word) && !takesValue(words[i - 1]));
  const device = named ?? null;
  if (device !== null && !(yield* hasDevice(request, device))) return 1;
  const options = {
    ...request,
    device,
    upOnly: words.includes('up'),
    master: valueOf(words, 'master') ?? null,
    kind: valueOf(words, 'type') ?? null,
    scope: valueOf(words, 'scope') ?? null,
    to: readPrefix(valueOf(words, 'to') ?? ''),
  };
  return yield* print(
    request,
    () => showAddresses(proc.net, options, face),
    () => addressesJson(proc.net, options),
  );
}

const takesValue = (word: string | undefined) =>
  word !== undefined && ['to', 'scope', 'label', 'master', 'type'].includes(word);

function* add(request: Request, words: readonly string[], { replace }: { readonly replace: boolean }): Sys<number> {
  const { proc } = request;
  const device = valueOf(words, 'dev');
  const text = addressWord(words);
  const parsed = readPrefix(text);
  if (!parsed) return yield* notAPrefix(request, text);
  if (device === undefined) return yield* complain(request, 'Not enough information: "dev" argument is required.', 255);
  if (!(yield* deviceToChange(request, device))) return 1;
  const asked = valueOf(words, 'broadcast', 'brd');
  const written = parseIpv4(asked ?? '');
  const broadcast = asked === '+' ? broadcastOf(parsed) : written.ok ? written.value : undefined;
  const known = proc.net
    .addresses()
    .some(
      (each) =>
        each.device === device && each.address.address === parsed.address && each.address.prefix === parsed.prefix,
    );
  if (replace && known && proc.uid === 0) return 0;
  return yield* change(
    request,
    () => proc.net.addAddress(device, parsed, broadcast === undefined ? {} : { broadcast }),
    { EEXIST: 'ipv4: Address already assigned.' },
  );
}

function* remove(request: Request, words: readonly string[]): Sys<number> {
  const { proc } = request;
  const device = valueOf(words, 'dev');
  const text = addressWord(words);
  const parsed = readPrefix(text);
  if (!parsed) return yield* notAPrefix(request, text);
  if (device === undefined) return yield* complain(request, 'Not enough information: "dev" argument is required.', 255);
  if (!(yield* deviceToChange(request, device))) return 1;
  // Without a prefix length, that address whatever its length is.
  const own = proc.net.addresses().find((each) => each.device === device && each.address.address === parsed.address);
  const target = text.includes('/') ? parsed : (own?.address ?? parsed);
  return yield* change(request, () => proc.net.removeAddress(device, target), {
    EADDRNOTAVAIL: 'ipv4: Address not found.',
  });
}

function* flush(request: Request, words: readonly string[]): Sys<number> {
  const { proc } = request;
  const device = valueOf(words, 'dev') ?? words.find((word) => !KEYWORDS.includes(word));
  if (device === undefined) return yield* complain(request, 'Flush requires arguments.', 1);
  if (!(yield* hasDevice(request, device))) return 1;
  const to = readPrefix(valueOf(words, 'to') ?? '');
  for (const each of proc.net.addresses()) {
    if (each.device !== device || (to !== null && !contains(to, each.address.address))) continue;
    const exit = yield* change(request, () => {
      const done = proc.net.removeAddress(each.device, each.address);
      // With its primary address a secondary one may have gone already.
      return !done.ok && done.error === 'EADDRNOTAVAIL' ? { ok: true, value: undefined } : done;
    });
    if (exit !== 0) return exit;
  }
  return 0;
}

/** The address among the words: the one that no keyword explains, or that follows `local`. */
function addressWord(words: readonly string[]): string {
  const local = valueOf(words, 'local');
  if (local !== undefined) return local;
  const keywords = [
    'dev',
    'broadcast',
    'brd',
    'label',
    'scope',
    'metric',
    'peer',
    'valid_lft',
    'preferred_lft',
    'proto',
  ];
  return words.find((word, i) => !keywords.includes(word) && !keywords.includes(words[i - 1] ?? '')) ?? '';
}
