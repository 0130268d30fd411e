import { err, ok, type Result } from '../../../base/result.ts';

/** One option of a docker-compose command, as its usage shows it. */
export interface Option {
  /** `-d`, where it has a short form. */
  readonly short?: string;
  /** `--detach`. */
  readonly long: string;
  /** The name of its value, where it takes one: `TIMEOUT`. */
  readonly value?: string;
  readonly repeat?: boolean;
  readonly help: string;
  /** What it doesn't do here, where it does less than docker-compose's. */
  readonly limit?: string;
  /** Known, but not modelled here, and why: a command that is given it says so and does nothing. */
  readonly refused?: string;
}

export interface Parsed {
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly positional: readonly string[];
}

/**
 * Reads arguments the way docopt does: long options may be shortened while they stay clear.
 * @param stopAtFirst options end at the first positional, as in `exec SERVICE COMMAND…`
 */
export function parseOptions(
  options: readonly Option[],
  args: readonly string[],
  stopAtFirst = false,
): Result<Parsed, 'usage'> {
  const flags = new Set<string>();
  const values = new Map<string, string[]>();
  const positional: string[] = [];
  const set = (option: Option, inline: string | undefined, next: () => string | undefined): boolean => {
    if (option.value === undefined) {
      flags.add(option.long);
      return inline === undefined;
    }
    const value = inline ?? next();
    if (value === undefined) return false;
    values.set(option.long, option.repeat ? [...(values.get(option.long) ?? []), value] : [value]);
    return true;
  };
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string;
    const next = () => args[++i];
    if (arg === '--') {
      positional.push(...args.slice(i + 1));
      break;
    }
    if (arg.startsWith('--')) {
      const [name, inline] = splitAtEquals(arg);
      const exact = options.filter((option) => option.long === name);
      const matching = exact.length > 0 ? exact : options.filter((option) => option.long.startsWith(name));
      if (matching.length !== 1 || !set(matching[0] as Option, inline, next)) return err('usage');
    } else if (arg.startsWith('-') && arg.length > 1) {
      for (let k = 1; k < arg.length; k++) {
        const option = options.find((each) => each.short === `-${arg[k]}`);
        const rest = arg.slice(k + 1);
        if (!option || !set(option, option.value !== undefined && rest ? rest.replace(/^=/, '') : undefined, next))
          return err('usage');
        if (option.value !== undefined) break;
      }
    } else {
      positional.push(arg);
      if (stopAtFirst) {
        positional.push(...args.slice(i + 1));
        break;
      }
    }
  }
  return ok({ flags, values, positional });
}

/** What to say of the first option that isn't modelled; null: all are. */
export function refusalOf(options: readonly Option[], { flags, values }: Parsed): string | null {
  const given = options.find(({ long, refused }) => refused !== undefined && (flags.has(long) || values.has(long)));
  return given === undefined ? null : `${given.long} is not on this simulated host: ${given.refused}.`;
}

function splitAtEquals(arg: string): readonly [string, string | undefined] {
  const at = arg.indexOf('=');
  return at < 0 ? [arg, undefined] : [arg.slice(0, at), arg.slice(at + 1)];
}

/** The options as a usage text lists them. */
export function formatOptions(options: readonly Option[]): string {
  const left = options.map(
    ({ short, long, value }) => `${short ? `${short}, ` : ''}${long}${value ? ` ${value}` : ''}`,
  );
  const width = Math.max(...left.map((text) => text.length)) + 2;
  return options.map(({ help }, i) => `    ${(left[i] as string).padEnd(width)}${help}`).join('\n');
}
