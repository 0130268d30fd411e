import { type Builtin, complainAs, invalidOption, takeOptions } from './builtin.ts';

/** cd, pwd, umask. The logical and the physical path are one here: symbolic links are resolved on the way. */

export const cd: Builtin = function* (shell, args) {
  const { rest, unknown } = takeOptions(args, 'LPe@');
  if (unknown && rest[0] !== '-') return yield* invalidOption(shell, 'cd', unknown, 'cd [-L|[-P [-e]] [-@]] [dir]');
  if (rest.length > 1 && shell.flavor === 'bash') {
    yield* complainAs(shell, 'cd', 'too many arguments');
    return 1;
  }
  const target = rest[0];
  const variable = target === undefined ? 'HOME' : target === '-' ? 'OLDPWD' : null;
  const path = variable === null ? (target as string) : shell.variables.get(variable);
  if (path === undefined) {
    yield* complainAs(shell, 'cd', `${variable} not set`);
    return 1;
  }
  const old = shell.proc.cwd();
  let to = path === '' ? '.' : path;
  let shown = variable === 'OLDPWD';
  for (const folder of /^\.{0,2}\/|^\.\.?$/.test(to) ? [] : (shell.variables.get('CDPATH')?.split(':') ?? [])) {
    const candidate = `${folder || '.'}/${to}`;
    const stat = yield* shell.proc.stat(candidate);
    if (!stat.ok || stat.value.type !== 'directory') continue;
    to = candidate;
    shown = true;
    break;
  }
  const changed = yield* shell.proc.chdir(to);
  if (!changed.ok) {
    yield* complainAs(
      shell,
      'cd',
      shell.flavor === 'bash'
        ? `${path}: ${shell.strerror(changed.error)}`
        : `can't cd to ${path}: ${shell.strerror(changed.error)}`,
    );
    return 1;
  }
  shell.variables.set('OLDPWD', old);
  shell.variables.set('PWD', shell.proc.cwd());
  if (shown) yield* shell.out(`${shell.proc.cwd()}\n`);
  return 0;
};

export const pwd: Builtin = function* (shell, args) {
  const { unknown } = takeOptions(args, 'LP');
  if (unknown) return yield* invalidOption(shell, 'pwd', unknown, 'pwd [-LP]');
  yield* shell.out(`${shell.proc.cwd()}\n`);
  return 0;
};

export const umask: Builtin = function* (shell, args) {
  const { options, rest, unknown } = takeOptions(args, 'pS');
  if (unknown) return yield* invalidOption(shell, 'umask', unknown, 'umask [-p] [-S] [mode]');
  const mode = rest[0];
  if (mode === undefined) {
    const mask = shell.proc.umask();
    if (options.has('S')) {
      const letters = (bits: number) => `${bits & 4 ? 'r' : ''}${bits & 2 ? 'w' : ''}${bits & 1 ? 'x' : ''}`;
      yield* shell.out(`u=${letters(~(mask >> 6) & 7)},g=${letters(~(mask >> 3) & 7)},o=${letters(~mask & 7)}\n`);
    } else yield* shell.out(`${options.has('p') ? 'umask ' : ''}${mask.toString(8).padStart(4, '0')}\n`);
    return 0;
  }
  if (!/^[0-7]{1,4}$/.test(mode)) {
    yield* complainAs(
      shell,
      'umask',
      shell.flavor === 'bash'
        ? `${mode}: octal number expected; symbolic masks are not supported here`
        : `illegal mode: ${mode}`,
    );
    return 1;
  }
  shell.proc.umask(Number.parseInt(mode, 8));
  return 0;
};
