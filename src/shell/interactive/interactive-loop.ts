import type { Sys } from '../../kernel/syscalls/proc.ts';
import { finish, takeTerminal, tellJobs } from '../run/processes.ts';
import { readText } from '../run/read-text.ts';
import { checkSignals } from '../run/signals.ts';
import type { Shell } from '../state/shell.ts';
import type { Completion } from './completion.ts';
import { expandHistory } from './history-expansion.ts';
import { promptText } from './prompt.ts';
import { type LineRead, readLine } from './read-line.ts';

export interface InteractiveOptions {
  readonly login: boolean;
  /** Read /etc/profile and ~/.bashrc, or ash's $ENV. */
  readonly startFiles: boolean;
  readonly completions: () => ReadonlyMap<string, Completion>;
}

/** OSC 133: where prompt, line and output begin, and how a command ended, for terminals that look at it. */
const mark = (kind: string) => `\u001b]133;${kind}\u0007`;

/** Somebody at a terminal: prompt, line, command, and again. */
export function* interactiveLoop(shell: Shell, options: InteractiveOptions): Sys<number> {
  yield* takeTerminal(shell);
  if (options.startFiles) yield* readStartFiles(shell, options.login);
  while (shell.unwinding?.kind !== 'exit') {
    shell.unwinding = null;
    yield* checkSignals(shell);
    shell.unwinding = null;
    shell.interrupted = false;
    yield* tellJobs(shell);
    const read = yield* readCommand(shell, options);
    if (read.kind === 'hangup') {
      shell.status = 129;
      for (const { group } of shell.jobs) yield* shell.proc.kill(-group, 'SIGHUP');
      return yield* finish(shell, 129);
    }
    if (read.kind === 'end') {
      if (yield* leave(shell)) break;
    } else if (read.kind === 'interrupt') shell.status = 130;
    else if (read.text.trim() !== '') yield* runLine(shell, read.text);
  }
  return yield* finish(shell, shell.status);
}

/** Ctrl+D. False: there are stopped jobs, which are told once. */
function* leave(shell: Shell): Sys<boolean> {
  if (shell.jobs.some(({ state }) => state === 'stopped') && !shell.exiting) {
    shell.exiting = true;
    yield* shell.error(shell.flavor === 'bash' ? 'exit\nThere are stopped jobs.\n' : 'You have stopped jobs.\n');
    return false;
  }
  shell.exiting = false;
  yield* shell.error(shell.flavor === 'bash' ? 'exit\n' : '\n');
  return true;
}

function* runLine(shell: Shell, text: string): Sys<void> {
  const marks = shell.flavor === 'bash';
  if (marks) yield* shell.error(mark('C'));
  const expanded = shell.flavor === 'bash' ? expandHistory(text, shell.history) : ({ kind: 'same' } as const);
  const line = expanded.kind === 'changed' ? expanded.text : text;
  if (expanded.kind === 'changed') yield* shell.error(`${line}\n`);
  if (expanded.kind === 'missing') {
    yield* shell.complain(`${expanded.event}: event not found`);
    shell.status = 1;
  } else {
    remember(shell, line);
    const empty = shell.interpreter.parse(line);
    const nothing = empty.kind === 'script' && empty.script.commands.length === 0;
    const before = shell.status;
    shell.line = 1;
    const status = yield* shell.interpreter.runText(shell, line, { firstLine: 1 });
    // A comment leaves $? alone.
    if (!shell.unwinding) shell.status = nothing ? before : status;
    if (nothing && marks) {
      yield* shell.error(mark('D;0'));
      return;
    }
  }
  if (marks) yield* shell.error(mark(`D;${shell.status}`));
}

/** HISTCONTROL=ignoreboth, as Ubuntu sets it: no lines that begin with a blank, none twice in a row. */
function remember(shell: Shell, line: string): void {
  const text = line.replace(/\n+$/, '');
  if (text.startsWith(' ') || shell.history.at(-1) === text) return;
  shell.history.push(text);
  if (shell.history.length > 1000) shell.history.shift();
}

/** Lines until they make a whole command. */
function* readCommand(shell: Shell, options: InteractiveOptions): Sys<LineRead> {
  const marks = shell.flavor === 'bash';
  let text = '';
  for (;;) {
    const prompt = yield* promptText(shell, text === '' ? 'PS1' : 'PS2');
    const framed = marks ? mark('A') + prompt + mark('B') : prompt;
    const read = yield* readLine(shell, { prompt: framed, completions: options.completions });
    if (read.kind === 'end' && text !== '') {
      // The end of input in the middle of a command: it is taken as it is, and its error told.
      yield* shell.error('\n');
      return { kind: 'line', text };
    }
    if (read.kind !== 'line') return read;
    text += `${read.text}\n`;
    if (shell.interpreter.parse(text).kind !== 'incomplete') return { kind: 'line', text: text.replace(/\n$/, '') };
  }
}

/** Shortcuts that Ubuntu's ~/.bashrc gives its users; here they need no file, so that a prompt needs no interpreter. */
const UBUNTU_ALIASES = [
  ['ll', 'ls -alF'],
  ['la', 'ls -A'],
  ['l', 'ls -CF'],
] as const;

function* readStartFiles(shell: Shell, login: boolean): Sys<void> {
  if (shell.flavor === 'bash') for (const [name, text] of UBUNTU_ALIASES) shell.aliases.set(name, text);
  const home = shell.variables.get('HOME') ?? '/';
  const environment = shell.variables.get('ENV');
  const files =
    shell.flavor === 'bash'
      ? [...(login ? ['/etc/profile', `${home}/.profile`] : []), `${home}/.bashrc`]
      : [...(login ? ['/etc/profile', `${home}/.profile`] : []), ...(environment ? [environment] : [])];
  for (const path of files) {
    const text = yield* readText(shell, path);
    if (typeof text !== 'string') continue;
    yield* shell.interpreter.runText(shell, text, { firstLine: 1 });
    shell.unwinding = null;
  }
  shell.status = 0;
}
