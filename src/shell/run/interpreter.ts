import type { CompoundList, ParsedScript } from 'unbash';
import type { Sys } from '../../kernel/syscalls/proc.ts';
import { setOptions } from '../builtins/options.ts';
import { BUILTINS } from '../builtins/registry.ts';
import { expandParameter } from '../expand/expand-parameter.ts';
import { expandTemplate } from '../expand/expand-word.ts';
import { parseCommand, problemLines } from '../parse/parse-command.ts';
import type { Interpreter, RunTextOptions, Shell } from '../state/shell.ts';
import { runCommand } from './compound.ts';
import { runStatement } from './pipeline.ts';
import { runWords } from './simple-command.ts';
import { substituteCommand } from './substitution.ts';

/** The interpreter: the parts that call each other in a circle, in one object. */
export const INTERPRETER: Interpreter = {
  runScript: (shell, script) => runScript(shell, script, false),
  runList,
  runCommand,
  runText,
  parse: parseCommand,
  builtinNames: (flavor) => BUILTINS[flavor].keys(),
  setOptions,
  substitute: substituteCommand,
  expandParameter,
  expandTemplate: (shell, text) => expandTemplate(shell, text),
  runWords: (shell, words, options) =>
    runWords(shell, words, {
      io: shell.io,
      tail: options?.tail ?? false,
      text: words.join(' '),
      ...(options?.functions === false && { functions: false }),
    }),
};

function* runScript(shell: Shell, script: ParsedScript, tail: boolean): Sys<number> {
  let status = 0;
  for (const [i, statement] of script.commands.entries()) {
    if (shell.options.noexec && !shell.interactive) return 0;
    status = yield* runStatement(shell, statement, tail && i === script.commands.length - 1);
    if (shell.unwinding) return shell.status;
  }
  return status;
}

function* runList(shell: Shell, list: CompoundList, tail = false): Sys<number> {
  let status = 0;
  for (const [i, statement] of list.commands.entries()) {
    status = yield* runStatement(shell, statement, tail && i === list.commands.length - 1);
    if (shell.unwinding) return shell.status;
  }
  return status;
}

function* runText(
  shell: Shell,
  text: string,
  { tail = false, firstLine = shell.line }: RunTextOptions = {},
): Sys<number> {
  const { source, firstLine: outerLine } = shell;
  const parsed = parseCommand(text);
  // An open here-document, or a backslash at the end, is taken as it is.
  if (
    parsed.kind === 'error' ||
    (parsed.kind === 'incomplete' && parsed.script.errors !== undefined && parsed.script.errors.length > 0)
  ) {
    const lines = problemLines(parsed.problem, { flavor: shell.flavor, source: text, firstLine, from: shell.reading });
    for (const line of lines) yield* shell.error(`${shell.name}: ${line}\n`);
    shell.status = 2;
    if (shell.flavor === 'ash' && !shell.interactive) shell.unwinding = { kind: 'exit' };
    return 2;
  }
  shell.source = text;
  shell.firstLine = firstLine;
  const status = yield* runScript(shell, parsed.script, tail);
  shell.source = source;
  shell.firstLine = outerLine;
  return status;
}
