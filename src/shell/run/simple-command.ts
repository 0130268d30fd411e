import type { Assignment, Command } from 'unbash';
import { decodeUtf8 } from '../../base/bytes.ts';
import type { Errno } from '../../kernel/syscalls/errno.ts';
import type { Fd, Sys } from '../../kernel/syscalls/proc.ts';
import { BUILTINS, DECLARATIONS } from '../builtins/registry.ts';
import { expandText, expandWords } from '../expand/expand-word.ts';
import { quoteWord } from '../expand/word-text.ts';
import { DEEPEST_CALL, type Shell, type ShellFunction } from '../state/shell.ts';
import type { Variable } from '../state/variables.ts';
import { assignNode } from './assignment.ts';
import { whyAbsent } from './absent-commands.ts';
import { findCommand } from './find-command.ts';
import { addJob, startFile, startSubshell, waitForeground } from './processes.ts';
import { closeAll, redirect } from './redirect.ts';
import { checkSignals } from './signals.ts';

/**
 * A simple command (POSIX.1 XCU 2.9.1): words, redirections, assignments, then a function, a builtin or a file. `tail`: nothing comes
 * after it, so a file may take this process's place, as both shells do it for the last command of -c.
 */
export function* runSimple(shell: Shell, node: Command, tail: boolean): Sys<number> {
  shell.line = shell.lineOf(node.pos);
  yield* checkSignals(shell);
  if (shell.unwinding) return shell.status;
  shell.substitutionStatus = null;
  const aliased = aliasText(shell, node);
  if (aliased !== null) return yield* runAlias(shell, node, aliased);
  const { words, arrays } = yield* commandWords(shell, node);
  if (shell.unwinding) return shell.status;
  const assignments = node.prefix.filter((each): each is Assignment => each.type === 'Assignment');
  const text = shell.source.slice(node.pos, node.end).trim();
  const redirected = yield* redirect(shell, node.redirects);
  if (!redirected) {
    if (shell.unwinding) return shell.status;
    return 1;
  }
  const status =
    words.length === 0
      ? yield* assignAll(shell, assignments)
      : yield* withAssignments(shell, assignments, words, { io: redirected.io, tail, text });
  for (const array of arrays) if (!shell.unwinding) yield* assignNode(shell, array);
  if (words[0] === 'exec' && words.length === 1 && !shell.unwinding) shell.io = redirected.io;
  else yield* closeAll(shell, redirected.opened);
  return status;
}

interface Setting {
  readonly io: ReadonlyMap<number, Fd>;
  readonly tail: boolean;
  readonly text: string;
  readonly functions?: boolean;
}

function* commandWords(shell: Shell, node: Command): Sys<{ words: string[]; arrays: Assignment[] }> {
  const arrays: Assignment[] = [];
  if (!node.name) return { words: [], arrays };
  const words = yield* expandWords(shell, [node.name]);
  for (const argument of node.args) {
    if (shell.unwinding) break;
    if (argument.type === 'Word') for (const word of yield* expandWords(shell, [argument])) words.push(word);
    else if (!DECLARATIONS.has(words[0] ?? '')) {
      words.push(
        argument.value.type === 'Word'
          ? `${argument.text.slice(0, argument.value.pos - argument.pos)}${yield* expandText(shell, argument.value)}`
          : argument.text,
      );
    } else if (argument.value.type === 'ArrayValue') {
      words.push(argument.name);
      arrays.push(argument);
    } else
      words.push(
        `${argument.name}${argument.append ? '+' : ''}=${yield* expandText(shell, argument.value, { tilde: 'assignment' })}`,
      );
  }
  return { words, arrays };
}

function* assignAll(shell: Shell, assignments: readonly Assignment[]): Sys<number> {
  for (const assignment of assignments) {
    if (!(yield* assignNode(shell, assignment))) return shell.unwinding ? shell.status : 1;
    yield* trace(shell, () => `${assignment.name}=${quoteWord(shell.variables.get(assignment.name) ?? '')}`);
  }
  return shell.substitutionStatus ?? 0;
}

/** Assignments before a command's name are for that command alone. */
function* withAssignments(
  shell: Shell,
  assignments: readonly Assignment[],
  words: readonly string[],
  setting: Setting,
): Sys<number> {
  const saved: [string, Variable | undefined][] = [];
  const own = assignments.length > 0;
  if (own) shell.variables.enter();
  for (const assignment of assignments) {
    saved.push([assignment.name, shell.variables.find(assignment.name)]);
    shell.variables.local(assignment.name, { exported: true });
    if (!(yield* assignNode(shell, assignment))) {
      shell.variables.leave();
      return shell.unwinding ? shell.status : 1;
    }
  }
  yield* trace(shell, () =>
    [...saved.map(([name]) => `${name}=${quoteWord(shell.variables.get(name) ?? '')}`), ...words.map(quoteWord)].join(
      ' ',
    ),
  );
  const status = yield* runWords(shell, words, setting);
  if (own) shell.variables.leave();
  return status;
}

function* trace(shell: Shell, text: () => string): Sys<void> {
  if (shell.options.xtrace) yield* shell.error(`${shell.variables.get('PS4') ?? '+ '}${text()}\n`);
}

/** Runs expanded words: a function, a builtin or a file. */
export function* runWords(shell: Shell, words: readonly string[], setting: Setting): Sys<number> {
  const name = words[0] as string;
  const { io } = setting;
  const definition = setting.functions === false ? undefined : shell.functions.get(name);
  const builtin = BUILTINS[shell.flavor].get(name);
  shell.lastArgument = words.at(-1) ?? '';
  if (!definition && !builtin) return yield* runFile(shell, words, setting);
  const outer = shell.io;
  shell.io = io;
  const status = definition
    ? yield* runFunction(shell, name, definition, words.slice(1))
    : yield* (builtin as NonNullable<typeof builtin>)(shell, words.slice(1));
  // `exec >file` inside has changed it for good.
  if (shell.io === io) shell.io = outer;
  return status;
}

function* runFunction(shell: Shell, name: string, definition: ShellFunction, args: readonly string[]): Sys<number> {
  if (shell.callDepth >= DEEPEST_CALL) {
    yield* shell.complain(`${name}: maximum function nesting level exceeded (${DEEPEST_CALL})`);
    shell.fail(1);
    return 1;
  }
  const { positional, source, firstLine, loopDepth } = shell;
  shell.positional = args;
  shell.source = definition.source;
  shell.firstLine = definition.firstLine;
  shell.loopDepth = 0;
  shell.callDepth++;
  shell.variables.enter();
  let status = yield* shell.interpreter.runCommand(shell, definition.body);
  shell.variables.leave();
  shell.callDepth--;
  shell.positional = positional;
  shell.source = source;
  shell.firstLine = firstLine;
  shell.loopDepth = loopDepth;
  if (shell.unwinding?.kind === 'return') {
    shell.unwinding = null;
    status = shell.status;
  }
  return status;
}

function* runFile(shell: Shell, words: readonly string[], { io, tail, text }: Setting): Sys<number> {
  const name = words[0] as string;
  const path = yield* findCommand(shell, name);
  if (path === null) {
    yield* sayIn(shell, io, shell.flavor === 'bash' ? `${name}: command not found` : `${name}: not found`);
    const why = shell.interactive ? whyAbsent(shell.flavor, name) : null;
    if (why !== null) yield* sayIn(shell, io, `${name}: ${why}`);
    return 127;
  }
  const env = shell.variables.environment();
  env.set('_', path);
  if (tail && !shell.interactive && shell.traps.size === 0 && shell.jobs.length === 0) {
    const loaded = yield* shell.proc.execute({ path, argv: words, env, fds: [...io] });
    if (loaded.ok) return yield* becomeProgram(shell, loaded.value);
    return yield* notRun(shell, words, path, loaded.error, io);
  }
  const started = yield* startFile(shell, path, words, env, {
    io,
    ...(shell.jobControl && { group: 'new', foreground: true }),
  });
  if (shell.unwinding) return shell.status;
  if (!started.ok) return yield* notRun(shell, words, path, started.error, io);
  return yield* waitForeground(shell, addJob(shell, [started.value], text, false));
}

/** After execve(2) there is no shell any more: only the program's status goes up. */
export function* becomeProgram(shell: Shell, program: (proc: Shell['proc']) => Sys<number>): Sys<number> {
  shell.exiting = true;
  const status = yield* program(shell.proc);
  shell.status = status;
  shell.unwinding = { kind: 'exit' };
  return status;
}

function* notRun(
  shell: Shell,
  words: readonly string[],
  path: string,
  error: Errno,
  io: ReadonlyMap<number, Fd>,
): Sys<number> {
  const name = words[0] as string;
  if (error === 'ENOEXEC') {
    const script = yield* readScript(shell, path);
    if (script !== null) {
      const started = yield* startSubshell(shell, (copy) => runScriptFile(copy, name, script, words.slice(1)), {
        io,
        ...(shell.jobControl && { group: 'new' as const, foreground: true }),
      });
      if (started.ok) return yield* waitForeground(shell, addJob(shell, [started.value], words.join(' '), false));
    }
    yield* sayIn(
      shell,
      io,
      shell.flavor === 'bash'
        ? `${name}: cannot execute binary file: ${shell.strerror(error)}`
        : `${name}: ${shell.strerror(error)}`,
    );
    return 126;
  }
  if (shell.flavor === 'ash') {
    yield* sayIn(
      shell,
      io,
      error === 'ENOENT' || error === 'ENOTDIR' ? `${name}: not found` : `${name}: ${shell.strerror(error)}`,
    );
    return error === 'ENOENT' || error === 'ENOTDIR' ? 127 : 126;
  }
  const stat = yield* shell.proc.stat(path);
  const folder = stat.ok && stat.value.type === 'directory';
  yield* sayIn(shell, io, `${error === 'E2BIG' ? path : name}: ${shell.strerror(folder ? 'EISDIR' : error)}`);
  return error === 'ENOENT' || error === 'ENOTDIR' ? 127 : 126;
}

/** Told by the command's own process, so it goes where that one's errors go. */
function* sayIn(shell: Shell, io: ReadonlyMap<number, Fd>, message: string): Sys<void> {
  const outer = shell.io;
  shell.io = io;
  yield* shell.complain(message);
  shell.io = outer;
}

function* readScript(shell: Shell, path: string): Sys<string | null> {
  const file = yield* shell.proc.open(path, { read: true });
  if (!file.ok) return null;
  const bytes = yield* shell.proc.read(file.value, 1 << 20);
  yield* shell.proc.close(file.value);
  if (!bytes.ok || bytes.value.length === 0 || bytes.value.includes(0)) return null;
  return decodeUtf8(bytes.value);
}

function* runScriptFile(shell: Shell, name: string, text: string, args: readonly string[]): Sys<number> {
  shell.name = name;
  shell.positional = args;
  shell.reading = 'file';
  shell.functions = new Map();
  return yield* shell.interpreter.runText(shell, text, { firstLine: 1 });
}

/** The command's text with its alias put in; null where its name is none. Here-documents keep their command as it is. */
function aliasText(shell: Shell, node: Command): string | null {
  if (!shell.interactive || !node.name || node.name.parts || shell.aliases.size === 0) return null;
  const value = shell.aliases.get(node.name.text);
  if (value === undefined || node.redirects.some(({ type }) => type === 'HereDoc')) return null;
  return `${shell.source.slice(node.pos, node.name.pos)}${value}${shell.source.slice(node.name.end, node.end)}`;
}

function* runAlias(shell: Shell, node: Command, text: string): Sys<number> {
  const name = node.name?.text as string;
  const { aliases, line } = shell;
  // An alias is not expanded within itself.
  shell.aliases = new Map([...aliases].filter(([each]) => each !== name));
  const status = yield* shell.interpreter.runText(shell, text, { firstLine: line });
  for (const [each, value] of shell.aliases) aliases.set(each, value);
  shell.aliases = aliases;
  return status;
}
