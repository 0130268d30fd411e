import { decodeUtf8 } from '../base/bytes.ts';
import type { Program, Sys } from '../kernel/syscalls/proc.ts';
import type { Completion } from './interactive/completion.ts';
import { interactiveLoop } from './interactive/interactive-loop.ts';
import { finish } from './run/processes.ts';
import { readText } from './run/read-text.ts';
import { prepareSignals } from './run/signals.ts';
import { type Flavor, type Interpreter, Shell } from './state/shell.ts';

export interface ShellProgramOptions {
  /** What runs commands; asked for with the first of them, because a page loads it a moment after the prompt. */
  readonly interpreter: () => Interpreter;
  /** Programs that complete their own command lines, by name. */
  readonly completions?: () => ReadonlyMap<string, Completion>;
}

/** A shell as a program: `-c text`, a script, standard input, or somebody at a terminal. */
export function shellProgram(flavor: Flavor, options: ShellProgramOptions): Program {
  return function* (proc) {
    const [name = flavor, ...args] = proc.argv;
    const login = name.startsWith('-');
    const shell = new Shell(proc, flavor, login ? name : name.replace(/.*\//, ''), options.interpreter);
    importEnvironment(shell);
    const given = yield* startOptions(shell, args);
    if (given === null) return 2;
    if (given.answer !== null) {
      yield* shell.out(given.answer);
      return 0;
    }
    const { command, operands } = given;
    if (command !== null) {
      shell.reading = 'string';
      const [own, ...rest] = operands;
      if (own !== undefined) shell.name = own;
      shell.positional = rest;
      prepareSignals(shell);
      return yield* finish(shell, yield* shell.interpreter.runText(shell, command, { tail: true, firstLine: 1 }));
    }
    const [script, ...rest] = operands;
    if (script !== undefined && !given.fromStdin) return yield* runScript(shell, script, rest);
    shell.positional = operands;
    shell.interactive = given.interactive || (proc.isTty(0) && proc.isTty(2));
    if (!shell.interactive) {
      prepareSignals(shell);
      return yield* finish(shell, yield* runStdin(shell));
    }
    shell.reading = 'terminal';
    shell.jobControl = proc.isTty(0);
    prepareSignals(shell);
    return yield* interactiveLoop(shell, {
      login: login || given.login,
      startFiles: !given.noStartFiles,
      completions: options.completions ?? (() => new Map()),
    });
  };
}

function importEnvironment(shell: Shell): void {
  const { variables, proc, flavor } = shell;
  for (const [name, value] of proc.env) {
    if (!/^[A-Za-z_]\w*$/.test(name)) continue;
    variables.set(name, value);
    variables.mark(name, { exported: true });
  }
  variables.set('IFS', ' \t\n');
  variables.set('OPTIND', '1');
  variables.set('PWD', proc.cwd());
  variables.mark('PWD', { exported: true });
  if (variables.get('SHLVL') !== undefined || flavor === 'bash') {
    variables.set('SHLVL', String((Number(variables.get('SHLVL')) || 0) + 1));
    variables.mark('SHLVL', { exported: true });
  }
  if (flavor === 'ash') {
    if (variables.get('SHLVL') === undefined) {
      variables.set('SHLVL', '1');
      variables.mark('SHLVL', { exported: true });
    }
    return;
  }
  variables.set('BASH', '/usr/bin/bash');
  variables.set('BASH_VERSION', '5.2.21(1)-release');
  variables.set('HOSTNAME', proc.hostname());
  variables.set('HOSTTYPE', 'x86_64');
  variables.set('OSTYPE', 'linux-gnu');
  variables.set('UID', String(proc.uid));
  variables.set('EUID', String(proc.uid));
  for (const name of ['UID', 'EUID']) variables.mark(name, { readonly: true, integer: true });
}

interface Given {
  readonly command: string | null;
  readonly operands: readonly string[];
  readonly fromStdin: boolean;
  readonly interactive: boolean;
  readonly login: boolean;
  readonly noStartFiles: boolean;
  readonly answer: string | null;
}

const VERSION = 'GNU bash, version 5.2.21(1)-release (x86_64-pc-linux-gnu)\n';

/** The shell's own command line. null: it makes no sense, which has been told. */
function* startOptions(shell: Shell, args: readonly string[]): Sys<Given | null> {
  const letters = { c: false, i: false, l: false, s: false };
  let noStartFiles = false;
  let answer: string | null = null;
  let rest = args;
  while (rest[0] !== undefined && /^[-+]./.test(rest[0])) {
    const arg = rest[0];
    rest = rest.slice(1);
    if (arg === '--') break;
    if (arg.startsWith('--')) {
      if (arg === '--login') letters.l = true;
      else if (arg === '--norc' || arg === '--noprofile' || arg === '--rcfile' || arg === '--init-file') {
        noStartFiles = true;
        if (arg === '--rcfile' || arg === '--init-file') rest = rest.slice(1);
      } else if (arg === '--version' && shell.flavor === 'bash') answer = VERSION;
      else if (arg === '--help' && shell.flavor === 'bash')
        answer = `${VERSION}Usage:\tbash [-c COMMAND | SCRIPT] [-eilsuvx] [-o OPTION] [ARGUMENT ...]\n`;
      else if (arg !== '--posix' && arg !== '--noediting') {
        if (shell.flavor === 'bash')
          yield* shell.error(
            `bash: ${arg}: invalid option\nUsage:\tbash [-c COMMAND | SCRIPT] [-eilsuvx] [-o OPTION] [ARGUMENT ...]\n`,
          );
        else yield* shell.error(`${shell.name}: unrecognized option: ${arg.slice(2)}\n`);
        return null;
      }
      continue;
    }
    let others = '';
    for (const letter of arg.slice(1)) {
      if (letter in letters && arg.startsWith('-')) letters[letter as keyof typeof letters] = true;
      else others += letter;
    }
    if (others === '') continue;
    const value = others.endsWith('o') ? rest.slice(0, 1) : [];
    rest = rest.slice(value.length);
    if (!(yield* shell.interpreter.setOptions(shell, [arg.slice(0, 1) + others, ...value], shell.name))) return null;
  }
  let command: string | null = null;
  if (letters.c) {
    const [text, ...others] = rest;
    if (text === undefined) {
      yield* shell.error(
        shell.flavor === 'bash'
          ? 'bash: -c: option requires an argument\n'
          : `${shell.name}: option requires an argument: c\n`,
      );
      return null;
    }
    command = text;
    rest = others;
  }
  return {
    command,
    operands: rest,
    fromStdin: letters.s,
    interactive: letters.i,
    login: letters.l,
    noStartFiles,
    answer,
  };
}

function* runScript(shell: Shell, path: string, args: readonly string[]): Sys<number> {
  const asked = shell.name;
  const text = yield* readText(shell, path);
  if (typeof text !== 'string') {
    yield* shell.error(
      shell.flavor === 'bash'
        ? `${asked}: ${path}: ${text.error === 'is a directory' ? 'Is a directory' : text.error}\n`
        : `${asked}: can't open '${path}': ${text.error}\n`,
    );
    return shell.flavor === 'bash' && text.error === 'is a directory' ? 126 : 127;
  }
  shell.name = path;
  shell.positional = args;
  shell.reading = 'file';
  prepareSignals(shell);
  if (shell.options.verbose) yield* shell.error(text);
  return yield* finish(shell, yield* shell.interpreter.runText(shell, text, { firstLine: 1 }));
}

/** Commands from standard input, each run as soon as it is whole, because they may read the rest themselves. */
function* runStdin(shell: Shell): Sys<number> {
  let text = '';
  let line = 1;
  let status = 0;
  for (;;) {
    const next = yield* readInputLine(shell);
    if (next !== null) text += next;
    const parsed = shell.interpreter.parse(text);
    if (parsed.kind === 'incomplete' && next !== null) continue;
    if (text.trim() !== '') status = yield* shell.interpreter.runText(shell, text, { firstLine: line });
    if (next === null || shell.unwinding) return shell.unwinding ? shell.status : status;
    line += text.match(/\n/g)?.length ?? 0;
    text = '';
  }
}

function* readInputLine(shell: Shell): Sys<string | null> {
  const bytes: number[] = [];
  for (;;) {
    const chunk = yield* shell.proc.read(0, 1);
    const byte = chunk.ok ? chunk.value[0] : undefined;
    if (byte === undefined) return bytes.length === 0 ? null : decodeUtf8(Uint8Array.from(bytes));
    bytes.push(byte);
    if (byte === 10) return decodeUtf8(Uint8Array.from(bytes));
  }
}
