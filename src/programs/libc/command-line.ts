import type { Program } from '../../kernel/syscalls/proc.ts';

/** An option, or a word that a command line knows. */
export interface CommandLineOption {
  /** As it is typed: `-n` or `--lines`; `addr`. */
  readonly names: readonly string[];
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
  const longOf = (letter: string) => Object.keys(long).filter((name) => long[name] === letter);
  return letters.flatMap((letter) => {
    const [apart, together] = [true, false].map((own) =>
      longOf(letter).filter((name) => Object.hasOwn(limits, name) === own),
    ) as [string[], string[]];
    return [
      option([`-${letter}`, ...together.map((name) => `--${name}`)], takesValue(letter), limits[letter]),
      ...apart.map((name) => option([`--${name}`], takesValue(letter), limits[name])),
    ];
  });
}

/** Options and words of a command line that isn't read by getopt: `-name=` takes a value. */
export function wordOptions(words: readonly string[], limits: Limits = {}): readonly CommandLineOption[] {
  return words.map((word) => {
    const name = word.replace(/=$/, '');
    return option([name], word.endsWith('='), limits[name.replace(/^-+/, '')]);
  });
}

/** What a program declares of its command line; null: nothing. */
export function commandLineOf(program: Program): CommandLine | null {
  return 'commandLine' in program ? (program as DeclaredProgram).commandLine : null;
}

function option(names: readonly string[], takesValue: boolean, limit: string | undefined): CommandLineOption {
  return { names, takesValue, ...(limit === undefined ? {} : { limit }) };
}
