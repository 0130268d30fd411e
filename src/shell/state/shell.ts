import type {
  CommandExpansionPart,
  CompoundCommand,
  CompoundList,
  ParameterExpansionPart,
  ParsedScript,
  Redirected,
} from 'unbash';
import type { Chunk } from '../expand/split-fields.ts';
import type { Fd, Pid, Proc, Sys } from '../../kernel/syscalls/proc.ts';
import type { Signal } from '../../kernel/syscalls/signal.ts';
import { strerror, type Errno } from '../../kernel/syscalls/errno.ts';
import type { Parsed } from '../parse/parse-command.ts';
import type { Job } from '../run/job.ts';
import { Variables } from './variables.ts';

/** Which shell it is: bash on the host, BusyBox's ash in images. */
export type Flavor = 'bash' | 'ash';

/** What is on its way out of the commands around it. Its status stands in `Shell.status`. */
export type Unwinding =
  | { readonly kind: 'break' | 'continue'; readonly levels: number }
  | { readonly kind: 'return' }
  | { readonly kind: 'exit' }
  /** An interrupt, or an error that ends an interactive shell's line but not the shell. */
  | { readonly kind: 'abandon' };

export interface ShellFunction {
  readonly body: CompoundCommand | Redirected | CompoundList;
  /** The text that the body's positions point into. */
  readonly source: string;
  readonly firstLine: number;
}

export type TrapName = Signal | 'EXIT' | 'ERR';

export interface ShellOptions {
  errexit: boolean;
  nounset: boolean;
  xtrace: boolean;
  verbose: boolean;
  noglob: boolean;
  noexec: boolean;
  noclobber: boolean;
  allexport: boolean;
  pipefail: boolean;
  nullglob: boolean;
  dotglob: boolean;
}

/** The parts of the interpreter that call each other in a circle; `run/interpreter.ts` ties them together. */
export interface Interpreter {
  runScript(shell: Shell, script: ParsedScript): Sys<number>;
  runList(shell: Shell, list: CompoundList, tail?: boolean): Sys<number>;
  runCommand(shell: Shell, node: ShellFunction['body'], tail?: boolean): Sys<number>;
  /** Parses and runs a text, as eval does. */
  runText(shell: Shell, text: string, options?: RunTextOptions): Sys<number>;
  parse(text: string): Parsed;
  builtinNames(flavor: Flavor): Iterable<string>;
  /** `set`, and the shell's own options: what is left; null: one makes no sense, which has been told. */
  setOptions(
    shell: Shell,
    args: readonly string[],
    as: string,
  ): Sys<{ readonly rest: readonly string[]; readonly positional: boolean } | null>;
  substitute(shell: Shell, part: CommandExpansionPart): Sys<string>;
  expandParameter(
    shell: Shell,
    part: ParameterExpansionPart,
    chunks: Chunk[],
    context: 'plain' | 'double' | 'document',
  ): Sys<void>;
  expandTemplate(shell: Shell, text: string): Sys<string>;
  runWords(
    shell: Shell,
    words: readonly string[],
    options?: { readonly functions?: boolean; readonly tail?: boolean },
  ): Sys<number>;
}

export interface RunTextOptions {
  /** Nothing is done after it: its last command may replace the shell. */
  readonly tail?: boolean;
  readonly firstLine?: number;
}

const NO_OPTIONS: ShellOptions = {
  errexit: false,
  nounset: false,
  xtrace: false,
  verbose: false,
  noglob: false,
  noexec: false,
  noclobber: false,
  allexport: false,
  pipefail: false,
  nullglob: false,
  dotglob: false,
};

/** Calls within calls: beyond that bash would run out of stack. */
export const DEEPEST_CALL = 200;

/** The state of one shell process. A subshell gets a copy (`copy`), as fork(2) would give it. */
export class Shell {
  proc: Proc;
  readonly flavor: Flavor;
  /** $0. */
  name: string;
  variables = new Variables();
  functions = new Map<string, ShellFunction>();
  aliases = new Map<string, string>();
  options: ShellOptions = { ...NO_OPTIONS };
  traps = new Map<TrapName, string>();
  positional: readonly string[] = [];
  status = 0;
  /** The statuses of the last pipeline's commands (bash's PIPESTATUS). */
  pipeStatus: readonly number[] = [0];
  unwinding: Unwinding | null = null;
  /** The shell's descriptors: the number that commands use to the one the kernel gave. */
  io: ReadonlyMap<number, Fd> = new Map([
    [0, 0],
    [1, 1],
    [2, 2],
  ]);
  interactive = false;
  jobControl = false;
  /** `$$`: the first shell's, in subshells too. */
  mainPid: Pid;
  inSubshell = false;
  lastBackground: Pid | null = null;
  jobs: Job[] = [];
  /** The text that positions point into, and the line that runs. */
  source = '';
  firstLine = 1;
  line = 1;
  /** Reads a script's file or -c text, as error messages tell them. */
  reading: 'terminal' | 'string' | 'file' | 'stdin' = 'stdin';
  loopDepth = 0;
  callDepth = 0;
  sourceDepth = 0;
  evalDepth = 0;
  /** Inside a condition `set -e` doesn't act. */
  conditionDepth = 0;
  lastArgument = '';
  /** The status of the last command substitution in a command without a name. */
  substitutionStatus: number | null = null;
  /** Signals with a trap that wait for a moment between two commands. */
  pendingTraps: Signal[] = [];
  /** An interrupt came while a child had the word. */
  interrupted = false;
  history: string[] = [];
  hash = new Map<string, string>();
  getoptsOffset = 1;
  exiting = false;

  constructor(
    proc: Proc,
    flavor: Flavor,
    name: string,
    private readonly getInterpreter: () => Interpreter,
  ) {
    this.proc = proc;
    this.flavor = flavor;
    this.name = name;
    this.mainPid = proc.pid;
  }

  get interpreter(): Interpreter {
    return this.getInterpreter();
  }

  /** A copy for a child process, which sets `proc` when it starts. */
  copy(): Shell {
    const copy: Shell = Object.assign(Object.create(Shell.prototype) as Shell, this);
    copy.variables = this.variables.copy();
    copy.functions = new Map(this.functions);
    copy.aliases = new Map(this.aliases);
    copy.options = { ...this.options };
    // Traps are reset in a subshell, but for ignored signals.
    copy.traps = new Map([...this.traps].filter(([, action]) => action === ''));
    copy.io = new Map([...this.io.keys()].map((fd) => [fd, fd]));
    copy.jobs = [];
    copy.hash = new Map(this.hash);
    copy.pendingTraps = [];
    copy.interactive = false;
    copy.jobControl = false;
    copy.inSubshell = true;
    copy.loopDepth = 0;
    copy.unwinding = null;
    copy.interrupted = false;
    copy.exiting = false;
    return copy;
  }

  /** The line of a position in the running text. */
  lineOf(position: number): number {
    let line = this.firstLine;
    for (let at = this.source.indexOf('\n'); at >= 0 && at < position; at = this.source.indexOf('\n', at + 1)) line++;
    return line;
  }

  strerror(errno: Errno): string {
    return strerror(errno, this.proc.library);
  }

  *out(text: string): Sys<boolean> {
    return yield* this.write(1, text);
  }

  *error(text: string): Sys<void> {
    yield* this.write(2, text);
  }

  /** Writes to a descriptor of the shell's; false: it can't be written. */
  *write(fd: number, text: string): Sys<boolean> {
    const own = this.io.get(fd);
    if (own === undefined) return false;
    return (yield* this.proc.write(own, text)).ok;
  }

  /** An error message with the shell's name in front, and the line where the shell would say it. */
  *complain(text: string): Sys<void> {
    yield* this.error(`${this.messagePrefix()}${text}\n`);
  }

  messagePrefix(): string {
    if (this.flavor === 'bash')
      return this.reading === 'terminal' ? `${this.name}: ` : `${this.name}: line ${this.line}: `;
    return this.reading === 'file' ? `${this.name}: line ${this.line}: ` : `${this.name}: `;
  }

  /** Ends the shell, as an error in an expansion does; an interactive one only leaves the line. */
  fail(status: number): void {
    this.status = status;
    this.unwinding ??= { kind: this.interactive ? 'abandon' : 'exit' };
  }
}
