import { err, ok, type Result } from '../../base/result.ts';
import type { SocketInfo } from '../../kernel/syscalls/net-admin.ts';
import { type Cidr, contains, parseCidr } from '../../wire/cidr.ts';

/** Whether ss shows a socket. */
export type SocketFilter = (socket: SocketInfo) => boolean;

const ALIASES: Readonly<Record<string, string>> = {
  '=': '==',
  eq: '==',
  neq: '!=',
  ne: '!=',
  gt: '>',
  lt: '<',
  ge: '>=',
  geq: '>=',
  le: '<=',
  leq: '<=',
};

/**
 * The filters of ss(8): `sport = :80`, `dport >= 1024`, `src 10.0.0.0/8`, `dst 10.0.0.2:80`, with and, or, not and brackets.
 * @param words what stands behind the options; a text in the error is the word that can't be read
 */
export function parseSocketFilter(
  words: readonly string[],
  portOf: (name: string) => number | null,
): Result<SocketFilter, string> {
  const tokens = words
    .join(' ')
    .replaceAll(/[()]/g, ' $& ')
    .replaceAll(/!=|[<>=]=|[<>=]|!/g, ' $& ')
    .split(/\s+/)
    .filter(Boolean);
  let at = 0;
  const take = () => tokens[at++] ?? '';
  const either = (): SocketFilter => {
    let left = both();
    while (['or', '|', '||'].includes(tokens[at] ?? '')) {
      at++;
      const before = left;
      const after = both();
      left = (socket) => before(socket) || after(socket);
    }
    return left;
  };
  const both = (): SocketFilter => {
    let left = one();
    while (at < tokens.length && ![')', 'or', '|', '||'].includes(tokens[at] as string)) {
      if (['and', '&', '&&'].includes(tokens[at] as string)) at++;
      const before = left;
      const after = one();
      left = (socket) => before(socket) && after(socket);
    }
    return left;
  };
  const one = (): SocketFilter => {
    const word = take();
    if (word === 'not' || word === '!') {
      const inner = one();
      return (socket) => !inner(socket);
    }
    if (word === '(') {
      const inner = either();
      if (take() !== ')') throw new SyntaxError(')');
      return inner;
    }
    if (!['sport', 'dport', 'src', 'dst'].includes(word)) throw new SyntaxError(word);
    const given = tokens[at] ?? '';
    const operator = /^(?:[<>=!]=?|==|n?eq|ne|[gl][te]|[gl]eq)$/.test(given) ? take() : '==';
    return condition(word as 'sport', ALIASES[operator] ?? operator, take(), portOf);
  };
  try {
    const filter = tokens.length === 0 ? () => true : either();
    return at < tokens.length ? err(tokens[at] as string) : ok(filter);
  } catch (problem) {
    if (problem instanceof SyntaxError) return err(problem.message);
    throw problem;
  }
}

function condition(
  what: 'sport' | 'dport' | 'src' | 'dst',
  operator: string,
  text: string,
  portOf: (name: string) => number | null,
): SocketFilter {
  const local = what === 'sport' || what === 'src';
  const [host = '', portText = ''] = what.endsWith('port') ? ['', text.replace(/^.*:/, '')] : text.split(':');
  const port = portText === '' || portText === '*' ? null : portOf(portText);
  if (portText !== '' && portText !== '*' && port === null) throw new SyntaxError(text);
  let network: Cidr | null = null;
  if (host !== '' && host !== '*') {
    const parsed = parseCidr(host.includes('/') ? host : `${host}/32`);
    if (!parsed.ok) throw new SyntaxError(text);
    network = parsed.value;
  }
  return (socket) => {
    const end = local ? socket.local : socket.remote;
    const hostFits = network === null || (typeof end.address === 'number' && contains(network, end.address));
    const fits = hostFits && (port === null || compare(end.port, operator, port));
    return operator === '!=' && port === null ? !fits : fits;
  };
}

function compare(a: number, operator: string, b: number): boolean {
  switch (operator) {
    case '!=':
      return a !== b;
    case '<':
      return a < b;
    case '>':
      return a > b;
    case '<=':
      return a <= b;
    case '>=':
      return a >= b;
    default:
      return a === b;
  }
}
