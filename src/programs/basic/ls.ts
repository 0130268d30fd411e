import { strerror } from '../../kernel/syscalls/errno.ts';
import type { Stat } from '../../kernel/syscalls/file.ts';
import type { Program } from '../../kernel/syscalls/proc.ts';
import { getopt, problemText } from '../libc/getopt.ts';
import { calendar } from './calendar.ts';

const TYPES: Readonly<Record<Stat['type'], string>> = {
  file: '-',
  directory: 'd',
  symlink: 'l',
  pipe: 'p',
  socket: 's',
  character: 'c',
};

/** ls, with -a -l -1 -d; columns are left out. */
export const ls: Program = function* (proc) {
  const { given, rest, problem } = getopt(proc.argv.slice(1), 'aAl1hdtrFCs', { long: { all: 'a', color: 's' } });
  if (problem) {
    yield* proc.write(2, `${problemText('ls', problem, proc.library)}\n`);
    return 1;
  }
  const has = (name: string) => given.some((each) => each.name === name);
  let exit = 0;
  for (const path of rest.length > 0 ? rest : ['.']) {
    const stat = yield* proc.stat(path);
    if (!stat.ok) {
      const words = strerror(stat.error, proc.library);
      yield* proc.write(
        2,
        proc.library === 'musl' ? `ls: ${path}: ${words}\n` : `ls: cannot access '${path}': ${words}\n`,
      );
      exit = proc.library === 'musl' ? 1 : 2;
      continue;
    }
    const entries = stat.value.type === 'directory' && !has('d') ? yield* proc.readDirectory(path) : null;
    const names = entries?.ok
      ? entries.value
          .map((each) => each.name)
          .filter((name) => has('a') || has('A') || !name.startsWith('.'))
          .sort()
      : [path];
    for (const name of names) {
      const own = yield* proc.stat(entries?.ok ? `${path}/${name}` : name, { followLinks: false });
      yield* proc.write(1, has('l') && own.ok ? `${longLine(own.value)} ${name}\n` : `${name}\n`);
    }
  }
  return exit;
};

function longLine({ type, mode, links, uid, size, modified }: Stat): string {
  const bits = [6, 3, 0]
    .map((shift) => ['r', 'w', 'x'].map((letter, i) => ((mode >> shift) & (4 >> i) ? letter : '-')).join(''))
    .join('');
  const { monthName, day, hour, minute } = calendar(modified);
  const user = uid === 0 ? 'root' : uid === 1000 ? 'user' : String(uid);
  return `${TYPES[type]}${bits} ${links} ${user} ${user} ${String(size).padStart(6)} ${monthName} ${String(day).padStart(2)} ${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
