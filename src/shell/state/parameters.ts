import type { Sys } from '../../kernel/syscalls/proc.ts';
import type { Shell } from './shell.ts';

const SECOND = 1e9;

/** The value of a parameter: a text, or several where it stands for a list ($@, $*, arrays). null: not set. */
export type ParameterValue = string | readonly string[] | null;

/** The value of a variable, positional or special parameter; `index` as in `${name[index]}`. */
export function parameterValue(shell: Shell, name: string, index: string | null = null): ParameterValue {
  if (/^\d+$/.test(name)) return name === '0' ? shell.name : (shell.positional[Number(name) - 1] ?? null);
  const special = specialValue(shell, name);
  if (special !== undefined) return special;
  const variable = shell.variables.find(name);
  if (index === '@' || index === '*') {
    if (variable?.elements) return [...variable.elements.values()];
    return variable?.value == null ? [] : [variable.value];
  }
  if (index !== null) {
    if (variable?.elements) return variable.elements.get(resolveIndex(variable.elements, index)) ?? null;
    return index === '0' ? (variable?.value ?? null) : null;
  }
  return shell.variables.get(name) ?? null;
}

/** A negative index counts from the end. */
function resolveIndex(elements: ReadonlyMap<string, string>, index: string): string {
  if (!/^-\d+$/.test(index)) return index;
  const last = Math.max(-1, ...[...elements.keys()].map(Number));
  return String(last + 1 + Number(index));
}

function specialValue(shell: Shell, name: string): ParameterValue | undefined {
  switch (name) {
    case '@':
    case '*':
      return shell.positional;
    case '#':
      return String(shell.positional.length);
    case '?':
      return String(shell.status);
    case '$':
      return String(shell.mainPid);
    case '!':
      return shell.lastBackground === null ? null : String(shell.lastBackground);
    case '-':
      return flagLetters(shell);
    case '_':
      return shell.lastArgument;
    case 'LINENO':
      return String(shell.line);
    case 'PPID':
      return String(shell.proc.parent);
    case 'RANDOM':
      return String(shell.proc.random() % 32768);
    case 'SECONDS':
      return shell.flavor === 'bash' ? String(Math.floor(shell.proc.now() / SECOND)) : undefined;
    case 'EPOCHSECONDS':
      return String(Math.floor(shell.proc.date() / 1000));
    case 'BASHPID':
      return shell.flavor === 'bash' ? String(shell.proc.pid) : undefined;
    case 'PIPESTATUS':
      return shell.flavor === 'bash' ? shell.pipeStatus.map(String) : undefined;
    default:
      return undefined;
  }
}

/** The letters of `$-`. */
export function flagLetters(shell: Shell): string {
  const { errexit, nounset, xtrace, verbose, noglob, noclobber, allexport, noexec } = shell.options;
  const bash = shell.flavor === 'bash';
  return [
    allexport && 'a',
    errexit && 'e',
    noglob && 'f',
    bash && 'h',
    shell.interactive && 'i',
    shell.jobControl && 'm',
    noexec && 'n',
    nounset && 'u',
    verbose && 'v',
    xtrace && 'x',
    bash && 'B',
    noclobber && 'C',
    bash && shell.interactive && 'H',
    shell.reading === 'string' && 'c',
    shell.reading === 'stdin' && 's',
  ]
    .filter(Boolean)
    .join('');
}

/** Sets a variable, or says that it is read-only and fails. */
export function* assign(shell: Shell, name: string, value: string, index: string | null = null): Sys<boolean> {
  const done = index === null ? shell.variables.set(name, value) : shell.variables.setElement(name, index, value);
  if (!done) {
    yield* shell.complain(`${name}: ${shell.flavor === 'bash' ? 'readonly variable' : 'is read only'}`);
    shell.fail(shell.flavor === 'bash' ? 1 : 2);
    return false;
  }
  if (shell.options.allexport) shell.variables.mark(name, { exported: true });
  if (name === 'PATH') shell.hash.clear();
  return true;
}
