import type { Sys } from '../../../kernel/syscalls/proc.ts';
import { parseSignal, type Signal } from '../../../kernel/syscalls/signal.ts';
import { defineTool, type Tool } from '../tool.ts';
import { awaitCommand, becomeCommand, cannotRun, findProgram, startCommand } from './run-command.ts';
import { declareProgram } from '../../libc/command-line.ts';

/** env(1), printenv(1), which(1), nohup(1), timeout(1), xargs(1): programs that run programs. */

export const env = defineTool({
  name: 'env',
  options: 'iu:0',
  long: { 'ignore-environment': 'i', unset: 'u', null: '0' },
  stopEarly: true,
  usage: `[-i0] [-u NAME]... [-] [NAME=VALUE]... [PROG ARGS]

Print current environment or run PROG after setting up environment

	-, -i	Start with empty environment
	-0	NUL terminated output
	-u NAME	Remove variable from environment`,
  *run(tool) {
    const words = [...tool.operands];
    const empty = tool.has('i') || words[0] === '-';
    if (words[0] === '-') words.shift();
    const environment = new Map(empty ? [] : tool.proc.env);
    for (const name of tool.values('u')) environment.delete(name);
    while (words[0]?.includes('=')) {
      const word = words.shift() as string;
      environment.set(word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1));
    }
    if (words.length === 0) {
      const end = tool.has('0') ? '\0' : '\n';
      yield* tool.write([...environment].map(([name, value]) => `${name}=${value}${end}`).join(''));
      return 0;
    }
    return yield* become(tool, words, environment);
  },
});

/** Becomes a command, or tells why not. */
function* become(tool: Tool, words: readonly string[], environment?: ReadonlyMap<string, string>): Sys<number> {
  const status = yield* becomeCommand(tool.proc, words, environment);
  if (typeof status === 'number') return status;
  yield* tool.proc.write(2, cannotRun(tool.proc, words[0] ?? '', status));
  return status === 'ENOENT' ? 127 : 126;
}

export const printenv = declareProgram({ options: [] }, function* (proc) {
  const names = proc.argv.slice(1);
  if (names.length === 0) {
    yield* proc.write(1, [...proc.env].map(([name, value]) => `${name}=${value}\n`).join(''));
    return 0;
  }
  let status = 0;
  for (const name of names) {
    const value = proc.env.get(name);
    if (value === undefined) status = 1;
    else yield* proc.write(1, `${value}\n`);
  }
  return status;
});

export const which = defineTool({
  name: 'which',
  options: 'as',
  limits: { a: 'only the first match is shown' },
  usage: `[-a] COMMAND...

Locate COMMAND

	-a	Show all matches`,
  *run(tool) {
    if (tool.operands.length === 0) return tool.face === 'busybox' ? yield* tool.missingOperand() : 1;
    for (const name of tool.operands) {
      const path = yield* findProgram(tool.proc, name);
      if (path === null) tool.status = 1;
      else if (!tool.has('s')) yield* tool.write(`${path}\n`);
    }
    return tool.status;
  },
});

export const nohup = defineTool({
  name: 'nohup',
  stopEarly: true,
  misuse: 125,
  usage: `PROG ARGS

Run PROG immune to hangups, with output to a non-tty`,
  *run(tool) {
    const { proc } = tool;
    if (tool.operands.length === 0) return yield* tool.missingOperand();
    proc.disposition('SIGHUP', 'ignore');
    if (proc.isTty(1)) {
      const file = yield* proc.open('nohup.out', { write: true, create: true, append: true });
      if (!file.ok) return yield* tool.complain(`failed to open 'nohup.out': ${tool.strerror(file.error)}`);
      yield* proc.write(
        2,
        tool.face === 'gnu'
          ? "nohup: ignoring input and appending output to 'nohup.out'\n"
          : 'nohup: appending output to nohup.out\n',
      );
      yield* proc.duplicate(file.value, 1);
      if (proc.isTty(2)) yield* proc.duplicate(file.value, 2);
    }
    return yield* become(tool, tool.operands);
  },
});

const SECONDS: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 };

/** `5`, `0.5`, `2m`: nanoseconds; null: it is no time. */
export function duration(text: string): number | null {
  if (/^inf(?:inity)?$/.test(text)) return 1e9 * 86_400 * 365;
  const match = /^(\d+\.?\d*|\.\d+)([smhd]?)$/.exec(text);
  return match ? Number(match[1]) * (SECONDS[match[2] as string] as number) * 1e9 : null;
}

export const timeout = defineTool({
  name: 'timeout',
  options: 's:k:vfp',
  long: { signal: 's', 'kill-after': 'k', verbose: 'v', foreground: 'f', 'preserve-status': 'p' },
  stopEarly: true,
  misuse: 125,
  limits: { v: 'nothing is told' },
  usage: `[-s SIG] [-k KILL_SECS] SECS PROG ARGS

Run PROG. Send SIG to it if it is not gone in SECS seconds. Default SIG: TERM.`,
  *run(tool) {
    const { proc } = tool;
    const [limit, ...words] = tool.operands;
    if (limit === undefined || words.length === 0) return yield* tool.missingOperand();
    const time = duration(limit);
    if (time === null)
      return tool.face === 'gnu'
        ? yield* tool.misused(`invalid time interval ‘${limit}’`)
        : yield* tool.complain(`invalid number '${limit}'`);
    const signal = signalNamed(tool.value('s') ?? 'TERM');
    if (!signal) return yield* tool.misused(`‘${tool.value('s')}’: invalid signal`);
    const started = yield* startCommand(proc, words);
    if (!started.ok) {
      yield* proc.write(2, cannotRun(proc, words[0] as string, started.error));
      return started.error === 'ENOENT' ? 127 : 126;
    }
    const child = started.value;
    const after = duration(tool.value('k') ?? '') ?? 0;
    // A helper watches the clock, so that waiting needs no polling.
    const watcher = yield* proc.spawn({
      run: {
        *program(own) {
          yield* own.sleep(time);
          yield* own.kill(child, signal);
          if (after > 0) {
            yield* own.sleep(after);
            yield* own.kill(child, 'SIGKILL');
          }
          return 124;
        },
      },
      argv: ['timeout'],
      fds: [],
    });
    const start = proc.now();
    const status = yield* awaitCommand(proc, child);
    const late = time > 0 && proc.now() - start >= time;
    if (watcher.ok) {
      yield* proc.kill(watcher.value, 'SIGKILL');
      yield* awaitCommand(proc, watcher.value);
    }
    // GNU's says that the time was up, however the command took it; BusyBox's is the command itself by then.
    if (late && tool.face === 'gnu' && !tool.has('p')) return status === 137 ? 137 : 124;
    return late && status > 128 ? 143 : status;
  },
});

function signalNamed(text: string): Signal | undefined {
  return parseSignal(text);
}

export const xargs = defineTool({
  name: 'xargs',
  options: 'prt0n:s:I:d:L:P:xe:E:',
  long: {
    null: '0',
    'no-run-if-empty': 'r',
    verbose: 't',
    'max-args': 'n',
    replace: 'I',
    delimiter: 'd',
    interactive: 'p',
  },
  stopEarly: true,
  limits: {
    p: "doesn't ask",
    P: 'one after the other',
    s: 'no limit on the length',
    x: 'no limit on the length',
    e: 'no word ends the input',
    E: 'no word ends the input',
    L: 'counts words, not lines',
  },
  usage: `[OPTIONS] [PROG ARGS]

Run PROG on every item given by stdin

	-0	NUL terminated input
	-d CHAR	Items end with CHAR
	-r	Don't run command if input is empty
	-t	Print the command on stderr before execution
	-n N	Pass no more than N args to PROG
	-I STR	Replace STR within PROG ARGS with input line`,
  *run(tool) {
    const command = tool.operands.length > 0 ? [...tool.operands] : ['echo'];
    const input = (yield* tool.text('-')) ?? '';
    const replace = tool.value('I');
    const delimiter = tool.has('0') ? '\0' : tool.value('d')?.replace('\\n', '\n').replace('\\t', '\t');
    const items =
      delimiter !== undefined
        ? input.split(delimiter).filter((item, i, all) => item !== '' || i < all.length - 1)
        : replace !== undefined
          ? input
              .split('\n')
              .map((line) => line.trim())
              .filter(Boolean)
          : splitItems(input);
    if (items === null) {
      yield* tool.complain(
        tool.face === 'gnu'
          ? 'unmatched single quote; by default quotes are special to xargs unless you use the -0 option'
          : 'unmatched single quote',
      );
      return 1;
    }
    if (items.length === 0 && (tool.has('r') || replace !== undefined || (tool.face === 'busybox' && tool.has('r'))))
      return 0;
    const most = replace !== undefined ? 1 : Number(tool.value('n') ?? tool.value('L') ?? 5000);
    let status = 0;
    for (let i = 0; i === 0 || i < items.length; i += most) {
      const part = items.slice(i, i + most);
      const words =
        replace === undefined ? [...command, ...part] : command.map((word) => word.replaceAll(replace, part[0] ?? ''));
      if (tool.has('t')) yield* tool.proc.write(2, `${words.join(' ')}\n`);
      const started = yield* startCommand(tool.proc, words);
      if (!started.ok) {
        yield* tool.proc.write(2, cannotRun(tool.proc, words[0] as string, started.error));
        return started.error === 'ENOENT' ? 127 : 126;
      }
      const ended = yield* awaitCommand(tool.proc, started.value);
      if (ended === 255) return 124;
      if (ended !== 0) status = ended >= 128 ? 125 : 123;
    }
    return status;
  },
});

/** Words by blanks, quotes and backslashes; null: a quote has no end. */
function splitItems(text: string): string[] | null {
  const items: string[] = [];
  let item: string | null = null;
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string;
    if (c === '"' || c === "'") {
      const end = text.indexOf(c, i + 1);
      if (end < 0) return null;
      item = (item ?? '') + text.slice(i + 1, end);
      i = end;
    } else if (c === '\\' && i + 1 < text.length) item = (item ?? '') + text[++i];
    else if (/\s/.test(c)) {
      if (item !== null) items.push(item);
      item = null;
    } else item = (item ?? '') + c;
  }
  if (item !== null) items.push(item);
  return items;
}
