/** One parsed option; its value where it takes one. */
export interface GivenOption {
  readonly name: string;
  readonly value: string;
}

export type OptionProblem = {
  readonly what: 'unknown' | 'needs value';
  readonly option: string;
  readonly long: boolean;
};

/**
 * Reads options as getopt_long does: `spec` is getopt's ("c:i:q" — a colon behind those that take a value), long options map to
 * short ones. Stops at `--`; with `stopEarly` at the first word that is no option.
 */
export function getopt(
  argv: readonly string[],
  spec: string,
  options: { readonly long?: Readonly<Record<string, string>>; readonly stopEarly?: boolean } = {},
): {
  readonly given: readonly GivenOption[];
  readonly rest: readonly string[];
  readonly problem: OptionProblem | null;
} {
  const given: GivenOption[] = [];
  const rest: string[] = [];
  const takesValue = (name: string) => spec[spec.indexOf(name) + 1] === ':';
  for (let i = 0; i < argv.length; i++) {
    const arg = argv[i] as string;
    if (arg === '--') {
      rest.push(...argv.slice(i + 1));
      break;
    }
    if (arg.startsWith('--')) {
      const [long = '', inline] = arg.slice(2).split('=') as [string, string?];
      const name = options.long?.[long];
      if (name === undefined) return { given, rest, problem: { what: 'unknown', option: long, long: true } };
      if (!takesValue(name)) given.push({ name, value: '' });
      else {
        const value = inline ?? argv[++i];
        if (value === undefined) return { given, rest, problem: { what: 'needs value', option: long, long: true } };
        given.push({ name, value });
      }
    } else if (arg.startsWith('-') && arg.length > 1) {
      for (let k = 1; k < arg.length; k++) {
        const name = arg[k] as string;
        if (name === ':' || !spec.includes(name))
          return { given, rest, problem: { what: 'unknown', option: name, long: false } };
        if (!takesValue(name)) {
          given.push({ name, value: '' });
          continue;
        }
        const value = arg.slice(k + 1) || argv[++i];
        if (value === undefined) return { given, rest, problem: { what: 'needs value', option: name, long: false } };
        given.push({ name, value });
        break;
      }
    } else {
      rest.push(arg);
      if (options.stopEarly) {
        rest.push(...argv.slice(i + 1));
        break;
      }
    }
  }
  return { given, rest, problem: null };
}

/** What getopt prints about a wrong option, in musl's and glibc's words. */
export function problemText(program: string, { what, option, long }: OptionProblem, library: 'glibc' | 'musl'): string {
  if (library === 'musl')
    return what === 'unknown'
      ? `${program}: unrecognized option: ${option}`
      : `${program}: option requires an argument: ${option}`;
  if (what === 'unknown')
    return long ? `${program}: unrecognized option '--${option}'` : `${program}: invalid option -- '${option}'`;
  return long
    ? `${program}: option '--${option}' requires an argument`
    : `${program}: option requires an argument -- '${option}'`;
}
