import { decodeUtf8 } from '../../../base/bytes.ts';
import { readAll } from '../../libc/io.ts';
import { declareProgram, wordOptions } from '../../libc/command-line.ts';

const VARIABLE = /\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/g;

const USAGE = `Usage: envsubst [OPTION] [SHELL-FORMAT]

Copies standard input to standard output and fills in the environment's
variables, those of SHELL-FORMAT alone where it is given.

  -v, --variables             show the variables of SHELL-FORMAT
`;

/** gettext's envsubst: `$NAME` and `${NAME}` become what the environment has. */
export const envsubst = declareProgram(
  { options: wordOptions(['-v', '--variables', '-h', '--help']) },
  function* (proc) {
    const [first, second] = proc.argv.slice(1);
    if (first === '-h' || first === '--help') {
      yield* proc.write(1, USAGE);
      return 0;
    }
    const lists = first === '-v' || first === '--variables';
    const format = lists ? second : first;
    const names = format === undefined ? null : namesIn(format);
    if (lists) {
      yield* proc.write(1, (names ?? []).map((name) => `${name}\n`).join(''));
      return 0;
    }
    const input = yield* readAll(proc, 0);
    if (!input.ok) return 1;
    const filled = decodeUtf8(input.value).replace(VARIABLE, (text, braced?: string, plain?: string) => {
      const name = braced ?? plain ?? '';
      return names === null || names.includes(name) ? (proc.env.get(name) ?? '') : text;
    });
    yield* proc.write(1, filled);
    return 0;
  },
);

const namesIn = (text: string): readonly string[] =>
  [...text.matchAll(VARIABLE)].map(([, braced, plain]) => braced ?? plain ?? '');
