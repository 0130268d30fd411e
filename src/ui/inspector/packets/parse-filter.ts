import { err, ok, type Result } from '../../../base/result.ts';
import { parseIpv4 } from '../../../wire/address.ts';
import { type Cidr, contains, parseCidr } from '../../../wire/cidr.ts';
import { formatIpv6, parseIpv6 } from '../../../wire/ipv6-address.ts';
import type { End, JourneyFacts } from '../journey/journey-facts.ts';
import type { NameBook } from '../journey/name-book.ts';

/** Who knows containers by name. */
export type FilterNames = Pick<NameBook, 'find' | 'addressesOf'>;
export type PacketFilter = (facts: JourneyFacts) => boolean;

/** What is wrong with a filter's text, and where. */
export type FilterProblem =
  | { readonly problem: 'unknown word'; readonly word: string }
  | { readonly problem: 'port expected'; readonly after: string }
  | { readonly problem: 'address expected'; readonly after: string }
  | { readonly problem: 'number expected'; readonly after: string }
  | { readonly problem: 'ends too early'; readonly after: string }
  | { readonly problem: 'unclosed parenthesis' }
  | { readonly problem: 'unclosed quote' }
  | { readonly problem: 'unexpected parenthesis' };

type Parsed = Result<PacketFilter, FilterProblem>;

/** Words that stand alone. */
const ALONE: Readonly<Record<string, PacketFilter>> = {
  arp: ({ protocol }) => protocol === 'arp',
  icmp: ({ protocol }) => protocol === 'icmp',
  udp: ({ protocol }) => protocol === 'udp' || protocol === 'dns',
  tcp: ({ protocol }) => protocol === 'tcp' || protocol === 'http',
  dns: ({ protocol }) => protocol === 'dns',
  http: ({ protocol }) => protocol === 'http',
  dropped: ({ fate }) => fate.is === 'dropped',
  delivered: ({ fate }) => fate.is === 'delivered',
  underway: ({ fate }) => fate.is === 'underway',
  syn: ({ flags }) => flags.includes('SYN'),
  ack: ({ flags }) => flags.includes('ACK'),
  fin: ({ flags }) => flags.includes('FIN'),
  rst: ({ flags }) => flags.includes('RST'),
  psh: ({ flags }) => flags.includes('PSH'),
};

/** The same in the other language. */
const SYNONYMS: Readonly<Record<string, string>> = {
  破棄: 'dropped',
  到達: 'delivered',
  途中: 'underway',
  ポート: 'port',
  送信元: 'src',
  宛先: 'dst',
  コマンド: 'command',
  from: 'src',
  to: 'dst',
};

/**
 * Reads a filter: words that all have to hold, with `or`, `not` and parentheses. `tcp port 80`, `dns or arp`, `not dropped`,
 * `src 172.18.0.3`, `10.0.0.0/8`, a container's name, `"text of the summary"`, `command 3`. Full-width letters are as good as others.
 */
export function parseFilter(text: string, names: FilterNames): Parsed {
  const tokens = tokensOf(text.normalize('NFKC'));
  if (!tokens.ok) return tokens;
  if (tokens.value.length === 0) return ok(() => true);
  const parser = new FilterParser(tokens.value, names);
  const filter = parser.either();
  if (!filter.ok) return filter;
  return parser.ended ? filter : err({ problem: 'unexpected parenthesis' });
}

function tokensOf(text: string): Result<readonly string[], FilterProblem> {
  const tokens = text.match(/"[^"]*"?|[()!]|&&|\|\||[^\s()"!]+/g) ?? [];
  if (tokens.some((token) => token.startsWith('"') && (token.length === 1 || !token.endsWith('"'))))
    return err({ problem: 'unclosed quote' });
  return ok(tokens);
}

class FilterParser {
  private at = 0;

  constructor(
    private readonly tokens: readonly string[],
    private readonly names: FilterNames,
  ) {}

  get ended(): boolean {
    return this.at >= this.tokens.length;
  }

  either(): Parsed {
    let left = this.both();
    while (left.ok && this.take('or', '||')) {
      const right = this.both();
      if (!right.ok) return right;
      const [one, other] = [left.value, right.value];
      left = ok((facts) => one(facts) || other(facts));
    }
    return left;
  }

  private both(): Parsed {
    let left = this.negated();
    while (left.ok && !this.ended && !this.isNext('or', '||', ')')) {
      this.take('and', '&&');
      const right = this.negated();
      if (!right.ok) return right;
      const [one, other] = [left.value, right.value];
      left = ok((facts) => one(facts) && other(facts));
    }
    return left;
  }

  private negated(): Parsed {
    if (!this.take('not', '!')) return this.single();
    const inner = this.negated();
    if (!inner.ok) return inner;
    const { value } = inner;
    return ok((facts) => !value(facts));
  }

  private single(): Parsed {
    const token = this.next();
    if (token === null) return err({ problem: 'ends too early', after: this.tokens.at(-1) ?? '' });
    if (token === ')') return err({ problem: 'unexpected parenthesis' });
    if (token === '(') {
      const inner = this.either();
      if (inner.ok && !this.take(')')) return err({ problem: 'unclosed parenthesis' });
      return inner;
    }
    if (token.startsWith('"')) {
      const wanted = token.slice(1, -1).toLowerCase();
      return ok(({ summary, journey }) => `${summary}\n${journey.summary}`.toLowerCase().includes(wanted));
    }
    const word = canonical(token);
    const alone = Object.hasOwn(ALONE, word) ? ALONE[word] : undefined;
    if (alone) return ok(alone);
    switch (word) {
      case 'port':
        return this.port(token);
      case 'command':
        return this.command(token, this.next());
      case 'src':
      case 'dst':
      case 'host':
      case 'net':
        return this.address(token, word);
      default:
        if (word.startsWith('#')) return this.command(token, word.slice(1));
        return this.anything(token);
    }
  }

  private port(after: string): Parsed {
    const token = this.next();
    const port = token !== null && /^\d{1,5}$/.test(token) ? Number(token) : -1;
    if (port < 0 || port > 65_535) return err({ problem: 'port expected', after });
    return ok(({ ends }) => ends.some((end) => end.port === port));
  }

  private command(after: string, token: string | null): Parsed {
    if (token === null || !/^\d{1,9}$/.test(token)) return err({ problem: 'number expected', after });
    return ok(({ journey }) => journey.command === Number(token));
  }

  private address(after: string, word: 'src' | 'dst' | 'host' | 'net'): Parsed {
    const token = this.next();
    const fits = token === null ? null : this.endTest(token);
    if (fits === null) return err({ problem: 'address expected', after });
    if (word === 'src') return ok(({ ends }) => ends.some((end, i) => i % 2 === 0 && fits(end)));
    if (word === 'dst') return ok(({ ends }) => ends.some((end, i) => i % 2 === 1 && fits(end)));
    return ok(({ ends }) => ends.some(fits));
  }

  /** An address, a network, both with or without a port, or the name of a container that the packet came through. */
  private anything(token: string): Parsed {
    const fits = addressTest(token);
    if (fits !== null) return ok(({ ends }) => ends.some(fits));
    const found = this.names.find(token);
    if (found.length > 0) return ok(({ namespaces }) => found.some((id) => namespaces.has(id)));
    return err({ problem: 'unknown word', word: token });
  }

  private endTest(token: string): ((end: End) => boolean) | null {
    const fits = addressTest(token);
    if (fits !== null) return fits;
    const owned = new Set(this.names.find(token).flatMap((id) => this.names.addressesOf(id)));
    return owned.size === 0 ? null : ({ address }) => owned.has(address);
  }

  private isNext(...words: readonly string[]): boolean {
    return words.includes((this.tokens[this.at] ?? '').toLowerCase());
  }

  private take(...words: readonly string[]): boolean {
    if (this.ended || !this.isNext(...words)) return false;
    this.at++;
    return true;
  }

  private next(): string | null {
    return this.tokens[this.at++] ?? null;
  }
}

const canonical = (token: string): string => {
  const word = token.toLowerCase();
  return Object.hasOwn(SYNONYMS, word) ? (SYNONYMS[word] as string) : word;
};

function addressTest(token: string): ((end: End) => boolean) | null {
  const sixth = ipv6Test(token);
  if (sixth) return sixth;
  const [, address = '', portText] = /^([\d./]+)(?::(\d{1,5}))?$/.exec(token) ?? [];
  const wanted = networkOf(address);
  const port = portText === undefined ? null : Number(portText);
  if (wanted === null)
    return /^[\da-f]{2}(:[\da-f]{2}){5}$/i.test(token) ? (end) => end.address === token.toLowerCase() : null;
  return (end) => {
    const parsed = parseIpv4(end.address);
    return parsed.ok && contains(wanted, parsed.value) && (port === null || end.port === port);
  };
}

/** `::1`, or `[::1]:8080`. */
function ipv6Test(token: string): ((end: End) => boolean) | null {
  const [, bracketed, portText] = /^\[([\da-f:]+)\](?::(\d{1,5}))?$/i.exec(token) ?? [];
  const address = parseIpv6(bracketed ?? token);
  if (address === null) return null;
  const text = formatIpv6(address);
  return (end) => end.address === text && (portText === undefined || end.port === Number(portText));
}

/** A whole address as a network of its own. */
function networkOf(text: string): Cidr | null {
  const network = parseCidr(text);
  if (network.ok) return network.value;
  const address = parseIpv4(text);
  return address.ok ? { address: address.value, prefix: 32 } : null;
}
