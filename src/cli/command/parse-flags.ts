import { err, ok, type Result } from '../../base/result.ts';
import { quote, type Flag, type Flags } from './flag.ts';

export interface ParsedFlags {
  readonly values: Record<string, unknown>;
  readonly changed: ReadonlySet<string>;
  readonly positional: readonly string[];
  /** `--help`, or `-h` where that isn't a flag of its own. */
  readonly help: boolean;
  /** Lines about deprecated flags. */
  readonly notices: readonly string[];
}

/**
 * Reads flags the way spf13/pflag does: `--flag value`, `--flag=value`, `-abc`, `-n5`, `-n=5`, `--` ends them. With
 * `interspersed: false` the first positional ends them too (`docker run`, `docker exec`).
 */
export function parseFlags(
  flags: Flags,
  args: readonly string[],
  options: { readonly interspersed?: boolean } = {},
): Result<ParsedFlags, string> {
  return new FlagParser(flags).parse(args, options.interspersed ?? true);
}

class FlagParser {
  private readonly values: Record<string, unknown> = {};
  private readonly changed = new Set<string>();
  private readonly positional: string[] = [];
  private readonly notices: string[] = [];
  private help = false;
  private rest: string[] = [];

  constructor(private readonly flags: Flags) {
    for (const [name, flag] of Object.entries(flags)) this.values[name] = flag.initial;
  }

  parse(args: readonly string[], interspersed: boolean): Result<ParsedFlags, string> {
    this.rest = [...args];
    for (let arg = this.rest.shift(); arg !== undefined; arg = this.rest.shift()) {
      if (arg === '--') break;
      if (!arg.startsWith('-') || arg === '-') {
        this.positional.push(arg);
        if (interspersed) continue;
        break;
      }
      const done = arg.startsWith('--') ? this.long(arg) : this.cluster(arg.slice(1));
      if (!done.ok) return done;
    }
    this.positional.push(...this.rest);
    const { values, changed, positional, help, notices } = this;
    return ok({ values, changed, positional, help, notices });
  }

  private long(arg: string): Result<void, string> {
    const [name, value] = cut(arg.slice(2));
    if (name === '' || name.startsWith('-')) return err(`bad flag syntax: ${arg}`);
    const flag = this.flags[name];
    if (flag === undefined) {
      if (name !== 'help') return err(`unknown flag: --${name}`);
      this.help = true;
      return ok();
    }
    const given = value ?? flag.alone ?? this.rest.shift();
    if (given === undefined) return err(`flag needs an argument: --${name}`);
    return this.set(name, flag, given);
  }

  private cluster(letters: string): Result<void, string> {
    for (let at = 0; at < letters.length; at++) {
      const letter = letters[at] as string;
      const entry = Object.entries(this.flags).find(([, flag]) => flag.short === letter);
      if (entry === undefined) {
        if (letter !== 'h') return err(`unknown shorthand flag: '${letter}' in -${letters.slice(at)}`);
        this.notices.push('Flag shorthand -h has been deprecated, use --help');
        this.help = true;
        continue;
      }
      const [name, flag] = entry;
      const after = letters.slice(at + 1);
      if (after.length > 1 && after.startsWith('=')) return this.set(name, flag, after.slice(1));
      if (flag.alone !== undefined) {
        const done = this.set(name, flag, flag.alone);
        if (!done.ok) return done;
        continue;
      }
      const given = after === '' ? this.rest.shift() : after;
      if (given === undefined) return err(`flag needs an argument: '${letter}' in -${letters.slice(at)}`);
      return this.set(name, flag, given);
    }
    return ok();
  }

  private set(name: string, flag: Flag<unknown>, text: string): Result<void, string> {
    const target = flag.sameAs ?? name;
    const parsed = flag.parse(text, this.values[target], this.changed.has(target));
    if (!parsed.ok) {
      const shown = flag.short === undefined ? `--${name}` : `-${flag.short}, --${name}`;
      return err(`invalid argument ${quote(text)} for "${shown}" flag: ${parsed.error}`);
    }
    this.values[target] = parsed.value;
    this.changed.add(target).add(name);
    if (flag.deprecated !== undefined) this.notices.push(`Flag --${name} has been deprecated, ${flag.deprecated}`);
    return ok();
  }
}

function cut(text: string): [string, string | undefined] {
  const at = text.indexOf('=');
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
