import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes, decodeUtf8, encodeUtf8 } from '../../base/bytes.ts';
import type { Signal } from '../syscalls/signal.ts';
import { COOKED, RAW } from '../syscalls/tty.ts';
import { LineDiscipline } from './line-discipline.ts';

/** A discipline with all that it does written down. */
class Terminal {
  echoed: Uint8Array[] = [];
  lines: Uint8Array[] = [];
  signals: Signal[] = [];
  readonly discipline = new LineDiscipline({
    echo: (bytes) => this.echoed.push(bytes),
    input: (bytes) => this.lines.push(bytes),
    signal: (signal) => this.signals.push(signal),
    flushInput: () => {
      this.lines.length = 0;
    },
  });

  type(text: string): this {
    this.discipline.feed(encodeUtf8(text));
    return this;
  }

  get echo(): string {
    return decodeUtf8(concatBytes(this.echoed));
  }

  get input(): string[] {
    return this.lines.map(decodeUtf8);
  }
}

const typed = (text: string) => new Terminal().type(text);

describe('the line discipline in canonical mode', () => {
  it('holds a line until Enter, echoing it', () => {
    const terminal = typed('hi');
    expect(terminal.input).toEqual([]);
    expect(terminal.type('\r').input).toEqual(['hi\n']);
    expect(terminal.echo).toBe('hi\r\n');
  });

  it('erases one character with Backspace and Delete, on the line and on the screen', () => {
    const terminal = typed('abc\u007f\u0008d\n');
    expect(terminal.input).toEqual(['ad\n']);
    expect(terminal.echo).toBe('abc\b \b\b \bd\r\n');
  });

  it('erases nothing before the beginning of the line', () => {
    expect(typed('\u007f\u007fa\n').input).toEqual(['a\n']);
    expect(typed('\u007f').echo).toBe('');
  });

  it('erases a wide character as a whole, two columns', () => {
    const terminal = typed('a日\u007f\n');
    expect(terminal.input).toEqual(['a\n']);
    expect(terminal.echo).toBe('a日\b \b\b \b\r\n');
  });

  it('erases a control character with both columns of its echo', () => {
    expect(typed('\u0001\u007f').echo).toBe('^A\b \b\b \b');
  });

  it('goes back over a tab to where it began', () => {
    expect(typed('ab\t\u007f').echo).toBe('ab\t\b\b\b\b\b\b');
    const terminal = new Terminal();
    terminal.discipline.output(encodeUtf8('name: '));
    expect(terminal.type('\t\u007f').echo).toBe('\t\b\b');
  });

  it.each([
    ['one two', 'one '],
    ['one two  ', 'one '],
    ['one bar-baz', 'one bar-'],
    ['日本 語', '日本 '],
    ['...', ''],
  ])('erases the last word of %j with Ctrl+W', (line, left) => {
    expect(typed(`${line}\u0017\n`).input).toEqual([`${left}\n`]);
  });

  it('throws the line away with Ctrl+U', () => {
    const terminal = typed('abc\u0015d\n');
    expect(terminal.input).toEqual(['d\n']);
    expect(terminal.echo).toBe(`abc${'\b \b'.repeat(3)}d\r\n`);
  });

  it('ends the file with Ctrl+D on an empty line, and submits a line that has been begun', () => {
    expect(typed('\u0004').input).toEqual(['']);
    expect(typed('ab\u0004').input).toEqual(['ab']);
    expect(typed('\u0004').echo).toBe('');
  });

  it.each([
    ['\u0003', 'SIGINT', '^C'],
    ['\u001c', 'SIGQUIT', '^\\'],
    ['\u001a', 'SIGTSTP', '^Z'],
  ])('makes a signal of %j, and forgets what was typed and not read', (key, signal, echo) => {
    const terminal = typed(`first\nsecond${key}third\n`);
    expect(terminal.signals).toEqual([signal]);
    expect(terminal.input).toEqual(['third\n']);
    expect(terminal.echo).toBe(`first\r\nsecond${echo}third\r\n`);
  });

  it('rings the bell when a line gets too long', () => {
    const terminal = typed(`${'x'.repeat(5000)}\n`);
    expect(terminal.input).toEqual([`${'x'.repeat(4095)}\n`]);
    expect(terminal.echo.endsWith('\u0007\r\n')).toBe(true);
  });

  it('shows nothing without echo', () => {
    const terminal = new Terminal();
    terminal.discipline.setTermios({ ...COOKED, echo: false });
    expect(terminal.type('secret\u007f\n').echo).toBe('');
    expect(terminal.input).toEqual(['secre\n']);
  });
});

describe('the line discipline in raw mode', () => {
  it('hands over every key at once and makes no signals', () => {
    const terminal = new Terminal();
    terminal.discipline.setTermios(RAW);
    terminal.type('a\u0003\r');
    expect(terminal.input).toEqual(['a\u0003\r']);
    expect(terminal.signals).toEqual([]);
  });

  it('hands over the beginning of a line when it comes', () => {
    const terminal = typed('ab');
    terminal.discipline.setTermios(RAW);
    expect(terminal.input).toEqual(['ab']);
  });
});

describe('any keys', () => {
  const keys = fc.uint8Array({ maxLength: 80 });

  it('never throw, and give the same whatever portions they come in', () => {
    fc.assert(
      fc.property(keys, fc.nat(80), fc.boolean(), (bytes, at, echo) => {
        const run = (portions: readonly Uint8Array[]) => {
          const terminal = new Terminal();
          terminal.discipline.setTermios({ ...COOKED, echo });
          for (const portion of portions) terminal.discipline.feed(portion);
          return [terminal.input, terminal.echo, terminal.signals];
        };
        expect(run([bytes.slice(0, at), bytes.slice(at)])).toEqual(run([bytes]));
      }),
      { numRuns: 500, seed: 3 },
    );
  });

  it('leave the screen as it was when all that was typed is erased', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', ' ', '_', '日', 'é', '\u0001', '-'), { maxLength: 30 }),
        (characters) => {
          const terminal = typed(`${characters.join('')}\u0015`);
          let column = 0;
          for (const character of terminal.echo) column += character === '\b' ? -1 : character === '日' ? 2 : 1;
          expect(column).toBe(0);
          expect(terminal.type('\n').input).toEqual(['\n']);
        },
      ),
      { numRuns: 200, seed: 4 },
    );
  });
});
