import { err, ok, type Result } from '../../../base/result.ts';
import { type Directive, find, findAll } from './directive.ts';
import { compileRegex } from './regex.ts';
import { readScript, type Step } from './script.ts';
import { inherit, type Settings } from './settings.ts';

export type LocationKind = 'prefix' | 'prefix, no regex' | 'exact' | 'regex' | 'named';

/** Where requests go that no location but the server itself answers, and what each location says. */
export interface Location {
  readonly kind: LocationKind;
  /** Its prefix, name or expression, as written. */
  readonly pattern: string;
  readonly regex: RegExp | null;
  readonly settings: Settings;
  readonly steps: readonly Step[];
  readonly locations: readonly Location[];
  readonly tryFiles: readonly string[] | null;
  readonly alias: string | null;
  readonly proxyPass: ProxyPass | null;
  readonly internal: boolean;
  readonly stubStatus: boolean;
  /** Methods that the rules of `limit_except` are not for, and those rules. */
  readonly limitExcept: { readonly methods: readonly string[]; readonly settings: Settings } | null;
}

/** `proxy_pass http://backend:8080/api/;` */
export interface ProxyPass {
  readonly text: string;
  /** `backend:8080`; null where the address has variables and is known with the request alone. */
  readonly host: string | null;
  /** What replaces the location's prefix; null: the request's own path goes on. */
  readonly uri: string | null;
  readonly file: string;
  readonly line: number;
}

type Problem = string;
const at = ({ file, line }: Directive, text: string) => err(`${text} in ${file}:${line}`);

/** What a block says of requests, whether it is a server, a location or an `if`. */
export function readBlock(
  block: readonly Directive[],
  outer: Settings,
  head: Pick<Location, 'kind' | 'pattern' | 'regex'>,
): Result<Location, Problem> {
  const settings = inherit(outer, block);
  const steps = readScript(block);
  if (!steps.ok) return steps;
  const locations: Location[] = [];
  for (const directive of findAll(block, 'location')) {
    const read = readLocation(directive, settings, head, locations);
    if (!read.ok) return read;
    locations.push(read.value);
  }
  const proxy = find(block, 'proxy_pass');
  const proxyPass = proxy ? readProxyPass(proxy, head.kind) : ok(null);
  if (!proxyPass.ok) return proxyPass;
  const limit = find(block, 'limit_except');
  return ok({
    ...head,
    settings,
    steps: steps.value,
    locations,
    tryFiles: find(block, 'try_files')?.args ?? null,
    alias: find(block, 'alias')?.args[0] ?? null,
    proxyPass: proxyPass.value,
    internal: find(block, 'internal') !== undefined,
    stubStatus: find(block, 'stub_status') !== undefined,
    limitExcept: limit ? { methods: limit.args, settings: inherit(settings, limit.block ?? []) } : null,
  });
}

function readLocation(
  directive: Directive,
  settings: Settings,
  outer: Pick<Location, 'kind' | 'pattern'>,
  before: readonly Location[],
): Result<Location, Problem> {
  const head = readHead(directive);
  if (!head.ok) return head;
  const { kind, pattern } = head.value;
  if (outer.pattern !== '') {
    if (outer.kind === 'exact')
      return at(directive, `location "${pattern}" cannot be inside the exact location "${outer.pattern}"`);
    if (kind === 'named') return at(directive, `named location "${pattern}" can be on the server level only`);
    if (outer.kind.startsWith('prefix') && kind !== 'regex' && !pattern.startsWith(outer.pattern))
      return at(directive, `location "${pattern}" is outside location "${outer.pattern}"`);
  }
  const isPrefix = (each: LocationKind) => each.startsWith('prefix');
  const same = before.find(
    (each) =>
      each.pattern === pattern && kind !== 'regex' && (each.kind === kind || (isPrefix(each.kind) && isPrefix(kind))),
  );
  if (same) return at(directive, `duplicate location "${pattern}"`);
  const { alias, root } = { alias: find(directive.block ?? [], 'alias'), root: find(directive.block ?? [], 'root') };
  if (alias && root)
    return at(
      alias.line > root.line ? alias : root,
      `"${alias.line > root.line ? 'alias' : 'root'}" directive is duplicate, "${alias.line > root.line ? 'root' : 'alias'}" directive was specified earlier`,
    );
  return readBlock(directive.block ?? [], settings, head.value);
}

function readHead(directive: Directive): Result<Pick<Location, 'kind' | 'pattern' | 'regex'>, Problem> {
  const [first = '', second] = directive.args;
  const glued = second === undefined ? /^(=|\^~|~\*|~)(.+)$/.exec(first) : null;
  const modifier = second === undefined ? (glued?.[1] ?? '') : first;
  const pattern = second ?? glued?.[2] ?? first;
  const plain = (kind: LocationKind) => ok({ kind, pattern, regex: null });
  switch (modifier) {
    case '':
      return plain(pattern.startsWith('@') ? 'named' : 'prefix');
    case '=':
      return plain('exact');
    case '^~':
      return plain('prefix, no regex');
    case '~':
    case '~*': {
      const regex = compileRegex(pattern, modifier === '~*');
      return regex.ok ? ok({ kind: 'regex', pattern, regex: regex.value }) : at(directive, regex.error);
    }
    default:
      return at(directive, `invalid location modifier "${modifier}"`);
  }
}

function readProxyPass(directive: Directive, kind: LocationKind): Result<ProxyPass, Problem> {
  const [text = ''] = directive.args;
  const { file, line } = directive;
  if (text.includes('$')) return ok({ text, host: null, uri: null, file, line });
  const match = /^http:\/\/([^/]+)(\/.*)?$/i.exec(text);
  if (!match)
    return at(
      directive,
      /^https:\/\//i.test(text)
        ? 'https is not on this simulated host: use http'
        : text.startsWith('http://')
          ? 'no host in upstream "' + text.slice(7) + '"'
          : 'invalid URL prefix',
    );
  const uri = match[2] ?? null;
  if (uri !== null && (kind === 'regex' || kind === 'named'))
    return at(
      directive,
      '"proxy_pass" cannot have URI part in location given by regular expression, or inside named location, or inside "if" statement, or inside "limit_except" block',
    );
  return ok({ text, host: match[1] as string, uri, file, line });
}
