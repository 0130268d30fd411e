import { err, ok, type Result } from '../../../base/result.ts';

/** What ends a row of words: a directive's end, the start of its block, the end of the block around it, the end of the file. */
export type StatementEnd = ';' | '{' | '}' | 'end';

export interface Statement {
  readonly words: readonly string[];
  readonly end: StatementEnd;
  /** Where it ended. */
  readonly line: number;
}

/** Reads an nginx configuration file statement by statement (core/ngx_conf_file.c, ngx_conf_read_token). */
export class TokenReader {
  line = 1;
  private at = 0;

  constructor(private readonly text: string) {}

  next(): Result<Statement, string> {
    const words: string[] = [];
    for (;;) {
      this.skipBlank();
      const char = this.text[this.at];
      if (char === undefined) {
        if (words.length > 0) return err('unexpected end of file, expecting ";" or "}"');
        return ok({ words, end: 'end', line: this.line });
      }
      if (char === ';' || char === '{') {
        this.at++;
        if (words.length === 0) return err(`unexpected "${char}"`);
        return ok({ words, end: char, line: this.line });
      }
      if (char === '}') {
        this.at++;
        if (words.length > 0) return err('unexpected "}"');
        return ok({ words, end: '}', line: this.line });
      }
      const word = char === '"' || char === "'" ? this.quoted(char) : ok(this.bare());
      if (!word.ok) return word;
      words.push(word.value);
    }
  }

  private skipBlank(): void {
    for (;;) {
      const char = this.text[this.at];
      if (char === '#') while (this.at < this.text.length && this.text[this.at] !== '\n') this.at++;
      else if (char === '\n') {
        this.line++;
        this.at++;
      } else if (char === ' ' || char === '\t' || char === '\r') this.at++;
      else return;
    }
  }

  private quoted(quote: string): Result<string, string> {
    let word = '';
    for (this.at++; ; this.at++) {
      const char = this.text[this.at];
      if (char === undefined) return err('unexpected end of file, expecting ";" or "}"');
      if (char === '\n') this.line++;
      if (char === quote) break;
      if (char === '\\') word += this.escaped();
      else word += char;
    }
    this.at++;
    const after = this.text[this.at];
    if (after !== undefined && !' \t\r\n;{)'.includes(after)) return err(`unexpected "${after}"`);
    if (after === ')') this.at++;
    return ok(word);
  }

  private bare(): string {
    let word = '';
    for (; ; this.at++) {
      const char = this.text[this.at];
      if (char === undefined || ' \t\r\n;'.includes(char)) return word;
      // `${name}` belongs to the word; any other brace begins a block.
      if (char === '{' && !word.endsWith('$')) return word;
      if (char === '\\') word += this.escaped();
      else word += char;
    }
  }

  /** The backslash stands before what follows, unless that is a quote, a backslash or the letter of a blank. */
  private escaped(): string {
    const next = this.text[this.at + 1];
    if (next === undefined) return '\\';
    this.at++;
    if (next === '\n') this.line++;
    switch (next) {
      case '"':
      case "'":
      case '\\':
        return next;
      case 't':
        return '\t';
      case 'r':
        return '\r';
      case 'n':
        return '\n';
      default:
        return `\\${next}`;
    }
  }
}
