import { COOKED } from '../../../kernel/syscalls/tty.ts';
import { defineTool, linesOf } from '../tool.ts';
import { declareProgram } from '../../libc/command-line.ts';

/** Tools about the terminal: clear, reset, tty, stty, more and less; and editors that say where editing happens. */

export const clear = declareProgram({ options: [] }, function* (proc) {
  yield* proc.write(1, '\u001b[H\u001b[2J\u001b[3J');
  return 0;
});

export const reset = declareProgram({ options: [] }, function* (proc) {
  if (proc.isTty(0)) yield* proc.setTermios(0, COOKED);
  yield* proc.write(1, '\u001bc');
  return 0;
});

export const tty = declareProgram({ options: [] }, function* (proc) {
  const own = proc.processes().find(({ pid }) => pid === proc.pid);
  if (!proc.isTty(0)) {
    yield* proc.write(1, 'not a tty\n');
    return 1;
  }
  yield* proc.write(1, `/dev/${own?.tty ?? 'tty'}\n`);
  return 0;
});

export const stty = defineTool({
  name: 'stty',
  options: 'aF:',
  stopEarly: true,
  limits: { F: 'always its own terminal' },
  limit: 'only size, sane, raw, cooked, echo, icanon and isig',
  usage: `[-a] [SETTING]...

Without arguments, prints what differs from a sane terminal. Settings known here: size, sane, raw, cooked, [-]echo, [-]icanon, [-]isig`,
  *run(tool) {
    const { proc } = tool;
    const termios = proc.termios(0);
    const size = proc.windowSize(0);
    if (!termios || !size)
      return yield* tool.complain(
        tool.face === 'gnu'
          ? `'standard input': ${tool.strerror('ENOTTY')}`
          : `standard input: ${tool.strerror('ENOTTY')}`,
      );
    const sign = (on: boolean) => (on ? '' : '-');
    if (tool.operands.length === 0) {
      const settings = `${sign(termios.signals)}isig ${sign(termios.canonical)}icanon ${sign(termios.echo)}echo`;
      yield* tool.write(
        `speed 38400 baud; ${tool.has('a') ? `rows ${size.rows}; columns ${size.columns}; ` : ''}line = 0;\n${tool.has('a') ? `intr = ^C; quit = ^\\; erase = ^?; kill = ^U; eof = ^D; susp = ^Z; werase = ^W;\n${settings}\n` : termios.echo && termios.canonical ? '' : `${settings}\n`}`,
      );
      return 0;
    }
    let next = termios;
    for (const word of tool.operands) {
      const on = !word.startsWith('-');
      switch (word.replace(/^-/, '')) {
        case 'size':
          yield* tool.write(`${size.rows} ${size.columns}\n`);
          break;
        case 'sane':
        case 'cooked':
          next = COOKED;
          break;
        case 'raw':
          next = on ? { ...next, canonical: false, signals: false, inputNewline: false, outputNewline: false } : COOKED;
          break;
        case 'echo':
          next = { ...next, echo: on };
          break;
        case 'icanon':
          next = { ...next, canonical: on };
          break;
        case 'isig':
          next = { ...next, signals: on };
          break;
        default:
          return yield* tool.complain(
            tool.face === 'gnu'
              ? `invalid argument '${word}'\nTry 'stty --help' for more information.`
              : `invalid argument '${word}'`,
          );
      }
    }
    if (next !== termios) yield* proc.setTermios(0, next);
    return 0;
  },
});

const pager = (name: string) =>
  defineTool({
    name,
    options: 'RFXSNEei',
    limits: {
      R: 'without effect',
      F: 'without effect',
      X: 'without effect',
      S: 'long lines are wrapped',
      N: 'lines are not numbered',
      E: 'without effect',
      e: 'without effect',
      i: 'no search',
    },
    limit: 'forwards by Space and Enter only; no search',
    usage: `[FILE]...

View FILE (or stdin) one screenful at a time. Space or Enter go on, q ends.`,
    *run(tool) {
      const { proc } = tool;
      if (tool.operands.length === 0 && proc.isTty(0)) {
        yield* proc.write(
          2,
          tool.face === 'gnu'
            ? name === 'less'
              ? 'Missing filename ("less --help" for help)\n'
              : 'more: bad usage\n'
            : `${name}: missing filename\n`,
        );
        return 1;
      }
      const screen = proc.isTty(1) ? proc.windowSize(1) : null;
      const keys = screen ? yield* proc.open('/dev/tty', { read: true }) : null;
      for (const path of tool.inputs) {
        const text = yield* tool.text(path);
        if (text === null) continue;
        if (!screen || !keys?.ok) {
          yield* tool.write(text);
          continue;
        }
        const lines = linesOf(text);
        const termios = proc.termios(keys.value) ?? COOKED;
        yield* proc.setTermios(keys.value, { ...termios, canonical: false, echo: false });
        let at = 0;
        let wanted = screen.rows - 1;
        while (at < lines.length) {
          yield* tool.write(
            lines
              .slice(at, at + wanted)
              .map((line) => `${line}\n`)
              .join(''),
          );
          at += wanted;
          if (at >= lines.length) break;
          yield* tool.write(name === 'less' ? ':' : `--More--(${Math.floor((at / lines.length) * 100)}%)`);
          const key = yield* proc.read(keys.value, 1);
          yield* tool.write('\r\u001b[K');
          if (!key.ok || key.value.length === 0 || key.value[0] === 113) break;
          wanted = key.value[0] === 10 || key.value[0] === 13 || key.value[0] === 106 ? 1 : screen.rows - 1;
        }
        yield* proc.setTermios(keys.value, termios);
      }
      if (keys?.ok) yield* proc.close(keys.value);
      return tool.status;
    },
  });

export const more = pager('more');
export const less = pager('less');

/** No full-screen editor runs in the model: it says how a file is edited instead. */
export const editor = declareProgram(
  { options: [], limit: 'says how a file is edited here instead' },
  function* (proc) {
    const name = (proc.argv[0] ?? 'vi').replace(/.*\//, '');
    const file = proc.argv.slice(1).find((arg) => !/^[-+]/.test(arg)) ?? 'FILE';
    yield* proc.write(
      2,
      `${name}: no editor runs in this terminal: use the editor beside it, or write ${file} with cat > ${file} <<'END'\n`,
    );
    return 1;
  },
);
