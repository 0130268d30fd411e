import { err, ok, type Result } from '../../../base/result.ts';
import type { Context, Directive } from './directive.ts';
import type { DirectiveSpec } from './directive-spec.ts';
import { DIRECTIVES, NOT_MODELLED, UPSTREAM_SERVER } from './directive-table.ts';
import { TokenReader } from './tokens.ts';
import type { Sys } from '../../../kernel/syscalls/proc.ts';

/** What the reader needs of the world around it. */
export interface ConfigFiles {
  /** A file's text, or why there is none, in nginx's words. */
  read(path: string): Sys<Result<string, string>>;
  /** The files that a pattern stands for, in order. */
  glob(pattern: string): Sys<readonly string[]>;
}

const DEEPEST_INCLUDE = 20;

/** Reads a configuration with all that it includes, and checks each directive where it stands (core/ngx_conf_file.c). */
export class ConfigReader {
  /** What is no mistake, but has to be said. */
  readonly warnings: string[] = [];
  /** Every file that was read, for `nginx -T`. */
  readonly files: { readonly path: string; readonly text: string }[] = [];

  constructor(
    private readonly source: ConfigFiles,
    /** The folder that relative names start from. */
    private readonly prefix: string,
  ) {}

  *file(path: string): Sys<Result<Directive[], string>> {
    const text = yield* this.source.read(path);
    return text.ok ? yield* this.parse(path, text.value, 'main', 0) : text;
  }

  private *parse(path: string, text: string, context: Context, depth: number): Sys<Result<Directive[], string>> {
    this.files.push({ path, text });
    return yield* this.block(new TokenReader(text), path, context, depth, 'end');
  }

  /** Directives given by themselves (`-g`). */
  *text(text: string): Sys<Result<Directive[], string>> {
    const read = yield* this.block(new TokenReader(text), null, 'main', 0, 'end');
    return read.ok ? read : err(`${read.error} in command line`);
  }

  private *block(
    reader: TokenReader,
    file: string | null,
    context: Context,
    depth: number,
    until: '}' | 'end',
  ): Sys<Result<Directive[], string>> {
    const directives: Directive[] = [];
    const place = (text: string) => err(file === null ? text : `${text} in ${file}:${reader.line}`);
    for (;;) {
      const statement = reader.next();
      if (!statement.ok) return place(statement.error);
      const { words, end, line } = statement.value;
      if (end === 'end') return until === 'end' ? ok(directives) : place('unexpected end of file, expecting "}"');
      if (end === '}') return until === '}' ? ok(directives) : place('unexpected "}"');
      const [name = '', ...args] = words;
      if (name === 'include' && end === ';' && args.length === 1) {
        const included = yield* this.include(args[0] as string, context, depth);
        if (typeof included === 'string') return place(included);
        if (!included.ok) return included;
        directives.push(...included.value);
        continue;
      }
      if (context === 'types' || context === 'map') {
        if (end === '{') return place(`unexpected "{"`);
        directives.push({ name, args, file: file ?? '', line, block: null });
        continue;
      }
      const spec = specFor(name, context);
      const problem = typeof spec === 'string' ? spec : mistake(spec, name, args, end, directives);
      if (problem !== null || typeof spec === 'string') return place(problem as string);
      if (spec.noEffect) this.warnings.push(`"${name}" has no effect on this simulated host in ${file}:${line}`);
      let block: Directive[] | null = null;
      if (spec.block) {
        const inner = yield* this.block(reader, file, spec.block, depth, '}');
        if (!inner.ok) return inner;
        block = inner.value;
      }
      directives.push({ name, args, file: file ?? '', line, block });
    }
  }

  private *include(pattern: string, context: Context, depth: number): Sys<Result<Directive[], string> | string> {
    const path = pattern.startsWith('/') ? pattern : `${this.prefix}/${pattern}`;
    if (depth >= DEEPEST_INCLUDE) return `too many levels of include of "${path}"`;
    const paths = /[*?[]/.test(path) ? yield* this.source.glob(path) : [path];
    const all: Directive[] = [];
    for (const each of paths) {
      const text = yield* this.source.read(each);
      if (!text.ok) return text.error;
      const inner = yield* this.parse(each, text.value, context, depth + 1);
      if (!inner.ok) return inner;
      all.push(...inner.value);
    }
    return ok(all);
  }
}

function specFor(name: string, context: Context): DirectiveSpec | string {
  const known = context === 'upstream' && name === 'server' ? UPSTREAM_SERVER : DIRECTIVES.get(name);
  if (!known)
    return NOT_MODELLED.has(name)
      ? `directive "${name}" is not modelled on this simulated host`
      : `unknown directive "${name}"`;
  return known.contexts.includes(context) ? known : `"${name}" directive is not allowed here`;
}

function mistake(
  { block, least, most, repeats, check }: DirectiveSpec,
  name: string,
  args: readonly string[],
  end: ';' | '{',
  before: readonly Directive[],
): string | null {
  if (!block && end === '{') return `directive "${name}" is not terminated by ";"`;
  if (block && end === ';') return `directive "${name}" has no opening "{"`;
  if (args.length < least || args.length > most) return `invalid number of arguments in "${name}" directive`;
  if (!repeats && before.some((each) => each.name === name)) return `"${name}" directive is duplicate`;
  return check?.(args, name) ?? null;
}
