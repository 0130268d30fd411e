import type { Input, TerminalName } from '../../scenario/course/exercise.ts';
import { TERMINAL_NAMES } from '../../scenario/course/exercise.ts';
import type { TerminalView } from '../../lab/view/lab-view.ts';

/** The names that docker-compose finds by itself. */
const FOUND = ['docker-compose.yml', 'docker-compose.yaml'];

/** The command that brings a compose file up from its own folder. */
export function upCommand(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return `docker-compose ${FOUND.includes(name) ? '' : `-f ${quoted(name)} `}up -d`;
}

/**
 * What is typed to bring a compose file up, and where: in the first terminal that waits for a command, which is taken to the file's
 * folder if it isn't there. null: every terminal is busy.
 */
export function bringUp(path: string, terminals: Readonly<Record<number, TerminalView>>): readonly Input[] | null {
  const folder = path.slice(0, path.lastIndexOf('/'));
  const run = (terminal: TerminalName, line: string): Input => ({
    do: 'run',
    line,
    terminal,
    stays: false,
    note: null,
  });
  for (const [i, terminal] of TERMINAL_NAMES.entries()) {
    const view = terminals[i + 1];
    if (view && !view.ended && view.command !== null) continue;
    // A terminal that isn't there yet is opened in the exercise's folder, which need not be this one.
    const there = view !== undefined && !view.ended && view.folder === folder;
    return [...(there ? [] : [run(terminal, `cd ${quoted(folder)}`)]), run(terminal, upCommand(path))];
  }
  return null;
}

const quoted = (text: string): string => (/^[\w./@:-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
