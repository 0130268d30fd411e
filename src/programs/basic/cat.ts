import type { Program } from '../../kernel/syscalls/proc.ts';
import { getopt, problemText } from '../libc/getopt.ts';
import { cantOpen, readFile } from '../libc/io.ts';

export const cat: Program = function* (proc) {
  const { given, rest, problem } = getopt(proc.argv.slice(1), 'nbsuvetAET');
  if (problem) {
    yield* proc.write(2, `${problemText('cat', problem, proc.library)}\n`);
    return 1;
  }
  const numbered = given.some((each) => each.name === 'n');
  let exit = 0;
  let line = 1;
  for (const path of rest.length > 0 ? rest : ['-']) {
    if (path === '-' && !numbered) {
      // As it comes: a terminal's lines are shown one by one.
      for (let part = yield* proc.read(0); part.ok && part.value.length > 0; part = yield* proc.read(0))
        yield* proc.write(1, part.value);
      continue;
    }
    const bytes = yield* readFile(proc, path);
    if (!bytes.ok) {
      yield* proc.write(2, cantOpen(proc, 'cat', path, bytes.error));
      exit = 1;
    } else if (numbered) {
      let text = '';
      for (const each of String.fromCharCode(...bytes.value)
        .replace(/\n$/, '')
        .split('\n'))
        text += `${String(line++).padStart(6)}\t${each}\n`;
      yield* proc.write(1, text);
    } else yield* proc.write(1, bytes.value);
  }
  return exit;
};
