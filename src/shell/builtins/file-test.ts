import type { Fd, Proc, Sys } from '../../kernel/syscalls/proc.ts';

/** The unary file tests of test(1). @param io the shell's descriptors, where it isn't the process's own, for `-t` */
export function* fileTest(proc: Proc, operator: string, path: string, io?: ReadonlyMap<number, Fd>): Sys<boolean> {
  if (operator === '-t') {
    const fd = Number(path);
    const own = io ? io.get(fd) : fd;
    return own !== undefined && proc.isTty(own);
  }
  const stat = yield* proc.stat(path, { followLinks: operator !== '-L' && operator !== '-h' });
  if (!stat.ok) return false;
  const { type, mode, size, uid } = stat.value;
  const allowed = (bit: number) => {
    if (proc.uid === 0) return bit !== 1 || type === 'directory' || (mode & 0o111) !== 0;
    return ((mode >> (uid === proc.uid ? 6 : 0)) & bit) === bit;
  };
  switch (operator) {
    case '-a':
    case '-e':
      return true;
    case '-f':
      return type === 'file';
    case '-d':
      return type === 'directory';
    case '-L':
    case '-h':
      return type === 'symlink';
    case '-p':
      return type === 'pipe';
    case '-S':
      return type === 'socket';
    case '-c':
      return type === 'character';
    case '-s':
      return size > 0;
    case '-r':
      return allowed(4);
    case '-w':
      return allowed(2);
    case '-x':
      return allowed(1);
    case '-u':
      return (mode & 0o4000) !== 0;
    case '-g':
      return (mode & 0o2000) !== 0;
    case '-k':
      return (mode & 0o1000) !== 0;
    case '-O':
      return uid === proc.uid;
    case '-G':
      return stat.value.gid === proc.uid;
    default:
      return false;
  }
}

export const FILE_TESTS: ReadonlySet<string> = new Set(
  ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'k', 'p', 'r', 's', 't', 'u', 'w', 'x', 'G', 'L', 'O', 'S'].map(
    (letter) => `-${letter}`,
  ),
);
