import { concatBytes, decodeUtf8 } from '../../base/bytes.ts';
import type { Signal } from '../syscalls/signal.ts';
import { COOKED, type Termios } from '../syscalls/tty.ts';
import { textWidth } from './text-width.ts';

/** What a line discipline acts on. */
export interface LineDisciplineOwner {
  /** Bytes for whoever looks at the terminal. */
  echo(bytes: Uint8Array): void;
  /** A whole line, or in raw mode whatever came. An empty one is the end of the file. */
  input(bytes: Uint8Array): void;
  signal(signal: Signal): void;
  /** An interrupt throws away what has been typed and not read. */
  flushInput(): void;
}

const INTR = 3;
const EOF = 4;
const BACKSPACE = 8;
const NEWLINE = 10;
const RETURN = 13;
const WORD_ERASE = 23;
const KILL = 21;
const SUSPEND = 26;
const QUIT = 28;
const DELETE = 127;

/**
 * The line discipline of a terminal (drivers/tty/n_tty.c): lines with erase in canonical mode, echo with control characters as
 * ^X, signals from keys. Erasing knows UTF-8 and wide characters (IUTF8). Left out: VLNEXT, VREPRINT, flow control by ^S and ^Q.
 */
export class LineDiscipline {
  termios: Termios = COOKED;
  private line: number[] = [];

  constructor(private readonly owner: LineDisciplineOwner) {}

  /** Keys from the terminal's other side. */
  feed(bytes: Uint8Array): void {
    const { canonical, signals, inputNewline } = this.termios;
    const raw: number[] = [];
    for (let byte of bytes) {
      if (byte === RETURN && inputNewline) byte = NEWLINE;
      if (signals && this.signalKey(byte)) continue;
      if (canonical) this.canonicalKey(byte);
      else {
        raw.push(byte);
        if (this.termios.echo) this.echoByte(byte);
      }
    }
    if (raw.length > 0) this.owner.input(Uint8Array.from(raw));
  }

  /** Output on its way to the terminal: ONLCR. */
  output(bytes: Uint8Array): Uint8Array {
    if (!this.termios.outputNewline || !bytes.includes(NEWLINE)) return bytes;
    const parts: Uint8Array[] = [];
    let from = 0;
    for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, from)) {
      parts.push(bytes.subarray(from, at), CRLF);
      from = at + 1;
    }
    parts.push(bytes.subarray(from));
    return concatBytes(parts);
  }

  /** In leaving canonical mode what has been typed of a line becomes readable. */
  setTermios(termios: Termios): void {
    const pending = this.termios.canonical && !termios.canonical && this.line.length > 0;
    this.termios = termios;
    if (!pending) return;
    const line = Uint8Array.from(this.line);
    this.line = [];
    this.owner.input(line);
  }

  private signalKey(byte: number): boolean {
    const signal = byte === INTR ? 'SIGINT' : byte === QUIT ? 'SIGQUIT' : byte === SUSPEND ? 'SIGTSTP' : null;
    if (signal === null) return false;
    this.line = [];
    this.owner.flushInput();
    if (this.termios.echo) this.echoByte(byte);
    this.owner.signal(signal);
    return true;
  }

  private canonicalKey(byte: number): void {
    switch (byte) {
      case BACKSPACE:
      case DELETE:
        this.erase(1);
        return;
      case KILL:
        this.erase(Number.POSITIVE_INFINITY);
        return;
      case WORD_ERASE:
        this.eraseWord();
        return;
      case EOF:
        this.submit();
        return;
      case NEWLINE:
        this.line.push(byte);
        if (this.termios.echo) this.owner.echo(this.output(Uint8Array.of(NEWLINE)));
        this.submit();
        return;
      default:
        this.line.push(byte);
        if (this.termios.echo) this.echoByte(byte);
    }
  }

  private submit(): void {
    const line = Uint8Array.from(this.line);
    this.line = [];
    this.owner.input(line);
  }

  private echoByte(byte: number): void {
    if (byte === NEWLINE) this.owner.echo(this.output(Uint8Array.of(NEWLINE)));
    else if (byte < 32 && byte !== 9) this.owner.echo(Uint8Array.of(94, byte + 64));
    else if (byte === DELETE) this.owner.echo(Uint8Array.of(94, 63));
    else this.owner.echo(Uint8Array.of(byte));
  }

  private erase(count: number): void {
    for (let i = 0; i < count && this.line.length > 0; i++) {
      let start = this.line.length - 1;
      while (start > 0 && ((this.line[start] as number) & 0xc0) === 0x80) start--;
      const character = this.line.splice(start);
      if (!this.termios.echo) continue;
      const [first = 0] = character;
      const width = first < 32 ? 2 : textWidth(decodeUtf8(Uint8Array.from(character)));
      const rubout: number[] = [];
      for (let w = 0; w < width; w++) rubout.push(BACKSPACE, 32, BACKSPACE);
      this.owner.echo(Uint8Array.from(rubout));
    }
  }

  private eraseWord(): void {
    const isSpace = () => this.line.at(-1) === 32 || this.line.at(-1) === 9;
    while (this.line.length > 0 && isSpace()) this.erase(1);
    while (this.line.length > 0 && !isSpace()) this.erase(1);
  }
}

const CRLF = Uint8Array.of(RETURN, NEWLINE);
