import type { Sys } from '../../kernel/syscalls/proc.ts';
import type { Shell } from '../state/shell.ts';

/** A command that the shell carries out itself. `args` come without its name. */
export type Builtin = (shell: Shell, args: readonly string[]) => Sys<number>;

/** An error of a builtin, with its name where the shell puts it. ash tells the line unless somebody types (ash_vmsg). */
export function* complainAs(shell: Shell, name: string, text: string): Sys<void> {
  if (shell.flavor === 'bash') yield* shell.complain(`${name}: ${text}`);
  else yield* shell.error(`${shell.name}: ${name}: ${shell.interactive ? '' : `line ${shell.line}: `}${text}\n`);
}

/** An unknown option, and the usage line that bash adds. */
export function* invalidOption(shell: Shell, name: string, option: string, usage: string): Sys<number> {
  if (shell.flavor === 'bash') {
    yield* complainAs(shell, name, `${option}: invalid option`);
    yield* shell.error(`${name}: usage: ${usage}\n`);
  } else yield* complainAs(shell, name, `illegal option ${option}`);
  return 2;
}

/** Single-letter options in front of the operands. @param known letters; those followed by `:` take a value */
export function takeOptions(
  args: readonly string[],
  known: string,
): {
  readonly options: ReadonlyMap<string, string>;
  readonly rest: readonly string[];
  readonly unknown: string | null;
} {
  const options = new Map<string, string>();
  let i = 0;
  for (; i < args.length; i++) {
    const arg = args[i] as string;
    if (arg === '--') {
      i++;
      break;
    }
    if (!/^-./.test(arg)) break;
    for (let k = 1; k < arg.length; k++) {
      const letter = arg[k] as string;
      const at = letter === ':' ? -1 : known.indexOf(letter);
      if (at < 0) return { options, rest: args.slice(i), unknown: `-${letter}` };
      if (known[at + 1] !== ':') {
        options.set(letter, '');
        continue;
      }
      options.set(letter, arg.slice(k + 1) || (args[++i] ?? ''));
      break;
    }
  }
  return { options, rest: args.slice(i), unknown: null };
}
