import type { Sys } from '../../kernel/syscalls/proc.ts';
import { parseSignal, SIGNALS } from '../../kernel/syscalls/signal.ts';
import { quoteWord } from '../expand/word-text.ts';
import { findAllCommands, findCommand } from '../run/find-command.ts';
import type { Shell, TrapName } from '../state/shell.ts';
import { type Builtin, complainAs, invalidOption, takeOptions } from './builtin.ts';

/** Builtins about what names mean: alias, type, command, hash, trap. */

export const alias: Builtin = function* (shell, args) {
  const line = (name: string, value: string) =>
    `${shell.flavor === 'bash' ? 'alias ' : ''}${name}='${value.replace(/'/g, "'\\''")}'\n`;
  const words = args.filter((arg) => arg !== '-p' && arg !== '--');
  if (words.length === 0) {
    for (const [name, value] of [...shell.aliases].sort(([a], [b]) => (a < b ? -1 : 1)))
      yield* shell.out(line(name, value));
    return 0;
  }
  let status = 0;
  for (const word of words) {
    const at = word.indexOf('=', 1);
    if (at > 0) shell.aliases.set(word.slice(0, at), word.slice(at + 1));
    else if (shell.aliases.has(word)) yield* shell.out(line(word, shell.aliases.get(word) as string));
    else {
      yield* complainAs(shell, 'alias', `${word}: not found`);
      status = 1;
    }
  }
  return status;
};

export const unalias: Builtin = function* (shell, args) {
  if (args[0] === '-a') shell.aliases.clear();
  let status = 0;
  for (const name of args.filter((arg) => arg !== '-a')) {
    if (shell.aliases.delete(name)) continue;
    yield* complainAs(shell, 'unalias', `${name}: not found`);
    status = 1;
  }
  return status;
};

const KEYWORDS = new Set([
  'if',
  'then',
  'else',
  'elif',
  'fi',
  'for',
  'while',
  'until',
  'do',
  'done',
  'case',
  'esac',
  'in',
  '{',
  '}',
  '!',
  'function',
  'select',
  'time',
  '[[',
  ']]',
]);

type Meaning = { readonly kind: 'alias' | 'keyword' | 'function' | 'builtin' | 'file'; readonly text: string };

function* meaningsOf(shell: Shell, name: string, isBuiltin: (name: string) => boolean): Sys<readonly Meaning[]> {
  const meanings: Meaning[] = [];
  const alias = shell.aliases.get(name);
  if (alias !== undefined) meanings.push({ kind: 'alias', text: alias });
  if (KEYWORDS.has(name)) meanings.push({ kind: 'keyword', text: name });
  if (shell.functions.has(name)) meanings.push({ kind: 'function', text: name });
  if (isBuiltin(name)) meanings.push({ kind: 'builtin', text: name });
  for (const path of name.includes('/') ? yield* executableAt(shell, name) : yield* findAllCommands(shell, name))
    meanings.push({ kind: 'file', text: path });
  return meanings;
}

function* executableAt(shell: Shell, path: string): Sys<readonly string[]> {
  const stat = yield* shell.proc.stat(path);
  return stat.ok && stat.value.type !== 'directory' && (stat.value.mode & 0o111) !== 0 ? [path] : [];
}

function describe(shell: Shell, name: string, { kind, text }: Meaning): string {
  switch (kind) {
    case 'alias':
      return shell.flavor === 'bash' ? `${name} is aliased to \`${text}'` : `${name} is an alias for ${text}`;
    case 'keyword':
      return `${name} is a shell keyword`;
    case 'function':
      return shell.flavor === 'bash' ? `${name} is a function` : `${name} is a function`;
    case 'builtin':
      return `${name} is a shell builtin`;
    case 'file':
      return `${name} is ${text}`;
  }
}

/** `type`, given what the builtins are. */
export const typeBuiltin = (isBuiltin: (shell: Shell, name: string) => boolean): Builtin =>
  function* (shell, args) {
    const { options, rest } = takeOptions(args, 'afptP');
    let status = 0;
    for (const name of rest) {
      const all = yield* meaningsOf(shell, name, (each) => isBuiltin(shell, each));
      const meanings = options.has('P') || options.has('p') ? all.filter(({ kind }) => kind === 'file') : all;
      if (meanings.length === 0) {
        status = shell.flavor === 'bash' ? 1 : 127;
        if (options.has('t') || options.has('p') || options.has('P')) continue;
        if (shell.flavor === 'bash') yield* complainAs(shell, 'type', `${name}: not found`);
        else yield* shell.out(`${name}: not found\n`);
      }
      for (const meaning of options.has('a') ? meanings : meanings.slice(0, 1))
        yield* shell.out(
          `${options.has('t') ? meaning.kind : options.has('p') || options.has('P') ? meaning.text : describe(shell, name, meaning)}\n`,
        );
    }
    return status;
  };

/** `command`, given what the builtins are. */
export const commandBuiltin = (isBuiltin: (shell: Shell, name: string) => boolean): Builtin =>
  function* (shell, args) {
    const { options, rest, unknown } = takeOptions(args, 'pvV');
    if (unknown) return yield* invalidOption(shell, 'command', unknown, 'command [-pVv] command [arg ...]');
    if (!options.has('v') && !options.has('V'))
      return rest.length === 0 ? 0 : yield* shell.interpreter.runWords(shell, rest, { functions: false });
    let status = 0;
    for (const name of rest) {
      const [meaning] = yield* meaningsOf(shell, name, (each) => isBuiltin(shell, each));
      if (!meaning) {
        if (options.has('V'))
          yield* shell.error(
            shell.flavor === 'bash' ? `${shell.messagePrefix()}command: ${name}: not found\n` : `${name}: not found\n`,
          );
        status = shell.flavor === 'bash' ? 1 : 127;
      } else if (options.has('V')) yield* shell.out(`${describe(shell, name, meaning)}\n`);
      else
        yield* shell.out(
          meaning.kind === 'alias'
            ? `alias ${name}='${meaning.text}'\n`
            : `${meaning.kind === 'file' ? meaning.text : name}\n`,
        );
    }
    return status;
  };

export const hash: Builtin = function* (shell, args) {
  if (args[0] === '-r') {
    shell.hash.clear();
    return 0;
  }
  if (args.length === 0) {
    if (shell.hash.size === 0) {
      if (shell.flavor === 'bash') yield* shell.out('hash: hash table empty\n');
      return 0;
    }
    if (shell.flavor === 'bash') yield* shell.out('hits\tcommand\n');
    for (const path of shell.hash.values()) yield* shell.out(shell.flavor === 'bash' ? `   1\t${path}\n` : `${path}\n`);
    return 0;
  }
  let status = 0;
  for (const name of args) {
    const path = yield* findCommand(shell, name);
    if (path !== null) shell.hash.set(name, path);
    else {
      yield* complainAs(shell, 'hash', `${name}: not found`);
      status = 1;
    }
  }
  return status;
};

function trapName(text: string): TrapName | null {
  if (/^(?:0|exit)$/i.test(text)) return 'EXIT';
  if (/^err$/i.test(text)) return 'ERR';
  return parseSignal(text) ?? null;
}

/** trap: commands for a signal, for the end, or for a failure. */
export const trap: Builtin = function* (shell, args) {
  const words = args[0] === '--' ? args.slice(1) : args;
  if (words[0] === '-l') {
    yield* shell.out(
      `${Object.entries(SIGNALS)
        .map(([name, number]) => `${String(number).padStart(2)}) ${name}`)
        .join('\n')}\n`,
    );
    return 0;
  }
  if (words.length === 0 || words[0] === '-p') {
    for (const [name, action] of shell.traps)
      yield* shell.out(
        `trap -- ${shell.flavor === 'bash' ? `'${action.replace(/'/g, "'\\''")}'` : quoteWord(action)} ${shell.flavor === 'bash' ? name : name.replace(/^SIG/, '')}\n`,
      );
    return 0;
  }
  // A number first means: reset all of these.
  const reset = words.length === 1 || /^\d+$/.test(words[0] as string) || words[0] === '-';
  const action = reset ? null : (words[0] as string);
  let status = 0;
  for (const text of reset && words[0] !== '-' ? words : words.slice(1)) {
    const name = trapName(text);
    if (name === null) {
      yield* complainAs(
        shell,
        'trap',
        shell.flavor === 'bash' ? `${text}: invalid signal specification` : `${text}: invalid signal specification`,
      );
      status = 1;
    } else setTrap(shell, name, action);
  }
  return status;
};

function setTrap(shell: Shell, name: TrapName, action: string | null): void {
  if (action === null) shell.traps.delete(name);
  else shell.traps.set(name, action);
  if (name === 'EXIT' || name === 'ERR') return;
  const resting = name === 'SIGINT' || shell.interactive ? 'catch' : 'default';
  shell.proc.disposition(name, action === null ? resting : action === '' ? 'ignore' : 'catch');
}
