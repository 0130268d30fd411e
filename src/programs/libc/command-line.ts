import type { Program } from '../../kernel/syscalls/proc.ts';

/** An option, or a word that a command line knows. */
export interface CommandLineOption {
  /** As it is typed: `-n`, `--lines`, `addr`. */
  readonly name: string;
  readonly takesValue: boolean;
  /** What it doesn't do here, where it does less than the real one. */
  readonly limit?: string;
}

/** What a program's command line has: its parser reads it, and the page of what is supported is made from it. */
export interface CommandLine {
  readonly options: readonly CommandLineOption[];
  /** What the program as a whole doesn't do here. */
  readonly limit?: string;
}

export type DeclaredProgram = Program & { readonly commandLine: CommandLine };

/** Options of which something is missing, and what; by their names without dashes. */
export type Limits = Readonly<Record<string, string>>;

/** Ties a program to what its command line has. */
export function declareProgram(commandLine: CommandLine, program: Program): DeclaredProgram {
  return Object.assign(program, { commandLine });
}

/** The options of a getopt specification. */
export function getoptOptions(
  spec: string,
  { long = {}, limits = {} }: { readonly long?: Readonly<Record<string, string>>; readonly limits?: Limits } = {},
): readonly CommandLineOption[] {
  const takesValue = (letter: string) => spec[spec.indexOf(letter) + 1] === ':';
  const letters = [...new Set(spec.replaceAll(':', ''))];
  return [
    ...letters.map((letter) => option(`-${letter}`, takesValue(letter), limits[letter])),
    ...Object.entries(long).map(([name, letter]) =>
      option(`--${name}`, takesValue(letter), limits[name] ?? limits[letter]),
    ),
  ];
}

/** Options and words of a command line that isn't read by getopt: `-name=` takes a value. */
export function wordOptions(words: readonly string[], limits: Limits = {}): readonly CommandLineOption[] {
  return words.map((word) => {
    const name = word.replace(/=$/, '');
    return option(name, word.endsWith('='), limits[name.replace(/^-+/, '')]);
  });
}

/** What a program declares of its command line; null: nothing. */
export function commandLineOf(program: Program): CommandLine | null {
  return 'commandLine' in program ? (program as DeclaredProgram).commandLine : null;
}

function option(name: string, takesValue: boolean, limit: string | undefined): CommandLineOption {
  return { name, takesValue, ...(limit === undefined ? {} : { limit }) };
}
