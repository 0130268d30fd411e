import { Utf8Stream } from '../../base/bytes.ts';
import type { Sys } from '../../kernel/syscalls/proc.ts';
import { RAW } from '../../kernel/syscalls/tty.ts';
import type { Shell } from '../state/shell.ts';
import { commonPrefix, complete } from './completion.ts';
import { EditBuffer } from './edit-buffer.ts';
import { KeyReader } from './key-reader.ts';
import { ScreenLine } from './screen-line.ts';

export type LineResult = { readonly line: string } | 'interrupted' | 'end of file';

/**
 * A line editor over a terminal in raw mode, with readline's keys: motions, kills, history, Ctrl+R, completion, pasting of many lines.
 * What was typed ahead of a command stays for the next line.
 */
export class LineEditor {
  private readonly keys = new KeyReader();
  private readonly decoder = new Utf8Stream();
  private pending: ReturnType<KeyReader['feed']> = [];
  private pasting = false;

  constructor(private readonly shell: Shell) {}

  *readLine(prompt: string): Sys<LineResult> {
    const { proc } = this.shell;
    const cooked = proc.termios(0);
    yield* proc.setTermios(0, RAW);
    yield* proc.write(2, `\u001b[?2004h${prompt}`);
    const result = yield* this.edit(prompt);
    yield* proc.write(2, '\r\n\u001b[?2004l\r');
    if (cooked)
      yield* proc.setTermios(0, {
        ...cooked,
        canonical: true,
        echo: true,
        signals: true,
        outputNewline: true,
        inputNewline: true,
      });
    return result;
  }

  private *edit(prompt: string): Sys<LineResult> {
    const { proc, history } = this.shell;
    const buffer = new EditBuffer();
    const screen = new ScreenLine(prompt, () => proc.windowSize(0)?.columns || 80);
    let at = history.length;
    let draft = '';
    let tabs = 0;
    const recall = (index: number) => {
      if (index < 0 || index > history.length) return;
      if (at === history.length) draft = buffer.text;
      at = index;
      buffer.set(index === history.length ? draft : (history[index] as string));
    };
    for (;;) {
      const key = yield* this.nextKey();
      if (key === null) return 'end of file';
      if ('text' in key) {
        tabs = 0;
        const atEnd = buffer.cursor === buffer.characters.length;
        buffer.insert(key.text);
        yield* proc.write(2, (atEnd ? screen.append(buffer, key.text) : null) ?? screen.draw(buffer));
        continue;
      }
      if (key.key !== 'tab') tabs = 0;
      switch (key.key) {
        case 'paste':
          this.pasting = true;
          continue;
        case 'paste end':
          this.pasting = false;
          continue;
        case 'enter':
          buffer.end();
          yield* proc.write(2, screen.draw(buffer));
          return { line: buffer.text };
        case 'interrupt':
          yield* proc.write(2, '^C');
          return 'interrupted';
        case 'end of file':
          if (buffer.characters.length === 0) return 'end of file';
          buffer.delete();
          break;
        case 'tab':
          if (this.pasting) buffer.insert('\t');
          else yield* this.completeWord(buffer, ++tabs);
          break;
        case 'up':
          recall(at - 1);
          break;
        case 'down':
          recall(at + 1);
          break;
        case 'search': {
          const found = yield* this.search(buffer.text);
          if (found !== null) buffer.set(found);
          break;
        }
        case 'clear':
          yield* proc.write(2, '\u001b[H\u001b[2J');
          break;
        case 'last argument':
          buffer.insert(history.at(-1)?.split(/\s+/).at(-1) ?? '');
          break;
        default:
          act(buffer, key.key);
      }
      yield* proc.write(2, screen.draw(buffer));
    }
  }

  private *nextKey(): Sys<{ readonly text: string } | { readonly key: string } | null> {
    const { proc } = this.shell;
    while (this.pending.length === 0) {
      const bytes = yield* proc.read(0, 4096);
      if (!bytes.ok) {
        if (bytes.error !== 'EINTR') return null;
        // A window that changes its size, a child that ends: nothing that ends a line.
        if (proc.takeSignal() === 'SIGHUP') return null;
        continue;
      }
      if (bytes.value.length === 0) return null;
      this.pending = this.keys.feed(this.decoder.write(bytes.value));
    }
    const [first, ...rest] = this.pending;
    this.pending = rest;
    return first ?? null;
  }

  /** One offer is taken; of many, what they share; a second Tab lists them. */
  private *completeWord(buffer: EditBuffer, tabs: number): Sys<void> {
    const before = buffer.characters.slice(0, buffer.cursor).join('');
    const { start, words } = yield* complete(this.shell, before);
    const shared = commonPrefix(words);
    const typed = before.slice(start);
    if (shared.length > typed.length && shared.startsWith(typed)) buffer.insert(shared.slice(typed.length));
    else if (tabs > 1 && words.length > 1) {
      const names = words.map((word) =>
        word
          .trimEnd()
          .replace(/(.)\/$/, '$1/')
          .replace(/^.*\/(?=.)/, ''),
      );
      const width = Math.max(...names.map((name) => name.length)) + 2;
      const columns = Math.max(1, Math.floor((this.shell.proc.windowSize(0)?.columns || 80) / width));
      let out = '\r\n';
      for (let i = 0; i < names.length; i += columns)
        out += `${names
          .slice(i, i + columns)
          .map((name) => name.padEnd(width))
          .join('')
          .trimEnd()}\r\n`;
      yield* this.shell.proc.write(2, out);
    }
  }

  /** Ctrl+R: the newest line of the history that has the text in it. null: left without one. */
  private *search(original: string): Sys<string | null> {
    const { history, proc } = this.shell;
    let wanted = '';
    let from = history.length - 1;
    let found = original;
    const find = () => {
      for (let i = from; i >= 0; i--)
        if ((history[i] as string).includes(wanted)) {
          from = i;
          found = history[i] as string;
          return true;
        }
      return false;
    };
    for (;;) {
      yield* proc.write(2, `\r\u001b[J(reverse-i-search)\`${wanted}': ${found}`);
      const key = yield* this.nextKey();
      if (key === null) return null;
      if ('text' in key) {
        wanted += key.text;
        find();
      } else if (key.key === 'search') {
        from--;
        if (!find()) from = Math.max(0, from);
      } else if (key.key === 'erase') {
        wanted = wanted.slice(0, -1);
        from = history.length - 1;
        find();
      } else if (key.key === 'abort' || key.key === 'interrupt') return original;
      else {
        this.pending = [key, ...this.pending];
        return found;
      }
    }
  }
}

/** Keys that only change the line. */
function act(buffer: EditBuffer, key: string): void {
  switch (key) {
    case 'left':
      return buffer.left();
    case 'right':
      return buffer.right();
    case 'home':
      return buffer.home();
    case 'end':
      return buffer.end();
    case 'word left':
      return buffer.wordLeft();
    case 'word right':
      return buffer.wordRight();
    case 'erase':
      return buffer.erase();
    case 'delete':
      return buffer.delete();
    case 'kill to end':
      return buffer.killToEnd();
    case 'kill to start':
      return buffer.killToStart();
    case 'kill word':
      return buffer.killWord();
    case 'kill letters':
      return buffer.killLetters();
    case 'kill word right':
      return buffer.killWordRight();
    case 'yank':
      return buffer.yank();
    case 'transpose':
      return buffer.transpose();
    default:
  }
}
