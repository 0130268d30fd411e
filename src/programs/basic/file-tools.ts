import { strerror, type Errno } from '../../kernel/syscalls/errno.ts';
import type { Proc, Program, Sys } from '../../kernel/syscalls/proc.ts';
import { getopt, problemText } from '../libc/getopt.ts';
import { readFile } from '../libc/io.ts';

/** The small tools that make, move and remove files. */

function* complain(proc: Proc, text: string): Sys<number> {
  yield* proc.write(2, `${proc.argv[0]?.replace(/.*\//, '')}: ${text}\n`);
  return 1;
}

/** Runs one act for each named path; the exit status is 1 if one failed. */
function tool(
  spec: string,
  long: Readonly<Record<string, string>>,
  act: (proc: Proc, path: string, has: (name: string) => boolean) => Sys<number>,
): Program {
  return function* (proc) {
    const { given, rest, problem } = getopt(proc.argv.slice(1), spec, { long });
    const name = (proc.argv[0] ?? '').replace(/.*\//, '');
    if (problem) {
      yield* proc.write(2, `${problemText(name, problem, proc.library)}\n`);
      return 1;
    }
    const has = (option: string) => given.some((each) => each.name === option);
    if (rest.length === 0 && !has('f')) return yield* complain(proc, 'missing operand');
    let exit = 0;
    for (const path of rest) exit = (yield* act(proc, path, has)) || exit;
    return exit;
  };
}

const words = (proc: Proc, errno: Errno) => strerror(errno, proc.library);
const parentOf = (path: string) =>
  path.replace(/\/+$/, '').replace(/\/?[^/]*$/, '') || (path.startsWith('/') ? '/' : '.');
const baseOf = (path: string) => path.replace(/\/+$/, '').replace(/.*\//, '');

export const mkdir = tool('pm:v', { parents: 'p', mode: 'm' }, function* (proc, path, has) {
  if (has('p')) {
    let made = path.startsWith('/') ? '' : '.';
    for (const part of path.split('/').filter((each) => each !== '')) {
      made += `/${part}`;
      const done = yield* proc.makeDirectory(made);
      if (!done.ok && done.error !== 'EEXIST')
        return yield* complain(proc, `cannot create directory '${path}': ${words(proc, done.error)}`);
    }
    return 0;
  }
  const done = yield* proc.makeDirectory(path);
  if (done.ok) return 0;
  return yield* complain(
    proc,
    proc.library === 'musl'
      ? `can't create directory '${path}': ${words(proc, done.error)}`
      : `cannot create directory ‘${path}’: ${words(proc, done.error)}`,
  );
});

export const rmdir = tool('p', {}, function* (proc, path) {
  const done = yield* proc.removeDirectory(path);
  return done.ok
    ? 0
    : yield* complain(
        proc,
        proc.library === 'musl'
          ? `'${path}': ${words(proc, done.error)}`
          : `failed to remove '${path}': ${words(proc, done.error)}`,
      );
});

export const rm = tool('rRfiv', { recursive: 'r', force: 'f' }, function* (proc, path, has) {
  const stat = yield* proc.stat(path, { followLinks: false });
  if (!stat.ok) {
    if (has('f')) return 0;
    return yield* complain(
      proc,
      proc.library === 'musl'
        ? `can't remove '${path}': ${words(proc, stat.error)}`
        : `cannot remove '${path}': ${words(proc, stat.error)}`,
    );
  }
  if (stat.value.type === 'directory' && !has('r') && !has('R'))
    return yield* complain(
      proc,
      proc.library === 'musl' ? `'${path}' is a directory` : `cannot remove '${path}': Is a directory`,
    );
  return yield* removeTree(proc, path, stat.value.type === 'directory');
});

function* removeTree(proc: Proc, path: string, isFolder: boolean): Sys<number> {
  if (isFolder) {
    const entries = yield* proc.readDirectory(path);
    if (entries.ok)
      for (const { name, type } of entries.value) yield* removeTree(proc, `${path}/${name}`, type === 'directory');
  }
  const done = isFolder ? yield* proc.removeDirectory(path) : yield* proc.unlink(path);
  return done.ok ? 0 : yield* complain(proc, `cannot remove '${path}': ${words(proc, done.error)}`);
}

export const touch = tool('camrt:d:', {}, function* (proc, path) {
  const file = yield* proc.open(path, { write: true, create: true });
  if (!file.ok)
    return yield* complain(
      proc,
      proc.library === 'musl'
        ? `${path}: ${words(proc, file.error)}`
        : `cannot touch '${path}': ${words(proc, file.error)}`,
    );
  yield* proc.close(file.value);
  yield* proc.utime(path, proc.date());
  return 0;
});

/** cp, mv and ln: sources, and where to. */
function transfer(
  act: (proc: Proc, source: string, target: string, has: (name: string) => boolean) => Sys<number>,
): Program {
  return function* (proc) {
    const { given, rest, problem } = getopt(proc.argv.slice(1), 'rRafipvsnLdT', {
      long: { recursive: 'r', archive: 'a', force: 'f', symbolic: 's' },
    });
    const name = (proc.argv[0] ?? '').replace(/.*\//, '');
    if (problem || rest.length < 2) {
      yield* proc.write(2, `${problem ? problemText(name, problem, proc.library) : `${name}: missing file operand`}\n`);
      return 1;
    }
    const has = (option: string) => given.some((each) => each.name === option);
    const target = rest.at(-1) as string;
    const stat = yield* proc.stat(target);
    const intoFolder = stat.ok && stat.value.type === 'directory';
    if (rest.length > 2 && !intoFolder) return yield* complain(proc, `target '${target}' is not a directory`);
    let exit = 0;
    for (const source of rest.slice(0, -1))
      exit =
        (yield* act(proc, source, intoFolder ? `${target.replace(/\/+$/, '')}/${baseOf(source)}` : target, has)) ||
        exit;
    return exit;
  };
}

export const cp = transfer(function* (proc, source, target, has) {
  return yield* copy(proc, source, target, has('r') || has('R') || has('a'));
});

function* copy(proc: Proc, source: string, target: string, recursive: boolean): Sys<number> {
  const stat = yield* proc.stat(source);
  if (!stat.ok)
    return yield* complain(
      proc,
      proc.library === 'musl'
        ? `can't stat '${source}': ${words(proc, stat.error)}`
        : `cannot stat '${source}': ${words(proc, stat.error)}`,
    );
  if (stat.value.type === 'directory') {
    if (!recursive)
      return yield* complain(
        proc,
        proc.library === 'musl' ? `omitting directory '${source}'` : `-r not specified; omitting directory '${source}'`,
      );
    const made = yield* proc.makeDirectory(target);
    if (!made.ok && made.error !== 'EEXIST')
      return yield* complain(proc, `cannot create directory '${target}': ${words(proc, made.error)}`);
    const entries = yield* proc.readDirectory(source);
    let exit = 0;
    for (const { name } of entries.ok ? entries.value : [])
      exit = (yield* copy(proc, `${source}/${name}`, `${target}/${name}`, true)) || exit;
    return exit;
  }
  const bytes = yield* readFile(proc, source);
  if (!bytes.ok) return yield* complain(proc, `cannot open '${source}' for reading: ${words(proc, bytes.error)}`);
  const file = yield* proc.open(target, { write: true, create: true, truncate: true }, stat.value.mode & 0o777);
  if (!file.ok) return yield* complain(proc, `cannot create regular file '${target}': ${words(proc, file.error)}`);
  yield* proc.write(file.value, bytes.value);
  yield* proc.close(file.value);
  return 0;
}

export const mv = transfer(function* (proc, source, target) {
  const done = yield* proc.rename(source, target);
  if (done.ok) return 0;
  if (done.error !== 'EXDEV')
    return yield* complain(
      proc,
      proc.library === 'musl'
        ? `can't rename '${source}': ${words(proc, done.error)}`
        : `cannot stat '${source}': ${words(proc, done.error)}`,
    );
  const copied = yield* copy(proc, source, target, true);
  const stat = yield* proc.stat(source, { followLinks: false });
  return copied || (yield* removeTree(proc, source, stat.ok && stat.value.type === 'directory'));
});

export const ln = transfer(function* (proc, source, target, has) {
  if (has('f')) yield* proc.unlink(target);
  const done = yield* proc.makeLink(source, target, { symbolic: has('s') });
  return done.ok
    ? 0
    : yield* complain(
        proc,
        `failed to create ${has('s') ? 'symbolic' : 'hard'} link '${target}': ${words(proc, done.error)}`,
      );
});

export const chmod: Program = function* (proc) {
  const [mode = '', ...paths] = proc.argv.slice(1).filter((arg) => arg !== '-R');
  let exit = 0;
  for (const path of paths) {
    const stat = yield* proc.stat(path);
    const changed = stat.ok ? newMode(mode, stat.value.mode) : null;
    if (stat.ok && changed === null) return yield* complain(proc, `invalid mode: '${mode}'`);
    const done = stat.ok ? yield* proc.chmod(path, changed as number) : stat;
    if (!done.ok)
      exit = yield* complain(
        proc,
        `${proc.library === 'musl' ? path : `cannot access '${path}'`}: ${words(proc, done.error)}`,
      );
  }
  return exit;
};

/** `755`, `+x`, `u+rw`, `go-w`. */
function newMode(text: string, old: number): number | null {
  if (/^[0-7]{3,4}$/.test(text)) return Number.parseInt(text, 8);
  let mode = old;
  for (const part of text.split(',')) {
    const match = /^([ugoa]*)([-+=])([rwx]*)$/.exec(part);
    if (!match) return null;
    const who = match[1] === '' || match[1]?.includes('a') ? 'ugo' : (match[1] as string);
    const bits =
      (match[3]?.includes('r') ? 4 : 0) | (match[3]?.includes('w') ? 2 : 0) | (match[3]?.includes('x') ? 1 : 0);
    for (const each of who) {
      const shift = each === 'u' ? 6 : each === 'g' ? 3 : 0;
      if (match[2] === '+') mode |= bits << shift;
      else if (match[2] === '-') mode &= ~(bits << shift);
      else mode = (mode & ~(7 << shift)) | (bits << shift);
    }
  }
  return mode;
}

export const basename: Program = function* (proc) {
  const [path = '', suffix = ''] = proc.argv.slice(1);
  const base = baseOf(path) || '/';
  yield* proc.write(
    1,
    `${suffix !== '' && base.endsWith(suffix) && base !== suffix ? base.slice(0, -suffix.length) : base}\n`,
  );
  return 0;
};

export const dirname: Program = function* (proc) {
  yield* proc.write(1, `${parentOf(proc.argv[1] ?? '')}\n`);
  return 0;
};

export const pwd: Program = function* (proc) {
  yield* proc.write(1, `${proc.cwd()}\n`);
  return 0;
};

export const readlink: Program = function* (proc) {
  const target = yield* proc.readLink(proc.argv.findLast((arg) => !arg.startsWith('-')) ?? '');
  if (target.ok) yield* proc.write(1, `${target.value}\n`);
  return target.ok ? 0 : 1;
};

export const tee: Program = function* (proc) {
  const append = proc.argv.includes('-a');
  const out: number[] = [1];
  for (const path of proc.argv.slice(1).filter((arg) => !arg.startsWith('-'))) {
    const file = yield* proc.open(path, { write: true, create: true, append, truncate: !append });
    if (file.ok) out.push(file.value);
    else yield* complain(proc, `${path}: ${words(proc, file.error)}`);
  }
  for (let part = yield* proc.read(0); part.ok && part.value.length > 0; part = yield* proc.read(0))
    for (const fd of out) yield* proc.write(fd, part.value);
  return 0;
};

export const which: Program = function* (proc) {
  let exit = 0;
  for (const name of proc.argv.slice(1)) {
    let found = false;
    for (const folder of (proc.env.get('PATH') ?? '').split(':')) {
      const stat = yield* proc.stat(`${folder}/${name}`);
      if (!stat.ok || stat.value.type !== 'file' || (stat.value.mode & 0o111) === 0) continue;
      yield* proc.write(1, `${folder}/${name}\n`);
      found = true;
      break;
    }
    if (!found) exit = 1;
  }
  return exit;
};
