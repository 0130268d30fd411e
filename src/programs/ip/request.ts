import type { Result } from '../../base/result.ts';
import { type Errno, strerror } from '../../kernel/syscalls/errno.ts';
import type { LinkInfo } from '../../kernel/syscalls/net-admin.ts';
import type { Proc, Sys } from '../../kernel/syscalls/proc.ts';
import { type Cidr, parseCidr } from '../../wire/cidr.ts';
import { jsonText, type JsonValue } from './json-text.ts';
import type { Face } from './link-text.ts';

/** One `ip` command: its options, and what follows its object. */
export interface Request {
  readonly proc: Proc;
  readonly face: Face;
  readonly family: 4 | 6 | null;
  readonly brief: boolean;
  readonly oneLine: boolean;
  readonly statistics: boolean;
  readonly details: boolean;
  /** `-j`, and with `-p` for people; null: in words. */
  readonly json: 'plain' | 'pretty' | null;
  readonly args: readonly string[];
}

/** Prints what was asked for: in words, or as JSON. */
export function* print({ proc, json }: Request, words: () => string, data: () => JsonValue): Sys<number> {
  yield* proc.write(1, json === null ? words() : jsonText(data(), json === 'pretty'));
  return 0;
}

export function* complain({ proc, face }: Pick<Request, 'proc' | 'face'>, text: string, exit: number): Sys<number> {
  yield* proc.write(2, face === 'busybox' ? `ip: ${text}\n` : `${text}\n`);
  return face === 'busybox' && exit !== 2 ? 1 : exit;
}

/** The kernel's answer to a change. @param words what newer kernels say of an error, which BusyBox doesn't read */
export function* answer(
  request: Request,
  result: Result<void, Errno>,
  words: Partial<Record<Errno, string>> = {},
): Sys<number> {
  if (result.ok) return 0;
  const said = request.face === 'iproute2' ? words[result.error] : undefined;
  const text =
    said === undefined ? `RTNETLINK answers: ${strerror(result.error, request.proc.library)}` : `Error: ${said}`;
  return yield* complain(request, text, 2);
}

/** Changes are the administrator's. */
export function* change(
  request: Request,
  act: () => Result<void, Errno>,
  words: Partial<Record<Errno, string>> = {},
): Sys<number> {
  return yield* answer(request, request.proc.uid === 0 ? act() : { ok: false, error: 'EPERM' }, words);
}

export function* unknownCommand(request: Request, verb: string, object: string): Sys<number> {
  return request.face === 'busybox'
    ? yield* complain(request, `invalid argument '${verb}' to 'ip'`, 1)
    : yield* complain(request, `Command "${verb}" is unknown, try "ip ${object} help".`, 255);
}

/** Which device a command changes; null: there is none of that name, which has been told. */
export function* deviceToChange(request: Request, name: string): Sys<LinkInfo | null> {
  const link = request.proc.net.links().find((each) => each.name === name);
  if (link) return link;
  const text = request.face === 'busybox' ? `can't find device '${name}'` : `Cannot find device "${name}"`;
  yield* complain(request, text, 1);
  return null;
}

/** Whether a device that is to be shown is there; else it has been told. */
export function* hasDevice(request: Request, name: string): Sys<boolean> {
  if (request.proc.net.links().some((each) => each.name === name)) return true;
  const text = request.face === 'busybox' ? `can't find device '${name}'` : `Device "${name}" does not exist.`;
  yield* complain(request, text, 1);
  return false;
}

/** What follows one of these words. */
export function valueOf(args: readonly string[], ...names: readonly string[]): string | undefined {
  const at = args.findIndex((arg) => names.includes(arg));
  return at < 0 ? undefined : args[at + 1];
}

/** Whether a verb is this one, or its beginning, as `a` is `add`. */
export const isVerb = (verb: string | undefined, ...names: readonly string[]): boolean =>
  verb !== undefined && names.some((name) => name.startsWith(verb));

/** An address with or without a prefix length; 32 without. */
export function readPrefix(text: string): Cidr | null {
  const parsed = parseCidr(text.includes('/') ? text : `${text}/32`);
  return parsed.ok ? parsed.value : null;
}

export function* notAPrefix(request: Request, text: string): Sys<number> {
  return request.face === 'busybox'
    ? yield* complain(request, `an inet prefix is expected rather than "${text}"`, 1)
    : yield* complain(request, `Error: any valid prefix is expected rather than "${text}".`, 1);
}
