import { err, ok, type Result } from '../../../base/result.ts';
import { substitute, type TemplateError } from './template.ts';

const SPACES = '\t\v\f\r \u0085\u00a0';
const ESCAPES: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '"': '"',
  '\\': '\\',
};

/** The variables of a `.env` text, with those that it refers to replaced (compose-go dotenv/parser.go). */
export function readDotenv(
  text: string,
  lookup: (name: string) => string | undefined,
): Result<ReadonlyMap<string, string>, string> {
  return new DotenvParser(text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n'), lookup).parse();
}

class DotenvParser {
  private readonly variables = new Map<string, string>();
  private line = 1;
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly lookup: (name: string) => string | undefined,
  ) {}

  parse(): Result<ReadonlyMap<string, string>, string> {
    while (this.findStatement()) {
      const done = this.statement();
      if (!done.ok) return done;
    }
    return ok(this.variables);
  }

  /** Goes to the next line that is neither empty nor a comment. */
  private findStatement(): boolean {
    for (;;) {
      while (this.at < this.text.length && /\s/.test(this.text[this.at] as string)) {
        if (this.text[this.at] === '\n') this.line++;
        this.at++;
      }
      if (this.at >= this.text.length) return false;
      if (this.text[this.at] !== '#') return true;
      const end = this.text.indexOf('\n', this.at);
      this.at = end < 0 ? this.text.length : end;
    }
  }

  private statement(): Result<void, string> {
    const exported = /^export[^\S\n]+/.exec(this.text.slice(this.at));
    if (exported) this.at += exported[0].length;
    const rest = this.text.slice(this.at);
    let length = 0;
    for (const letter of rest) {
      if ('=:\n'.includes(letter)) break;
      if (!SPACES.includes(letter) && !/[\p{L}\p{N}_.[\]-]/u.test(letter)) {
        const shown = JSON.stringify(rest.split('\n')[0]);
        return err(`line ${this.line}: unexpected character ${JSON.stringify(letter)} in variable name ${shown}`);
      }
      length += letter.length;
    }
    const name = rest.slice(0, length).trimEnd();
    const end = rest[length];
    if (name.includes(' ')) return err(`line ${this.line}: key cannot contain a space`);
    this.at += length + 1;
    if (end === undefined) return ok();
    if (end === '\n') {
      this.line++;
      const inherited = this.lookup(name);
      if (inherited !== undefined) this.variables.set(name, inherited);
      return ok();
    }
    while (this.at < this.text.length && SPACES.includes(this.text[this.at] as string)) this.at++;
    const value = this.value();
    if (value.ok) this.variables.set(name, value.value);
    return value.ok ? ok() : value;
  }

  private value(): Result<string, string> {
    const quote = this.text[this.at];
    if (quote === '"' || quote === "'") return this.quoted(quote);
    const newline = this.text.indexOf('\n', this.at);
    const end = newline < 0 ? this.text.length : newline;
    const raw = this.text.slice(this.at, end).split(' #')[0] as string;
    this.at = end + 1;
    this.line++;
    return this.expand(raw.trimEnd());
  }

  private quoted(quote: string): Result<string, string> {
    let value = '';
    for (let at = this.at + 1; at < this.text.length; at++) {
      const letter = this.text[at] as string;
      if (letter === '\n') this.line++;
      if (letter === '\\' && this.text[at + 1] === quote) {
        value += quote;
        at++;
      } else if (letter === '\\' && at + 1 < this.text.length) {
        value += letter + (this.text[++at] as string);
      } else if (letter === quote) {
        this.at = at + 1;
        return quote === '"' ? this.expand(unescape(value)) : ok(value);
      } else value += letter;
    }
    const first = this.text.slice(this.at).split('\n')[0] as string;
    return err(`line ${this.line}: unterminated quoted value ${first}`);
  }

  private expand(value: string): Result<string, string> {
    const variables: Pick<ReadonlyMap<string, string>, 'get'> = {
      get: (name) => this.lookup(name) ?? this.variables.get(name),
    };
    const expanded = substitute(value, {
      variables: variables as ReadonlyMap<string, string>,
      missing: () => undefined,
    });
    return expanded.ok ? expanded : err(words(expanded.error));
  }
}

function unescape(text: string): string {
  return text.replace(/\\(?:([abcfnrtv"\\])|(\$))/g, (all, letter: string | undefined, dollar: string | undefined) =>
    dollar !== undefined ? '$$' : (ESCAPES[letter as string] ?? all),
  );
}

function words(error: TemplateError): string {
  if (error.what === 'invalid') return `Invalid template: ${JSON.stringify(error.template)}`;
  return `required variable ${error.name} is missing a value${error.reason === '' ? '' : `: ${error.reason}`}`;
}
