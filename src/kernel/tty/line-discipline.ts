import { concatBytes, decodeUtf8 } from '../../base/bytes.ts';
import type { Signal } from '../syscalls/signal.ts';
import { COOKED, type Termios } from '../syscalls/tty.ts';
import { textWidth } from '../../base/text-width.ts';

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
const BELL = 7;
const BACKSPACE = 8;
const TAB = 9;
const NEWLINE = 10;
const RETURN = 13;
const KILL = 21;
const WORD_ERASE = 23;
const SUSPEND = 26;
const QUIT = 28;
const DELETE = 127;
/** Longer lines can't be typed (N_TTY_BUF_SIZE, with room for the newline). */
const LONGEST = 4095;
const CRLF = Uint8Array.of(RETURN, NEWLINE);

/**
 * The line discipline of a terminal (drivers/tty/n_tty.c): lines with erase in canonical mode, echo with control characters as
 * ^X, signals from keys. Erasing knows UTF-8 (IUTF8) and, unlike Linux, wide characters. Left out: VLNEXT, VREPRINT, flow
 * control by ^S and ^Q.
 */
export class LineDiscipline {
  termios: Termios = COOKED;
  private line: number[] = [];
  /** Where the cursor is, as far as tabs need to know, and where it was at the beginning of the line. */
  private column = 0;
  private lineColumn = 0;

  constructor(private readonly owner: LineDisciplineOwner) {}

  /** Keys from the terminal's other side. */
  feed(bytes: Uint8Array): void {
    const raw: number[] = [];
    for (let byte of bytes) {
      const { canonical, signals, inputNewline, echo } = this.termios;
      if (byte === RETURN && inputNewline) byte = NEWLINE;
      const signal = signals ? signalOf(byte) : null;
      if (signal) {
        raw.length = 0;
        this.interrupt(byte, signal);
      } else if (canonical) this.canonicalKey(byte);
      else {
        raw.push(byte);
        if (echo) this.echoByte(byte);
      }
    }
    if (raw.length > 0) this.owner.input(Uint8Array.from(raw));
  }

  /** Output on its way to the terminal: ONLCR. */
  output(bytes: Uint8Array): Uint8Array {
    this.track(bytes);
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
    if (pending) this.submit();
  }

  private interrupt(byte: number, signal: Signal): void {
    this.line = [];
    this.owner.flushInput();
    if (this.termios.echo) this.echoByte(byte);
    this.owner.signal(signal);
  }

  private canonicalKey(byte: number): void {
    if (this.line.length === 0) this.lineColumn = this.column;
    switch (byte) {
      case BACKSPACE:
      case DELETE:
        this.erase();
        return;
      case KILL:
        while (this.line.length > 0) this.erase();
        return;
      case WORD_ERASE:
        this.eraseWord();
        return;
      case EOF:
        this.submit();
        return;
      case NEWLINE:
        this.line.push(byte);
        if (this.termios.echo) this.echoByte(byte);
        this.submit();
        return;
      default:
        if (this.line.length >= LONGEST) {
          this.emit([BELL]);
          return;
        }
        this.line.push(byte);
        if (this.termios.echo) this.echoByte(byte);
    }
  }

  private submit(): void {
    const line = Uint8Array.from(this.line);
    this.line = [];
    this.owner.input(line);
  }

  /** ECHOCTL: control characters show as ^X. */
  private echoByte(byte: number): void {
    if (byte === NEWLINE) this.owner.echo(this.output(Uint8Array.of(NEWLINE)));
    else if ((byte < 32 && byte !== TAB) || byte === DELETE) this.emit([94, byte ^ 64]);
    else this.emit([byte]);
  }

  private emit(bytes: readonly number[]): void {
    const echoed = Uint8Array.from(bytes);
    this.track(echoed);
    this.owner.echo(echoed);
  }

  /** Takes the last character off the line and off the screen. */
  private erase(): void {
    let start = this.line.length - 1;
    if (start < 0) return;
    while (start > 0 && isContinuation(this.line[start] as number)) start--;
    const character = this.line.splice(start);
    if (!this.termios.echo) return;
    const [first = 0] = character;
    if (first === TAB) {
      const before = this.widthOf(this.line);
      this.emit(Array.from({ length: 8 - ((this.lineColumn + before) & 7) }, () => BACKSPACE));
      return;
    }
    for (let width = this.widthOf(character); width > 0; width--) this.emit([BACKSPACE, 32, BACKSPACE]);
  }

  /** Back to the beginning of a word of letters, digits and underscores, and what comes after it. */
  private eraseWord(): void {
    let inWord = false;
    while (this.line.length > 0) {
      let start = this.line.length - 1;
      while (start > 0 && isContinuation(this.line[start] as number)) start--;
      const isWord = isWordByte(this.line[start] as number);
      if (inWord && !isWord) return;
      inWord ||= isWord;
      this.erase();
    }
  }

  /** Columns that a part of the line takes on the screen; tabs count from the line's beginning. */
  private widthOf(line: readonly number[]): number {
    let width = 0;
    let from = 0;
    for (let at = 0; at <= line.length; at++) {
      const byte = line[at];
      if (byte !== undefined && byte >= 32 && byte !== DELETE) continue;
      width += textWidth(decodeUtf8(Uint8Array.from(line.slice(from, at))));
      from = at + 1;
      if (byte === TAB) width += 8 - ((this.lineColumn + width) & 7);
      else if (byte !== undefined) width += 2;
    }
    return width;
  }

  private track(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (byte === RETURN || byte === NEWLINE) this.column = 0;
      else if (byte === BACKSPACE) this.column = Math.max(0, this.column - 1);
      else if (byte === TAB) this.column = (this.column | 7) + 1;
      else if (byte >= 32 && byte !== DELETE && !isContinuation(byte)) this.column++;
    }
  }
}

const signalOf = (byte: number): Signal | null =>
  byte === INTR ? 'SIGINT' : byte === QUIT ? 'SIGQUIT' : byte === SUSPEND ? 'SIGTSTP' : null;

const isContinuation = (byte: number) => (byte & 0xc0) === 0x80;

/** isalnum(3) in Latin 1, as the kernel has it, or an underscore: the lead byte of a longer character is a letter. */
const isWordByte = (byte: number) =>
  (byte >= 48 && byte <= 57) ||
  (byte >= 65 && byte <= 90) ||
  (byte >= 97 && byte <= 122) ||
  byte === 95 ||
  (byte >= 0xc0 && byte !== 0xd7 && byte !== 0xf7);
