import type { Sys } from '../../kernel/syscalls/proc.ts';
import type { Signal } from '../../kernel/syscalls/signal.ts';
import type { Shell } from '../state/shell.ts';
import { signalStatus } from './job.ts';

/**
 * What a shell does with signals between two commands: traps run, an interrupt leaves the line (or ends a shell that isn't
 * interactive, as the signal itself would).
 */
export function* checkSignals(shell: Shell): Sys<void> {
  collectSignals(shell);
  if (shell.interrupted) yield* interrupt(shell);
  while (shell.pendingTraps.length > 0 && !shell.unwinding) {
    const signal = shell.pendingTraps.shift() as Signal;
    yield* runTrap(shell, signal);
  }
}

/** Takes what has come and sorts it; nothing is run. */
export function collectSignals(shell: Shell): void {
  for (let signal = shell.proc.takeSignal(); signal; signal = shell.proc.takeSignal()) {
    if (shell.traps.has(signal)) shell.pendingTraps.push(signal);
    else if (signal === 'SIGINT') shell.interrupted = true;
    else if (signal === 'SIGHUP') {
      shell.status = signalStatus(signal);
      shell.unwinding = { kind: 'exit' };
    }
  }
}

/** The action of a trap, which leaves `$?` as it was. */
export function* runTrap(shell: Shell, name: Signal | 'EXIT' | 'ERR'): Sys<void> {
  const action = shell.traps.get(name);
  if (!action) return;
  const { status } = shell;
  yield* shell.interpreter.runText(shell, action);
  if (!shell.unwinding) shell.status = status;
}

/** SIGINT without a trap. */
export function* interrupt(shell: Shell): Sys<void> {
  shell.interrupted = false;
  shell.status = signalStatus('SIGINT');
  if (shell.interactive) {
    // The terminal showed ^C: what comes begins on a line of its own.
    yield* shell.error('\n');
    shell.unwinding = { kind: 'abandon' };
    return;
  }
  yield* runExitTrap(shell);
  yield* endBySignal(shell, 'SIGINT');
}

/** Ends this process by the signal, so that its parent sees the same. Process 1 of a namespace lives on. */
export function* endBySignal(shell: Shell, signal: Signal): Sys<void> {
  shell.proc.disposition(signal, 'default');
  yield* shell.proc.kill(shell.proc.pid, signal);
  shell.proc.disposition(signal, 'catch');
  if (shell.proc.pid !== 1) {
    shell.status = signalStatus(signal);
    shell.unwinding = { kind: 'exit' };
  }
}

/** The EXIT trap, once. */
export function* runExitTrap(shell: Shell): Sys<void> {
  if (shell.exiting || !shell.traps.get('EXIT')) return;
  shell.exiting = true;
  shell.unwinding = null;
  const { status } = shell;
  yield* runTrap(shell, 'EXIT');
  if (shell.unwinding === null) shell.status = status;
}

/** The dispositions with which a shell starts: an interrupt is looked at between two commands. */
export function prepareSignals(shell: Shell): void {
  const { proc } = shell;
  proc.disposition('SIGINT', 'catch');
  if (!shell.interactive) return;
  for (const signal of ['SIGQUIT', 'SIGTERM', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU'] as const)
    proc.disposition(signal, 'ignore');
  proc.disposition('SIGWINCH', 'catch');
  proc.disposition('SIGHUP', 'catch');
}
