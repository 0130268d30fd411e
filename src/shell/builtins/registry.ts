import type { Flavor, Shell } from '../state/shell.ts';
import type { Builtin } from './builtin.ts';
import { breakLoop, colon, continueLoop, evaluate, exec, exit, falseStatus, returnStatus, source } from './control.ts';
import { cd, pwd, umask } from './directories.ts';
import { bg, disown, fg, jobs, kill, wait } from './jobs.ts';
import { help, history, times, ulimit } from './session.ts';
import { alias, commandBuiltin, hash, trap, typeBuiltin, unalias } from './names.ts';
import { getopts, set, shift, shopt } from './options.ts';
import { bracket, echo, printf, test } from './output.ts';
import { read } from './read.ts';
import { declareVariable, exportVariable, letArithmetic, localVariable, readonlyVariable, unset } from './variables.ts';

const isBuiltin = (shell: Shell, name: string) => BUILTINS[shell.flavor].has(name);

const builtin: Builtin = function* (shell, args) {
  const [name, ...rest] = args;
  if (name === undefined) return 0;
  const found = BUILTINS[shell.flavor].get(name);
  if (found) return yield* found(shell, rest);
  yield* shell.complain(`builtin: ${name}: not a shell builtin`);
  return 1;
};

const COMMON: readonly (readonly [string, Builtin])[] = [
  [':', colon],
  ['true', colon],
  ['false', falseStatus],
  ['.', source],
  ['[', bracket],
  ['alias', alias],
  ['bg', bg],
  ['break', breakLoop],
  ['cd', cd],
  ['command', commandBuiltin(isBuiltin)],
  ['continue', continueLoop],
  ['echo', echo],
  ['eval', evaluate],
  ['exec', exec],
  ['exit', exit],
  ['export', exportVariable],
  ['fg', fg],
  ['getopts', getopts],
  ['hash', hash],
  ['help', help],
  ['history', history],
  ['jobs', jobs],
  ['kill', kill],
  ['let', letArithmetic],
  ['local', localVariable],
  ['printf', printf],
  ['pwd', pwd],
  ['read', read],
  ['readonly', readonlyVariable],
  ['return', returnStatus],
  ['set', set],
  ['shift', shift],
  ['source', source],
  ['test', test],
  ['times', times],
  ['trap', trap],
  ['type', typeBuiltin(isBuiltin)],
  ['ulimit', ulimit],
  ['umask', umask],
  ['unalias', unalias],
  ['unset', unset],
  ['wait', wait],
];

const BASH_ONLY: readonly (readonly [string, Builtin])[] = [
  ['builtin', builtin],
  ['declare', declareVariable],
  ['disown', disown],
  ['logout', exit],
  ['shopt', shopt],
  ['typeset', declareVariable],
];

/** The builtins of each shell, by name. */
export const BUILTINS: Readonly<Record<Flavor, ReadonlyMap<string, Builtin>>> = {
  bash: new Map([...COMMON, ...BASH_ONLY]),
  ash: new Map([...COMMON, ['chdir', cd]]),
};

/** Those whose arguments may be assignments. */
export const DECLARATIONS: ReadonlySet<string> = new Set(['declare', 'typeset', 'local', 'export', 'readonly']);
