import type { Stat } from '../../../kernel/syscalls/file.ts';
import type { Proc, Sys } from '../../../kernel/syscalls/proc.ts';
import { type Errno, strerror } from '../../../kernel/syscalls/errno.ts';
import { type CommandLine, declareProgram, wordOptions } from '../../libc/command-line.ts';
import { baseName, joinPath } from '../paths.ts';
import { runCommand } from '../system/run-command.ts';
import { wildcard } from '../wildcard.ts';

/** find(1): names, types, sizes, times, -exec, -delete, and the operators ! -a -o ( ). */
type Test = (file: Found) => Sys<boolean>;

interface Found {
  readonly path: string;
  readonly depth: number;
  readonly stat: Stat;
}

class Problem {
  constructor(readonly text: string) {}
}

interface Plan {
  readonly test: Test;
  readonly least: number;
  readonly most: number;
  readonly depthFirst: boolean;
  /** Commands that take all paths at once, `-exec … +`. */
  readonly batches: readonly { readonly words: readonly string[]; readonly paths: string[] }[];
}

/** Predicates that are followed by a value. */
const WITH_VALUE = [
  '-name',
  '-iname',
  '-path',
  '-ipath',
  '-type',
  '-maxdepth',
  '-mindepth',
  '-size',
  '-mtime',
  '-mmin',
  '-newer',
  '-user',
  '-perm',
  '-links',
  '-inum',
];
const ALONE = ['-print', '-print0', '-depth', '-true', '-xdev', '-mount', '-empty', '-delete', '-a', '-o', '-not'];
const COMMAND_LINE: CommandLine = {
  options: [
    ...wordOptions([...ALONE, '-exec', '-ok'], {
      xdev: 'goes into other file systems',
      mount: 'goes into other file systems',
    }),
    ...wordOptions(WITH_VALUE.map((word) => `${word}=`)),
  ],
};

export const find = declareProgram(COMMAND_LINE, function* (proc) {
  const args = proc.argv.slice(1);
  const gnu = proc.library === 'glibc';
  const at = args.findIndex((arg) => /^[-(!]/.test(arg));
  const roots = at < 0 ? args : args.slice(0, at);
  const plan = new Parser(proc, at < 0 ? [] : args.slice(at)).plan();
  if (plan instanceof Problem) {
    yield* proc.write(2, `find: ${plan.text}\n`);
    return 1;
  }
  let status = 0;
  const complain = function* (path: string, error: Errno): Sys<void> {
    status = 1;
    yield* proc.write(
      2,
      gnu ? `find: ‘${path}’: ${strerror(error, proc.library)}\n` : `find: ${path}: ${strerror(error, proc.library)}\n`,
    );
  };
  const visit = function* (path: string, depth: number): Sys<void> {
    const stat = yield* proc.stat(path, { followLinks: false });
    if (!stat.ok) return yield* complain(path, stat.error);
    const file = { path, depth, stat: stat.value };
    if (!plan.depthFirst && depth >= plan.least) yield* plan.test(file);
    if (stat.value.type === 'directory' && depth < plan.most) {
      const entries = yield* proc.readDirectory(path);
      if (!entries.ok) yield* complain(path, entries.error);
      else for (const { name } of entries.value) yield* visit(joinPath(path, name), depth + 1);
    }
    if (plan.depthFirst && depth >= plan.least) yield* plan.test(file);
  };
  for (const root of roots.length > 0 ? roots : ['.']) yield* visit(root, 0);
  for (const { words, paths } of plan.batches) if (paths.length > 0) yield* runCommand(proc, [...words, ...paths]);
  return status;
});

/** Signs of a number: +n more, -n less, n exactly. */
function amount(text: string): ((value: number) => boolean) | null {
  const match = /^([-+]?)(\d+)$/.exec(text);
  if (!match) return null;
  const number = Number(match[2]);
  return (value) => (match[1] === '+' ? value > number : match[1] === '-' ? value < number : value === number);
}

const DAY = 86_400_000;

class Parser {
  private at = 0;
  private least = 0;
  private most = Number.POSITIVE_INFINITY;
  private depthFirst = false;
  private acts = false;
  private depth = 0;
  private readonly batches: { readonly words: readonly string[]; readonly paths: string[] }[] = [];

  constructor(
    private readonly proc: Proc,
    private readonly words: readonly string[],
  ) {}

  plan(): Plan | Problem {
    const expression = this.words.length === 0 ? always(true) : this.or();
    if (expression instanceof Problem) return expression;
    if (this.at < this.words.length)
      return new Problem(
        this.words[this.at] === ')'
          ? "you have too many ')'"
          : `paths must precede expression: \`${this.words[this.at]}'`,
      );
    const { proc } = this;
    const test: Test = this.acts
      ? expression
      : function* (file) {
          return (yield* expression(file)) && (yield* proc.write(1, `${file.path}\n`)).ok;
        };
    return { test, least: this.least, most: this.most, depthFirst: this.depthFirst, batches: this.batches };
  }

  private or(): Test | Problem {
    let left = this.and();
    while (!(left instanceof Problem) && (this.words[this.at] === '-o' || this.words[this.at] === '-or')) {
      this.at++;
      const [before, right]: [Test, Test | Problem] = [left, this.and()];
      if (right instanceof Problem) return right;
      left = function* (file) {
        return (yield* before(file)) || (yield* right(file));
      };
    }
    return left;
  }

  private and(): Test | Problem {
    let left = this.not();
    for (;;) {
      if (left instanceof Problem) return left;
      const word = this.words[this.at];
      if (word === undefined || word === '-o' || word === '-or' || word === ')') return left;
      if (word === '-a' || word === '-and') this.at++;
      const [before, right]: [Test, Test | Problem] = [left, this.not()];
      if (right instanceof Problem) return right;
      left = function* (file) {
        return (yield* before(file)) && (yield* right(file));
      };
    }
  }

  private not(): Test | Problem {
    const word = this.words[this.at];
    if (word === '!' || word === '-not') {
      this.at++;
      if (++this.depth > 200) return new Problem('expression too complicated');
      const inner = this.not();
      if (inner instanceof Problem) return inner;
      return function* (file) {
        return !(yield* inner(file));
      };
    }
    if (word !== '(') return this.primary();
    this.at++;
    if (++this.depth > 200) return new Problem('expression too complicated');
    const inner = this.or();
    if (inner instanceof Problem) return inner;
    if (this.words[this.at] !== ')')
      return new Problem("invalid expression; I was expecting to find a ')' somewhere but did not see one.");
    this.at++;
    return inner;
  }

  private primary(): Test | Problem {
    const word = this.words[this.at++];
    if (word === undefined) return new Problem('invalid expression');
    const { proc } = this;
    const gnu = proc.library === 'glibc';
    const value = (): string | Problem =>
      this.words[this.at++] ?? new Problem(gnu ? `missing argument to \`${word}'` : `${word} requires an argument`);
    switch (word) {
      case '-print':
      case '-print0':
        this.acts = true;
        return function* (file) {
          return (yield* proc.write(1, `${file.path}${word === '-print' ? '\n' : '\0'}`)).ok;
        };
      case '-depth':
        this.depthFirst = true;
        return always(true);
      case '-true':
        return always(true);
      case '-xdev':
      case '-mount':
        return always(true);
      case '-empty':
        return function* ({ path, stat }) {
          if (stat.type !== 'directory') return stat.type === 'file' && stat.size === 0;
          const entries = yield* proc.readDirectory(path);
          return entries.ok && entries.value.length === 0;
        };
      case '-delete':
        this.acts = true;
        this.depthFirst = true;
        return function* ({ path, stat }) {
          const gone = stat.type === 'directory' ? yield* proc.removeDirectory(path) : yield* proc.unlink(path);
          if (!gone.ok)
            yield* proc.write(
              2,
              gnu
                ? `find: cannot delete ‘${path}’: ${strerror(gone.error, proc.library)}\n`
                : `find: ${path}: ${strerror(gone.error, proc.library)}\n`,
            );
          return gone.ok;
        };
      case '-exec':
      case '-ok':
        return this.exec();
    }
    if (!WITH_VALUE.includes(word)) return new Problem(gnu ? `unknown predicate \`${word}'` : `unrecognized: ${word}`);
    const argument = value();
    if (argument instanceof Problem) return argument;
    return this.withArgument(word, argument);
  }

  private withArgument(word: string, argument: string): Test | Problem {
    const { proc } = this;
    switch (word) {
      case '-name':
      case '-iname':
      case '-path':
      case '-ipath': {
        const matches = wildcard(argument, { ignoreCase: word.startsWith('-i') });
        return plain(({ path }) => matches(word.endsWith('name') ? baseName(path) : path));
      }
      case '-type': {
        const type = ({ f: 'file', d: 'directory', l: 'symlink', p: 'pipe', s: 'socket', c: 'character' } as const)[
          argument
        ];
        return type ? plain(({ stat }) => stat.type === type) : new Problem(`Unknown argument to -type: ${argument}`);
      }
      case '-maxdepth':
        this.most = Number(argument);
        return always(true);
      case '-mindepth':
        this.least = Number(argument);
        return always(true);
      case '-perm': {
        const bits = Number.parseInt(argument.replace(/^[-/]/, ''), 8);
        return plain(({ stat }) =>
          argument.startsWith('-')
            ? (stat.mode & bits) === bits
            : argument.startsWith('/')
              ? (stat.mode & bits) !== 0
              : (stat.mode & 0o7777) === bits,
        );
      }
      case '-user':
        return plain(
          ({ stat }) => (argument === 'root' ? 0 : argument === 'user' ? 1000 : Number(argument)) === stat.uid,
        );
      case '-newer':
        return function* ({ stat }) {
          const other = yield* proc.stat(argument);
          return other.ok && stat.modified > other.value.modified;
        };
      case '-size': {
        const unit = { c: 1, w: 2, b: 512, k: 1024, M: 1 << 20, G: 1 << 30 }[argument.at(-1) as 'c'] ?? 512;
        const fits = amount(argument.replace(/[cwbkMG]$/, ''));
        return fits
          ? plain(({ stat }) => fits(Math.ceil(stat.size / unit)))
          : new Problem(`invalid number '${argument}'`);
      }
      default: {
        const fits = amount(argument);
        if (!fits) return new Problem(`invalid number '${argument}'`);
        return plain(({ stat }) =>
          fits(
            word === '-links'
              ? stat.links
              : word === '-inum'
                ? stat.inode
                : Math.floor((proc.date() - stat.modified) / (word === '-mmin' ? 60_000 : DAY)),
          ),
        );
      }
    }
  }

  private exec(): Test | Problem {
    this.acts = true;
    const end = this.words.findIndex(
      (word, i) => i >= this.at && (word === ';' || (word === '+' && this.words[i - 1] === '{}')),
    );
    if (end < 0) return new Problem("missing argument to `-exec'");
    const words = this.words.slice(this.at, end);
    const together = this.words[end] === '+';
    this.at = end + 1;
    if (together) {
      const batch = { words: words.slice(0, -1), paths: [] as string[] };
      this.batches.push(batch);
      return plain(({ path }) => {
        batch.paths.push(path);
        return true;
      });
    }
    const { proc } = this;
    return function* ({ path }) {
      return (
        (yield* runCommand(
          proc,
          words.map((word) => word.replaceAll('{}', path)),
        )) === 0
      );
    };
  }
}

const always = (value: boolean): Test => plain(() => value);

function plain(test: (file: Found) => boolean): Test {
  return function* (file) {
    return test(file);
  };
}
