import type { Builtin } from './builtin.ts';
import { complainAs } from './builtin.ts';

/** help, history, times, ulimit. */

export const help: Builtin = function* (shell) {
  yield* shell.out(
    shell.flavor === 'bash'
      ? `This shell is a model of GNU bash 5.2 in a simulated machine. It knows:
  pipes, redirections, here-documents, variables, arrays, $(command), $((arithmetic)), patterns, {a,b}, if, for, while,
  until, case, select, [[ ]], (( )), functions, traps, jobs (&, jobs, fg, bg, wait, Ctrl+Z).
Not here: process substitution <(…), coproc, programmable completion by \`complete', the debugger.
\`type NAME' tells what a command is.
`
      : `Built-in commands:
------------------
\t. : [ alias bg break cd chdir command continue echo eval exec exit
\texport false fg getopts hash help history jobs kill let local printf
\tpwd read readonly return set shift source test times trap true type
\tulimit umask unalias unset wait
`,
  );
  return 0;
};

export const history: Builtin = function* (shell, args) {
  if (args[0] === '-c') {
    shell.history.length = 0;
    return 0;
  }
  if (args[0] !== undefined && !/^\d+$/.test(args[0])) {
    yield* complainAs(shell, 'history', `${args[0]}: numeric argument required`);
    return 1;
  }
  const from = args[0] === undefined ? 0 : Math.max(0, shell.history.length - Number(args[0]));
  for (let i = from; i < shell.history.length; i++)
    yield* shell.out(`${String(i + 1).padStart(5)}  ${shell.history[i]}\n`);
  return 0;
};

export const times: Builtin = function* (shell) {
  // Processor time isn't counted per process here.
  yield* shell.out('0m0.000s 0m0.000s\n0m0.000s 0m0.000s\n');
  return 0;
};

export const ulimit: Builtin = function* (shell, args) {
  if (args.length === 0) {
    yield* shell.out('unlimited\n');
    return 0;
  }
  if (args.length === 1 && args[0] === '-n') {
    yield* shell.out('1024\n');
    return 0;
  }
  yield* complainAs(shell, 'ulimit', 'limits are not enforced here; only `ulimit` and `ulimit -n` answer');
  return 1;
};
