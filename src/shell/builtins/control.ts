import type { Sys } from '../../kernel/syscalls/proc.ts';
import { readText } from '../run/read-text.ts';
import { findCommand } from '../run/find-command.ts';
import { runExitTrap } from '../run/signals.ts';
import { DEEPEST_CALL, type Shell } from '../state/shell.ts';
import { type Builtin, complainAs } from './builtin.ts';

/** Builtins that change what runs next: break, continue, return, exit, eval, source, exec. */

export const colon: Builtin = function* () {
  return 0;
};

export const falseStatus: Builtin = function* () {
  return 1;
};

const leaveLoop = (kind: 'break' | 'continue'): Builtin =>
  function* (shell, args) {
    const levels = Number(args[0] ?? 1);
    if (!Number.isInteger(levels) || levels < 1) {
      yield* complainAs(
        shell,
        kind,
        shell.flavor === 'bash' ? `${args[0]}: loop count out of range` : `Illegal number: ${args[0]}`,
      );
      return 1;
    }
    if (shell.loopDepth === 0) {
      if (shell.flavor === 'bash')
        yield* complainAs(shell, kind, "only meaningful in a `for', `while', or `until' loop");
      return 0;
    }
    shell.status = 0;
    shell.unwinding = { kind, levels: Math.min(levels, shell.loopDepth) };
    return 0;
  };

export const breakLoop = leaveLoop('break');
export const continueLoop = leaveLoop('continue');

function* statusArgument(shell: Shell, name: string, text: string | undefined): Sys<number> {
  if (text === undefined) return shell.status;
  if (/^[-+]?\d+$/.test(text)) return Number(text) & 255;
  yield* complainAs(
    shell,
    name,
    shell.flavor === 'bash' ? `${text}: numeric argument required` : `Illegal number: ${text}`,
  );
  return 2;
}

export const returnStatus: Builtin = function* (shell, args) {
  const status = yield* statusArgument(shell, 'return', args[0]);
  if (shell.callDepth === 0 && shell.sourceDepth === 0) {
    if (shell.flavor === 'ash') {
      shell.status = status;
      shell.unwinding = { kind: shell.interactive ? 'abandon' : 'exit' };
      return status;
    }
    yield* complainAs(shell, 'return', "can only `return' from a function or sourced script");
    return 2;
  }
  shell.status = status;
  shell.unwinding = { kind: 'return' };
  return status;
};

export const exit: Builtin = function* (shell, args) {
  const stopped = shell.jobs.some(({ state }) => state === 'stopped');
  if (shell.interactive && stopped && !shell.exiting) {
    yield* shell.error(shell.flavor === 'bash' ? 'exit\nThere are stopped jobs.\n' : 'You have stopped jobs.\n');
    shell.exiting = true;
    return 1;
  }
  if (shell.interactive && shell.flavor === 'bash') yield* shell.error('exit\n');
  shell.exiting = false;
  shell.status = yield* statusArgument(shell, 'exit', args[0]);
  shell.unwinding = { kind: 'exit' };
  return shell.status;
};

export const evaluate: Builtin = function* (shell, args) {
  const words = args[0] === '--' ? args.slice(1) : args;
  if (words.length === 0) return 0;
  if (shell.evalDepth >= DEEPEST_CALL) {
    yield* complainAs(shell, 'eval', `maximum eval nesting level exceeded (${DEEPEST_CALL})`);
    shell.fail(1);
    return 1;
  }
  shell.evalDepth++;
  const status = yield* shell.interpreter.runText(shell, words.join(' '));
  shell.evalDepth--;
  return status;
};

export const source: Builtin = function* (shell, args) {
  const [name, ...rest] = args[0] === '--' ? args.slice(1) : args;
  if (name === undefined) {
    yield* complainAs(shell, '.', 'filename argument required');
    yield* shell.error('.: usage: . filename [arguments]\n');
    return 2;
  }
  const path = name.includes('/') ? name : ((yield* findCommand(shell, name)) ?? name);
  const text = yield* readText(shell, path);
  if (typeof text !== 'string') {
    yield* shell.complain(
      shell.flavor === 'bash'
        ? `${name}: ${text.error}`
        : `.: ${name.includes('/') ? `can't open '${name}': ${text.error}` : `${name}: not found`}`,
    );
    if (shell.flavor === 'ash') shell.fail(2);
    return 1;
  }
  if (shell.sourceDepth >= DEEPEST_CALL) {
    yield* complainAs(shell, '.', `${name}: too deeply nested`);
    return 1;
  }
  const { positional, reading, name: shellName } = shell;
  if (rest.length > 0) shell.positional = rest;
  if (shell.reading !== 'terminal') shell.reading = 'file';
  shell.sourceDepth++;
  let status = yield* shell.interpreter.runText(shell, text, { firstLine: 1 });
  shell.sourceDepth--;
  shell.reading = reading;
  shell.name = shellName;
  if (rest.length > 0) shell.positional = positional;
  if (shell.unwinding?.kind === 'return') {
    shell.unwinding = null;
    status = shell.status;
  }
  return status;
};

export const exec: Builtin = function* (shell, args) {
  const words = args[0] === '--' ? args.slice(1) : args;
  const name = words[0];
  if (name === undefined) return 0;
  const path = yield* findCommand(shell, name);
  if (path !== null) {
    if (shell.interactive)
      for (const signal of ['SIGQUIT', 'SIGTERM', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU'] as const)
        shell.proc.disposition(signal, 'default');
    yield* runExitTrap(shell);
    const loaded = yield* shell.proc.execute({
      path,
      argv: words,
      env: shell.variables.environment(),
      fds: [...shell.io],
    });
    if (loaded.ok) {
      shell.exiting = true;
      shell.status = yield* loaded.value(shell.proc);
      shell.unwinding = { kind: 'exit' };
      return shell.status;
    }
    yield* complainAs(
      shell,
      'exec',
      `${name}: ${loaded.error === 'EACCES' ? `cannot execute: ${shell.strerror(loaded.error)}` : shell.strerror(loaded.error)}`,
    );
    if (!shell.interactive) shell.fail(126);
    return 126;
  }
  yield* complainAs(shell, 'exec', `${name}: not found`);
  if (!shell.interactive) shell.fail(127);
  return 127;
};
