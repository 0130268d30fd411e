import type { AndOr, CommandNode, Pipeline, PipelineNode, Statement } from 'unbash';
import type { Fd, Pid, Sys } from '../../kernel/syscalls/proc.ts';
import type { Shell } from '../state/shell.ts';
import { runCommand } from './compound.ts';
import type { Job } from './job.ts';
import { addJob, startSubshell, waitForeground } from './processes.ts';
import { checkSignals, runTrap } from './signals.ts';

/** One statement of a list: in the foreground or behind (POSIX.1 XCU 2.9.3). */
export function* runStatement(shell: Shell, statement: Statement, tail: boolean): Sys<number> {
  if (statement.background) return yield* runBehind(shell, statement);
  const { command } = statement;
  const status =
    command.type === 'AndOr' ? yield* runAndOr(shell, command, tail) : yield* runPipeline(shell, command, tail);
  if (shell.unwinding) return shell.status;
  shell.status = status;
  return status;
}

function* runAndOr(shell: Shell, { commands, operators }: AndOr, tail: boolean): Sys<number> {
  let status = 0;
  for (const [i, command] of commands.entries()) {
    const operator = operators[i - 1];
    if ((operator === '&&' && status !== 0) || (operator === '||' && status === 0)) continue;
    const last = i === commands.length - 1;
    if (!last) shell.conditionDepth++;
    status = yield* runPipeline(shell, command, tail && last);
    if (!last) shell.conditionDepth--;
    if (shell.unwinding) return shell.status;
    shell.status = status;
  }
  return status;
}

function* runPipeline(shell: Shell, node: PipelineNode, tail: boolean): Sys<number> {
  const isPipeline = node.type === 'Pipeline';
  const negated = isPipeline && node.prefixes.filter(({ type }) => type === 'Negation').length % 2 === 1;
  const timed = isPipeline && node.prefixes.some(({ type }) => type === 'Time');
  const start = shell.proc.now();
  if (negated) shell.conditionDepth++;
  let status = isPipeline
    ? node.commands.length > 1
      ? yield* waitForeground(shell, yield* startPipeline(shell, node, textOf(shell, node), false))
      : yield* runOne(shell, node.commands[0] as CommandNode | undefined, false)
    : yield* runOne(shell, node, tail);
  if (negated) shell.conditionDepth--;
  if (timed) yield* tellTime(shell, shell.proc.now() - start);
  if (shell.unwinding) return shell.status;
  if (negated) status = status === 0 ? 1 : 0;
  shell.status = status;
  yield* checkSignals(shell);
  if (status !== 0 && !negated) yield* afterFailure(shell);
  return shell.unwinding ? shell.status : status;
}

function* runOne(shell: Shell, node: CommandNode | undefined, tail: boolean): Sys<number> {
  if (!node) return 0;
  const jobs = shell.jobs;
  const status = yield* runCommand(shell, node, tail);
  if (shell.jobs === jobs || node.type !== 'Command') shell.pipeStatus = [status];
  return status;
}

/** `set -e` and the ERR trap. */
function* afterFailure(shell: Shell): Sys<void> {
  if (shell.conditionDepth > 0) return;
  if (shell.traps.has('ERR')) yield* runTrap(shell, 'ERR');
  if (shell.options.errexit && !shell.unwinding) shell.unwinding = { kind: 'exit' };
}

function textOf(shell: Shell, { pos, end }: { readonly pos: number; readonly end: number }): string {
  return shell.source
    .slice(pos, end)
    .replace(/\s*\n\s*/g, ' ')
    .trim();
}

function* startPipeline(shell: Shell, { commands, operators }: Pipeline, text: string, background: boolean): Sys<Job> {
  const pids: Pid[] = [];
  let input: Fd | null = background && !shell.jobControl ? yield* openNull(shell) : null;
  for (const [i, command] of commands.entries()) {
    const pipe = i < commands.length - 1 ? yield* shell.proc.pipe() : null;
    const output = pipe?.ok ? pipe.value.write : null;
    const io = new Map(shell.io);
    if (input !== null) io.set(0, input);
    if (output !== null) io.set(1, output);
    if (output !== null && operators[i] === '|&') io.set(2, output);
    const started = yield* startSubshell(shell, (copy) => runCommand(copy, command, true), {
      io,
      background,
      ...(shell.jobControl && { group: pids[0] ?? 'new', foreground: !background && i === 0 }),
    });
    if (input !== null) yield* shell.proc.close(input);
    if (output !== null) yield* shell.proc.close(output);
    input = pipe?.ok ? pipe.value.read : null;
    if (!started.ok) {
      // Those that run already find their pipe closed.
      if (input !== null) yield* shell.proc.close(input);
      break;
    }
    pids.push(started.value);
  }
  return addJob(shell, pids, text, background);
}

function* openNull(shell: Shell): Sys<Fd | null> {
  const file = yield* shell.proc.open('/dev/null', { read: true });
  return file.ok ? file.value : null;
}

function* runBehind(shell: Shell, { command, pos, end }: Statement): Sys<number> {
  const text = textOf(shell, { pos, end }).replace(/\s*&$/, '');
  let job: Job;
  if (command.type === 'Pipeline' && command.commands.length > 1 && command.prefixes.length === 0)
    job = yield* startPipeline(shell, command, text, true);
  else {
    const io = new Map(shell.io);
    const input = shell.jobControl ? null : yield* openNull(shell);
    if (input !== null) io.set(0, input);
    const body = function* (copy: Shell): Sys<number> {
      return command.type === 'AndOr' ? yield* runAndOr(copy, command, true) : yield* runPipeline(copy, command, true);
    };
    const started = yield* startSubshell(shell, body, {
      io,
      background: true,
      ...(shell.jobControl && { group: 'new' as const }),
    });
    if (input !== null) yield* shell.proc.close(input);
    if (!started.ok) return shell.status;
    job = addJob(shell, [started.value], text, true);
  }
  shell.lastBackground = job.processes.at(-1)?.pid ?? null;
  if (shell.interactive && shell.flavor === 'bash') yield* shell.error(`[${job.number}] ${shell.lastBackground}\n`);
  shell.status = 0;
  return 0;
}

function* tellTime(shell: Shell, elapsed: number): Sys<void> {
  const minutes = Math.floor(elapsed / 60e9);
  const seconds = (elapsed % 60e9) / 1e9;
  yield* shell.error(
    shell.flavor === 'bash'
      ? `\nreal\t${minutes}m${seconds.toFixed(3)}s\nuser\t0m0.000s\nsys\t0m0.000s\n`
      : `real\t${minutes}m ${seconds.toFixed(2)}s\nuser\t0m 0.00s\nsys\t0m 0.00s\n`,
  );
}
