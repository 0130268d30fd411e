import type {
  ArithmeticFor,
  Case,
  CommandNode,
  CompoundList,
  For,
  If,
  Redirected,
  Select,
  Subshell,
  While,
} from 'unbash';
import type { Sys } from '../../kernel/syscalls/proc.ts';
import { expandArithmetic } from '../expand/expand-arithmetic.ts';
import { expandPattern, expandText, expandWords } from '../expand/expand-word.ts';
import { compilePattern } from '../expand/pattern.ts';
import { assign } from '../state/parameters.ts';
import type { Shell } from '../state/shell.ts';
import { evaluateTest } from './conditional.ts';
import { addJob, startSubshell, waitForeground } from './processes.ts';
import { closeAll, redirect } from './redirect.ts';
import { checkSignals } from './signals.ts';
import { runSimple } from './simple-command.ts';

/** The compound commands (POSIX.1 XCU 2.9.4; bash(1), "Compound Commands"). */
export function* runCommand(shell: Shell, node: CommandNode | CompoundList, tail = false): Sys<number> {
  switch (node.type) {
    case 'Command':
      return yield* runSimple(shell, node, tail);
    case 'Redirected':
      return yield* runRedirected(shell, node);
    case 'CompoundList':
      return yield* shell.interpreter.runList(shell, node, tail);
    case 'BraceGroup':
      return yield* shell.interpreter.runList(shell, node.body, tail);
    case 'Subshell':
      return yield* runSubshell(shell, node, tail);
    case 'If':
      return yield* runIf(shell, node, tail);
    case 'For':
      return yield* runFor(shell, node);
    case 'ArithmeticFor':
      return yield* runArithmeticFor(shell, node);
    case 'While':
      return yield* runWhile(shell, node);
    case 'Case':
      return yield* runCase(shell, node, tail);
    case 'Select':
      return yield* runSelect(shell, node);
    case 'Function':
      shell.functions.set(node.name.value, { body: node.body, source: shell.source, firstLine: shell.firstLine });
      return 0;
    case 'TestCommand':
      return yield* evaluateTest(shell, node.expression);
    case 'ArithmeticCommand': {
      if (shell.flavor === 'ash') return yield* bashOnly(shell, '((');
      const value = yield* expandArithmetic(shell, node.body, '((: ');
      return value === null || value === 0n ? 1 : 0;
    }
    case 'Coproc':
      return yield* bashOnly(shell, 'coproc');
  }
}

function* bashOnly(shell: Shell, what: string): Sys<number> {
  yield* shell.complain(`${what} is not supported here`);
  return 2;
}

function* runRedirected(shell: Shell, node: Redirected): Sys<number> {
  shell.line = shell.lineOf(node.pos);
  const redirected = yield* redirect(shell, node.redirects);
  if (!redirected) return shell.unwinding ? shell.status : 1;
  const outer = shell.io;
  shell.io = redirected.io;
  const status = yield* runCommand(shell, node.command);
  if (shell.io === redirected.io) shell.io = outer;
  yield* closeAll(shell, redirected.opened);
  return status;
}

function* runSubshell(shell: Shell, { body, pos, end }: Subshell, tail: boolean): Sys<number> {
  // A subshell that is last in a subshell needs no process of its own.
  if (tail && shell.inSubshell && shell.traps.size === 0) return yield* shell.interpreter.runList(shell, body, true);
  const started = yield* startSubshell(shell, (copy) => copy.interpreter.runList(copy, body, true), {
    io: shell.io,
    ...(shell.jobControl && { group: 'new' as const, foreground: true }),
  });
  if (!started.ok) return shell.status;
  return yield* waitForeground(shell, addJob(shell, [started.value], shell.source.slice(pos, end), false));
}

function* condition(shell: Shell, list: CompoundList): Sys<number> {
  shell.conditionDepth++;
  const status = yield* shell.interpreter.runList(shell, list);
  shell.conditionDepth--;
  return status;
}

function* runIf(shell: Shell, node: If, tail: boolean): Sys<number> {
  for (const { clause, then } of [node, ...node.elif]) {
    const status = yield* condition(shell, clause);
    if (shell.unwinding) return shell.status;
    if (status === 0) return yield* shell.interpreter.runList(shell, then, tail);
  }
  return node.else ? yield* shell.interpreter.runList(shell, node.else, tail) : 0;
}

/** Runs a loop's body once; false: the loop is over. */
function* turn(shell: Shell, body: CompoundList): Sys<boolean> {
  yield* shell.proc.cpu();
  yield* checkSignals(shell);
  if (shell.unwinding) return false;
  shell.status = yield* shell.interpreter.runList(shell, body);
  return yield* goesOn(shell);
}

function* goesOn(shell: Shell): Sys<boolean> {
  yield* checkSignals(shell);
  const { unwinding } = shell;
  if (!unwinding) return true;
  if (unwinding.kind !== 'break' && unwinding.kind !== 'continue') return false;
  if (unwinding.levels > 1) {
    shell.unwinding = { kind: unwinding.kind, levels: unwinding.levels - 1 };
    return false;
  }
  shell.unwinding = null;
  return unwinding.kind === 'continue';
}

function* runFor(shell: Shell, node: For): Sys<number> {
  const items = node.wordlist ? yield* expandWords(shell, node.wordlist) : [...shell.positional];
  if (shell.unwinding) return shell.status;
  shell.status = 0;
  shell.loopDepth++;
  for (const item of items) {
    if (!(yield* assign(shell, node.name.value, item))) break;
    if (!(yield* turn(shell, node.body))) break;
  }
  shell.loopDepth--;
  return shell.status;
}

function* runArithmeticFor(shell: Shell, node: ArithmeticFor): Sys<number> {
  if (shell.flavor === 'ash') return yield* bashOnly(shell, 'for ((');
  const text = (part: { readonly pos: number; readonly end: number } | undefined) =>
    part ? shell.source.slice(part.pos, part.end) : '';
  const [first, test, update] = [text(node.initialize), text(node.test), text(node.update)];
  if ((yield* expandArithmetic(shell, first, '((: ')) === null) return 1;
  shell.status = 0;
  shell.loopDepth++;
  for (;;) {
    if (test !== '') {
      const value = yield* expandArithmetic(shell, test, '((: ');
      if (value === null) shell.status = 1;
      if (value === null || value === 0n) break;
    }
    if (!(yield* turn(shell, node.body))) break;
    if (update !== '' && (yield* expandArithmetic(shell, update, '((: ')) === null) break;
  }
  shell.loopDepth--;
  return shell.status;
}

function* runWhile(shell: Shell, { kind, clause, body }: While): Sys<number> {
  shell.loopDepth++;
  let last = 0;
  for (;;) {
    const status = yield* condition(shell, clause);
    if (shell.unwinding) {
      if (yield* goesOn(shell)) continue;
      last = shell.status;
      break;
    }
    if ((status === 0) !== (kind === 'while')) break;
    const again = yield* turn(shell, body);
    last = shell.status;
    if (!again) break;
  }
  shell.loopDepth--;
  shell.status = last;
  return last;
}

function* runCase(shell: Shell, { word, items }: Case, tail: boolean): Sys<number> {
  const text = yield* expandText(shell, word);
  let falling = false;
  let status = 0;
  for (const { pattern, body, terminator } of items) {
    for (const each of falling ? [] : pattern) {
      const matches = compilePattern(yield* expandPattern(shell, each));
      if (shell.unwinding) return shell.status;
      falling = matches(text);
      if (falling) break;
    }
    if (!falling) continue;
    status = yield* shell.interpreter.runList(shell, body, tail && (terminator ?? ';;') === ';;');
    if (shell.unwinding || (terminator ?? ';;') === ';;') return shell.unwinding ? shell.status : status;
    falling = terminator === ';&';
  }
  return status;
}

function* runSelect(shell: Shell, node: Select): Sys<number> {
  if (shell.flavor === 'ash') return yield* bashOnly(shell, 'select');
  const items = node.wordlist ? yield* expandWords(shell, node.wordlist) : [...shell.positional];
  if (shell.unwinding || items.length === 0) return shell.status;
  shell.loopDepth++;
  yield* shell.error(items.map((item, i) => `${i + 1}) ${item}\n`).join(''));
  for (;;) {
    yield* shell.error(shell.variables.get('PS3') ?? '#? ');
    const status = yield* shell.interpreter.runWords(shell, ['read', '-r', 'REPLY']);
    if (status !== 0 || shell.unwinding) break;
    const choice = items[Number(shell.variables.get('REPLY')) - 1] ?? '';
    if (!(yield* assign(shell, node.name.value, choice)) || !(yield* turn(shell, node.body))) break;
  }
  shell.loopDepth--;
  return shell.status;
}
