import type { Sys } from '../../../kernel/syscalls/proc.ts';
import { latin1 } from '../../../wire/http/byte-buffer.ts';
import { parseIpv4 } from '../../../wire/address.ts';
import { numberedError } from '../../libc/errno-number.ts';
import { readFile } from '../../libc/io.ts';
import type { AccessRule, Settings } from '../config/settings.ts';
import { decodeBase64 } from '../../../base/base64.ts';
import type { Answer } from './answer.ts';
import type { Exchange } from './exchange.ts';

/** allow and deny, and passwords: null where the request may go on. */
export function* checkAccess(x: Exchange): Sys<Answer | null> {
  const { limitExcept } = x.location;
  const applies =
    limitExcept !== null &&
    !limitExcept.methods.includes(x.method) &&
    !(x.method === 'HEAD' && limitExcept.methods.includes('GET'));
  const settings = applies ? limitExcept.settings : x.settings;
  const allowed = byRules(settings.rules, x.client.address);
  if (allowed === true && settings.satisfyAny) return null;
  if (allowed === false && !(settings.satisfyAny && settings.basicRealm !== null)) {
    yield* x.log('error', 'access forbidden by rule');
    return { status: 403 };
  }
  return settings.basicRealm === null ? null : yield* checkPassword(x, settings, settings.basicRealm);
}

/** The first rule for an address decides; null where none does. */
function byRules(rules: readonly AccessRule[], address: string): boolean | null {
  return rules.find(({ network }) => inNetwork(address, network))?.allow ?? null;
}

function inNetwork(address: string, network: string): boolean {
  if (network === 'all') return true;
  const [base = '', bits = '32'] = network.split('/');
  const [a, b] = [parseIpv4(address), parseIpv4(base)];
  if (!a.ok || !b.ok) return false;
  const mask = Number(bits) === 0 ? 0 : -1 << (32 - Number(bits));
  return (a.value & mask) === (b.value & mask);
}

/** http/modules/ngx_http_auth_basic_module.c, for passwords that the file has in the clear (`{PLAIN}word`). */
function* checkPassword(x: Exchange, { basicUserFile }: Settings, realm: string): Sys<Answer | null> {
  const challenge: Answer = { status: 401, headers: [['WWW-Authenticate', `Basic realm="${realm}"`]] };
  const given = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(x.header('authorization') ?? '')?.[1];
  const bytes = given === undefined ? null : decodeBase64(given);
  const [user, ...rest] = bytes ? latin1(bytes).split(':') : [];
  if (user === undefined || rest.length === 0) {
    yield* x.log('error', 'no user/password was provided for basic authentication');
    return challenge;
  }
  const file = basicUserFile === null || basicUserFile.startsWith('/') ? basicUserFile : `/etc/nginx/${basicUserFile}`;
  const text = file === null ? null : yield* readFile(x.proc, file);
  if (text && !text.ok) {
    yield* x.log('error', `open() "${file}" failed (${numberedError(text.error, x.proc.library)})`);
    return { status: text.error === 'ENOENT' ? 403 : 500 };
  }
  const line = (text ? latin1(text.value) : '').split('\n').find((each) => each.startsWith(`${user}:`));
  x.user = user;
  if (line === undefined) {
    yield* x.log('error', `user "${user}" was not found in "${file}"`);
    return challenge;
  }
  const stored = line.slice(user.length + 1).trim();
  if (stored.startsWith('{PLAIN}') && stored.slice(7) === rest.join(':')) return null;
  yield* x.log(
    'error',
    stored.startsWith('{PLAIN}')
      ? `user "${user}": password mismatch`
      : `user "${user}": only {PLAIN} passwords are modelled on this simulated host`,
  );
  return challenge;
}
