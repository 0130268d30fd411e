import type { Sys } from '../../kernel/syscalls/proc.ts';
import { RAW } from '../../kernel/syscalls/tty.ts';
import { textWidth } from '../../base/text-width.ts';
import { type Key, KeyDecoder } from '../line-editor/key-decoder.ts';
import { LineEditor } from '../line-editor/line-editor.ts';
import type { Shell } from '../state/shell.ts';
import { type Completion, findCompletions } from './completion.ts';

/** How a line ended. */
export type LineRead =
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'end' }
  | { readonly kind: 'interrupt' }
  /** The terminal is gone. */
  | { readonly kind: 'hangup' };

export interface ReadLineOptions {
  readonly prompt: string;
  readonly completions: () => ReadonlyMap<string, Completion>;
}

const INTERRUPT: Key = { kind: 'key', name: 'C-c' };
const PASTE_ON = '\u001b[?2004h';
const PASTE_OFF = '\u001b[?2004l';

/** One line from the terminal, edited; byte by byte, because what comes behind the line is for the command that it starts. */
export function* readLine(shell: Shell, { prompt, completions }: ReadLineOptions): Sys<LineRead> {
  const { proc } = shell;
  const cooked = proc.termios(0);
  if (!cooked) return { kind: 'hangup' };
  const pastes = shell.flavor === 'bash';
  // readline leaves ISIG on (prep_terminal), so that an interrupt is heard however fast it follows; busybox turns it off.
  yield* proc.setTermios(0, { ...RAW, signals: shell.flavor === 'bash' });
  const columns = () => proc.windowSize(0)?.columns ?? 80;
  const editor = new LineEditor({ prompt, width: columns(), history: shell.history });
  const decoder = new KeyDecoder();
  yield* proc.write(2, (pastes ? PASTE_ON : '') + prompt.replace(/\n/g, '\r\n'));
  for (;;) {
    yield* flush(shell, editor);
    const ready = yield* proc.poll([{ fd: 0, read: true }]);
    let keys: readonly Key[] = [];
    // A signal came before what is there to be read: an interrupt has thrown away what had been.
    let signal = proc.takeSignal();
    if (signal === null && ready.ok) {
      const bytes = yield* proc.read(0, 1);
      if (!bytes.ok && bytes.error === 'EINTR') continue;
      if (!bytes.ok || bytes.value.length === 0) return { kind: 'hangup' };
      keys = decoder.feed(bytes.value);
    }
    for (; signal; signal = proc.takeSignal()) {
      if (signal === 'SIGHUP') return { kind: 'hangup' };
      if (signal === 'SIGWINCH') editor.resize(columns());
      if (signal === 'SIGINT') keys = [INTERRUPT];
      if (shell.traps.has(signal)) shell.pendingTraps.push(signal);
    }
    for (const key of keys) {
      const outcome = editor.feed(key);
      if (outcome.kind === 'complete') yield* complete(shell, editor, outcome.again, completions(), columns());
      else if (outcome.kind !== 'editing') {
        yield* proc.write(2, editor.takeOutput() + (pastes ? PASTE_OFF : ''));
        yield* proc.setTermios(0, cooked);
        return outcome;
      }
    }
  }
}

function* flush(shell: Shell, editor: LineEditor): Sys<void> {
  const output = editor.takeOutput();
  if (output !== '') yield* shell.proc.write(2, output);
}

/** More candidates than these are only counted. */
const MOST_SHOWN = 200;

function* complete(
  shell: Shell,
  editor: LineEditor,
  again: boolean,
  completions: ReadonlyMap<string, Completion>,
  columns: number,
): Sys<void> {
  const text = editor.line.characters.slice(0, editor.line.cursor).join('');
  const { from, candidates, shown } = yield* findCompletions(shell, text, completions);
  if (!editor.complete(from, candidates, again)) return;
  const labels = shown.length > MOST_SHOWN ? [`${shown.length} possibilities: type some more`] : shown;
  editor.showBelow(labelColumns(labels, columns));
}

/** Labels in columns, downwards, as readline lists them. */
function labelColumns(labels: readonly string[], columns: number): string {
  const width = Math.max(...labels.map(textWidth)) + 2;
  const across = Math.max(1, Math.floor(columns / width));
  const rows = Math.ceil(labels.length / across);
  let text = '';
  for (let row = 0; row < rows; row++) {
    const cells: string[] = [];
    for (let i = row; i < labels.length; i += rows) cells.push(labels[i] as string);
    text += `${cells.map((cell, i) => (i === cells.length - 1 ? cell : cell + ' '.repeat(width - textWidth(cell)))).join('')}\r\n`;
  }
  return text;
}
