import type { Sys } from '../../kernel/syscalls/proc.ts';
import { LineEditor } from '../line-editor/read-line.ts';
import { parseCommand } from '../parse/parse-command.ts';
import { finish, takeTerminal, tellJobs } from '../run/processes.ts';
import { collectSignals } from '../run/signals.ts';
import type { Shell } from '../state/shell.ts';
import { promptText } from './prompt.ts';

/** Marks between prompt, line and output, as terminals' shell integration reads them (OSC 133). */
const mark = (what: string) => `\u001b]133;${what}\u0007`;
const MOST_HISTORY = 1000;

/** A shell that somebody sits at: prompt, line, command, and again. */
export function* interactiveLoop(
  shell: Shell,
  _options: { readonly login: boolean; readonly startFiles: boolean },
): Sys<number> {
  const editor = new LineEditor(shell);
  const marks = shell.flavor === 'bash';
  let text = '';
  yield* takeTerminal(shell);
  for (;;) {
    if (text === '') yield* tellJobs(shell);
    const first = text === '';
    const prompt = first
      ? promptText(shell, shell.variables.get('PS1') ?? (shell.flavor === 'bash' ? '\\u@\\h:\\w\\$ ' : '\\w \\$ '))
      : (shell.variables.get('PS2') ?? '> ');
    const line = yield* editor.readLine(marks ? `${mark('A')}${prompt}${mark('B')}` : prompt);
    if (line === 'interrupted') {
      shell.status = 130;
      text = '';
      collectSignals(shell);
      shell.interrupted = false;
      continue;
    }
    if (line === 'end of file') {
      if (shell.flavor === 'bash') yield* shell.error(text === '' ? 'exit\n' : '');
      return yield* finish(shell, shell.status);
    }
    text += `${line.line}\n`;
    if (parseCommand(text).kind === 'incomplete') continue;
    const command = text;
    text = '';
    if (command.trim() === '') continue;
    remember(shell, command.replace(/\n$/, ''));
    if (marks) yield* shell.error(mark('C'));
    yield* shell.interpreter.runText(shell, command, { firstLine: 1 });
    yield* takeTerminal(shell);
    collectSignals(shell);
    shell.interrupted = false;
    if (marks) yield* shell.error(mark(`D;${shell.status}`));
    if (shell.unwinding?.kind === 'exit') return yield* finish(shell, shell.status);
    shell.unwinding = null;
  }
}

function remember(shell: Shell, command: string): void {
  if (command.startsWith(' ') || shell.history.at(-1) === command) return;
  shell.history.push(command);
  if (shell.history.length > MOST_HISTORY) shell.history.shift();
}
