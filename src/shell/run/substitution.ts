import type { CommandExpansionPart, ParsedScript } from 'unbash';
import { concatBytes, decodeUtf8 } from '../../base/bytes.ts';
import type { Fd, Sys } from '../../kernel/syscalls/proc.ts';
import { expandText } from '../expand/expand-word.ts';
import { parseCommand, problemLines } from '../parse/parse-command.ts';
import type { Shell } from '../state/shell.ts';
import { signalStatus } from './job.ts';
import { startSubshell } from './processes.ts';
import { checkSignals, collectSignals } from './signals.ts';

/** `$(…)` and backquotes: what a subshell wrote, without the newlines at its end. */
export function* substituteCommand(shell: Shell, part: CommandExpansionPart): Sys<string> {
  const text = commandText(part.text);
  const parsed = parseCommand(text);
  if (parsed.kind === 'error' || (parsed.kind === 'incomplete' && parsed.problem.kind !== 'end')) {
    const lines = problemLines(parsed.problem, {
      flavor: shell.flavor,
      source: text,
      firstLine: shell.line,
      from: 'terminal',
    });
    for (const line of lines) yield* shell.error(`${shell.name}: ${line}\n`);
    shell.fail(2);
    return '';
  }
  if (parsed.script.commands.length === 0) {
    shell.substitutionStatus = 0;
    return '';
  }
  const file = yield* redirectedFile(shell, parsed.script);
  if (file !== null) return file;
  const pipe = yield* shell.proc.pipe();
  if (!pipe.ok) {
    yield* shell.complain(`cannot make pipe for command substitution: ${shell.strerror(pipe.error)}`);
    shell.fail(1);
    return '';
  }
  const { line } = shell;
  const started = yield* startSubshell(
    shell,
    function* (copy) {
      copy.source = text;
      copy.firstLine = line;
      return yield* copy.interpreter.runText(copy, text, { tail: true, firstLine: line });
    },
    { io: new Map([...shell.io, [1, pipe.value.write]]) },
  );
  yield* shell.proc.close(pipe.value.write);
  const output = yield* readAll(shell, pipe.value.read);
  yield* shell.proc.close(pipe.value.read);
  if (started.ok) yield* awaitChild(shell, started.value);
  yield* checkSignals(shell);
  if (shell.unwinding) return '';
  return decodeUtf8(output).replace(/\0/g, '').replace(/\n+$/, '');
}

function commandText(text: string): string {
  if (text.startsWith('`'))
    return text.slice(1, text.endsWith('`') && text.length > 1 ? -1 : undefined).replace(/\\([\\`$])/g, '$1');
  return text.slice(2, text.endsWith(')') ? -1 : undefined);
}

/** `$(<file)` reads the file itself. */
function* redirectedFile(shell: Shell, script: ParsedScript): Sys<string | null> {
  const command = script.commands.length === 1 ? script.commands[0]?.command : undefined;
  if (shell.flavor !== 'bash' || command?.type !== 'Command' || command.name || command.prefix.length !== 1)
    return null;
  const redirect = command.redirects[0];
  if (redirect?.type !== 'Redirect' || redirect.operator !== '<' || redirect.descriptor) return null;
  const path = yield* expandText(shell, redirect.target);
  const file = yield* shell.proc.open(path, { read: true });
  if (!file.ok) {
    yield* shell.complain(`${path}: ${shell.strerror(file.error)}`);
    shell.substitutionStatus = 1;
    return '';
  }
  const content = yield* readAll(shell, file.value);
  yield* shell.proc.close(file.value);
  shell.substitutionStatus = 0;
  return decodeUtf8(content).replace(/\n+$/, '');
}

/** What a command may write into a word. */
const MOST_OUTPUT = 8 * 2 ** 20;

function* readAll(shell: Shell, fd: Fd): Sys<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const chunk = yield* shell.proc.read(fd);
    if (chunk.ok && chunk.value.length > 0) {
      parts.push(chunk.value);
      size += chunk.value.length;
      if (size <= MOST_OUTPUT) continue;
      yield* shell.complain(shell.flavor === 'bash' ? `xrealloc: cannot allocate ${size} bytes` : 'out of memory');
      shell.fail(2);
      break;
    } else if (!chunk.ok && chunk.error === 'EINTR') {
      collectSignals(shell);
      if (shell.interrupted) break;
    } else break;
  }
  return parts.length === 0 ? new Uint8Array(0) : concatBytes(parts);
}

function* awaitChild(shell: Shell, pid: number): Sys<void> {
  for (;;) {
    const change = yield* shell.proc.wait(pid);
    if (change.ok && change.value) {
      const { value } = change;
      shell.substitutionStatus =
        value.how === 'exited' ? value.status : value.how === 'continued' ? 0 : signalStatus(value.signal);
      return;
    }
    if (change.ok || change.error !== 'EINTR') return;
    collectSignals(shell);
  }
}
