import type { Sys } from '../../kernel/syscalls/proc.ts';
import type { Shell, ShellOptions } from '../state/shell.ts';
import { type Builtin, complainAs } from './builtin.ts';
import { listVariables } from './variables.ts';

/** set, shift, shopt, getopts. */

const LETTERS: Readonly<Record<string, keyof ShellOptions>> = {
  a: 'allexport',
  C: 'noclobber',
  e: 'errexit',
  f: 'noglob',
  n: 'noexec',
  u: 'nounset',
  v: 'verbose',
  x: 'xtrace',
};
const NAMES = [
  'allexport',
  'errexit',
  'noclobber',
  'noexec',
  'noglob',
  'nounset',
  'pipefail',
  'verbose',
  'xtrace',
] as const;
/** Known, and without an effect here. */
const ACCEPTED = new Set(['h', 'm', 'b', 'B', 'H', 'k', 'p', 't', 'E', 'T']);
const ACCEPTED_NAMES = new Set([
  'monitor',
  'hashall',
  'braceexpand',
  'histexpand',
  'emacs',
  'vi',
  'posix',
  'notify',
  'errtrace',
  'functrace',
  'history',
]);

/** The options that `set`, and the shell's own command line, take. `null`: one of them is unknown, which has been told. */
export function* setOptions(
  shell: Shell,
  args: readonly string[],
  name = 'set',
): Sys<{ readonly rest: readonly string[]; readonly positional: boolean } | null> {
  let i = 0;
  for (; i < args.length; i++) {
    const arg = args[i] as string;
    if (arg === '--') return { rest: args.slice(i + 1), positional: true };
    if (arg === '-') return { rest: args.slice(i + 1), positional: args.length > i + 1 };
    if (!/^[-+]./.test(arg)) break;
    const on = arg.startsWith('-');
    for (const letter of arg.slice(1)) {
      if (letter === 'o') {
        const option = args[++i];
        if (option === undefined) yield* listOptions(shell, on);
        else if (ACCEPTED_NAMES.has(option)) continue;
        else if ((NAMES as readonly string[]).includes(option)) shell.options[option as keyof ShellOptions] = on;
        else {
          yield* complainAs(
            shell,
            name,
            shell.flavor === 'bash' ? `${option}: invalid option name` : `illegal option -o ${option}`,
          );
          return null;
        }
      } else if (LETTERS[letter]) shell.options[LETTERS[letter] as keyof ShellOptions] = on;
      else if (!ACCEPTED.has(letter)) {
        if (shell.flavor === 'bash') {
          yield* complainAs(shell, name, `${arg[0]}${letter}: invalid option`);
          if (name === 'set')
            yield* shell.error('set: usage: set [-abefhkmnptuvxBCEHPT] [-o option-name] [--] [-] [arg ...]\n');
        } else yield* complainAs(shell, name, `illegal option ${arg[0]}${letter}`);
        return null;
      }
    }
  }
  return { rest: args.slice(i), positional: i < args.length };
}

function* listOptions(shell: Shell, table: boolean): Sys<void> {
  for (const name of NAMES) {
    const on = shell.options[name];
    yield* shell.out(table ? `${name.padEnd(15)}\t${on ? 'on' : 'off'}\n` : `set ${on ? '-' : '+'}o ${name}\n`);
  }
}

export const set: Builtin = function* (shell, args) {
  if (args.length === 0) return yield* listVariables(shell);
  const taken = yield* setOptions(shell, args);
  if (!taken) return 2;
  if (taken.positional) shell.positional = taken.rest;
  return 0;
};

export const shift: Builtin = function* (shell, args) {
  const count = Number(args[0] ?? 1);
  if (!Number.isInteger(count) || count < 0) {
    yield* complainAs(
      shell,
      'shift',
      shell.flavor === 'bash'
        ? `${args[0]}: ${Number.isNaN(count) ? 'numeric argument required' : 'shift count out of range'}`
        : `Illegal number: ${args[0]}`,
    );
    return 1;
  }
  if (count > shell.positional.length) {
    if (shell.flavor === 'ash') yield* complainAs(shell, 'shift', `can't shift that many`);
    return 1;
  }
  shell.positional = shell.positional.slice(count);
  return 0;
};

const SHOPT: Readonly<Record<string, 'nullglob' | 'dotglob'>> = { nullglob: 'nullglob', dotglob: 'dotglob' };
const SHOPT_FIXED: Readonly<Record<string, boolean>> = {
  extglob: true,
  expand_aliases: true,
  checkwinsize: true,
  histappend: false,
  globstar: false,
  autocd: false,
  cdspell: false,
  lastpipe: false,
  sourcepath: true,
  cmdhist: true,
  progcomp: true,
};

export const shopt: Builtin = function* (shell, args) {
  const flags = args.filter((arg) => arg.startsWith('-')).join('');
  const names = args.filter((arg) => !arg.startsWith('-'));
  let status = 0;
  for (const name of names.length > 0 ? names : [...Object.keys(SHOPT), ...Object.keys(SHOPT_FIXED)].sort()) {
    const own = SHOPT[name];
    const value = own ? shell.options[own] : SHOPT_FIXED[name];
    if (value === undefined) {
      yield* complainAs(shell, 'shopt', `${name}: invalid shell option name`);
      status = 1;
    } else if (flags.includes('s') || flags.includes('u')) {
      if (own) shell.options[own] = flags.includes('s');
    } else {
      if (!value && names.length > 0) status = 1;
      if (!flags.includes('q')) yield* shell.out(`${name.padEnd(20)}\t${value ? 'on' : 'off'}\n`);
    }
  }
  return status;
};

export const getopts: Builtin = function* (shell, args) {
  const [letters, name, ...own] = args;
  if (letters === undefined || name === undefined) {
    yield* shell.error('getopts: usage: getopts optstring name [arg ...]\n');
    return 2;
  }
  const words = own.length > 0 ? own : shell.positional;
  let index = Number(shell.variables.get('OPTIND') ?? 1) || 1;
  if (index === 1 && shell.getoptsOffset > (words[0]?.length ?? 0)) shell.getoptsOffset = 1;
  const word = words[index - 1];
  const silent = letters.startsWith(':');
  if (word === undefined || !/^-./.test(word) || word === '--') {
    shell.variables.set('OPTIND', String(word === '--' ? index + 1 : index));
    shell.variables.set(name, '?');
    shell.getoptsOffset = 1;
    return 1;
  }
  const letter = word[shell.getoptsOffset] ?? '?';
  const at = letter === ':' ? -1 : letters.indexOf(letter);
  shell.variables.unset('OPTARG');
  shell.getoptsOffset++;
  if (shell.getoptsOffset >= word.length) {
    index++;
    shell.getoptsOffset = 1;
  }
  let result = letter;
  if (at < 0) {
    if (silent) shell.variables.set('OPTARG', letter);
    else yield* shell.error(`${shell.name}: illegal option -- ${letter}\n`);
    result = '?';
  } else if (letters[at + 1] === ':') {
    const inline = shell.getoptsOffset > 1 ? word.slice(shell.getoptsOffset) : undefined;
    const value = inline ?? words[index - 1];
    index++;
    shell.getoptsOffset = 1;
    if (value !== undefined) shell.variables.set('OPTARG', value);
    else {
      index--;
      if (silent) shell.variables.set('OPTARG', letter);
      else yield* shell.error(`${shell.name}: option requires an argument -- ${letter}\n`);
      result = silent ? ':' : '?';
    }
  }
  shell.variables.set('OPTIND', String(index));
  shell.variables.set(name, result);
  return 0;
};
