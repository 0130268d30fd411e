/** A regular expression in JavaScript's notation, taken apart. */
export type RegexTree =
  /** Matches one character; its own notation says which. */
  | { readonly kind: 'atom'; readonly source: string }
  /** Matches a place: `^`, `\b`, a lookahead. */
  | { readonly kind: 'place'; readonly source: string }
  | { readonly kind: 'group'; readonly body: RegexTree; readonly capture: number | null }
  | { readonly kind: 'sequence'; readonly parts: readonly RegexTree[] }
  | { readonly kind: 'choice'; readonly options: readonly RegexTree[] }
  | {
      readonly kind: 'repeat';
      readonly body: RegexTree;
      readonly least: number;
      readonly most: number;
      readonly greedy: boolean;
    };

/** The tree of a source that is known to be well formed; null: it has what only backtracking can do, such as back references. */
export function parseRegex(source: string): RegexTree | null {
  const reader = new Reader(source);
  const tree = reader.choice();
  return reader.unsupported ? null : tree;
}

const ATOM_ESCAPE = /\\(?:x[0-9a-fA-F]{2}|u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|c[A-Za-z]|[pP]\{[^}]*\}|[^])/y;
const CLASS = /\[(?:\\[^]|[^\]\\])*\]/y;
const QUANTIFIER = /(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})(\?)?/y;

class Reader {
  unsupported = false;
  private at = 0;
  private captures = 0;

  constructor(private readonly source: string) {}

  choice(): RegexTree {
    const options = [this.sequence()];
    while (this.source[this.at] === '|') {
      this.at++;
      options.push(this.sequence());
    }
    return options.length === 1 ? (options[0] as RegexTree) : { kind: 'choice', options };
  }

  private sequence(): RegexTree {
    const parts: RegexTree[] = [];
    while (this.at < this.source.length && !'|)'.includes(this.source[this.at] as string) && !this.unsupported)
      parts.push(this.quantified(this.single()));
    return { kind: 'sequence', parts };
  }

  private quantified(body: RegexTree): RegexTree {
    const found = this.take(QUANTIFIER);
    if (!found) return body;
    const [, sign, low, comma, high, lazy] = found;
    const least = sign === undefined ? Number(low) : sign === '+' ? 1 : 0;
    const open = sign === '*' || sign === '+' || (comma !== undefined && high === '');
    const most = open ? Number.POSITIVE_INFINITY : sign === '?' ? 1 : comma === undefined ? least : Number(high);
    return { kind: 'repeat', body, least, most, greedy: lazy === undefined };
  }

  private single(): RegexTree {
    const c = this.source[this.at] as string;
    if (c === '(') return this.group();
    if (c === '^' || c === '$') {
      this.at++;
      return { kind: 'place', source: c };
    }
    if (c === '[') return { kind: 'atom', source: this.take(CLASS)?.[0] ?? this.next() };
    if (c !== '\\') return { kind: 'atom', source: this.next() };
    const escape = this.take(ATOM_ESCAPE)?.[0] ?? this.next();
    if (/^\\[1-9k]/.test(escape)) this.unsupported = true;
    return { kind: /^\\[bB]$/.test(escape) ? 'place' : 'atom', source: escape };
  }

  private group(): RegexTree {
    const look = /^\(\?<?[=!]/.exec(this.source.slice(this.at));
    const start = this.at;
    if (look) {
      this.at += look[0].length;
      this.choice();
      this.at++;
      return { kind: 'place', source: this.source.slice(start, this.at) };
    }
    const plain = this.source.startsWith('(?:', this.at);
    if (!plain && this.source.startsWith('(?', this.at)) this.unsupported = true;
    const capture = plain ? null : ++this.captures;
    this.at += plain ? 3 : 1;
    const body = this.choice();
    this.at++;
    return { kind: 'group', body, capture };
  }

  /** One character, which may take two units. */
  private next(): string {
    const c = String.fromCodePoint(this.source.codePointAt(this.at) as number);
    this.at += c.length;
    return c;
  }

  private take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source);
    if (found) this.at += found[0].length;
    return found;
  }
}
