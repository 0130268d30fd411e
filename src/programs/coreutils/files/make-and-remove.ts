import type { Sys } from '../../../kernel/syscalls/proc.ts';
import { dirName, joinPath } from '../paths.ts';
import { defineTool, type Tool } from '../tool.ts';

/** mkdir(1), rmdir(1), rm(1), touch(1), mktemp(1). */

export const mkdir = defineTool({
  name: 'mkdir',
  options: 'm:pv',
  long: { mode: 'm', parents: 'p', verbose: 'v' },
  usage: `[-m MODE] [-p] DIRECTORY...

Create DIRECTORY

	-m MODE	Mode
	-p	No error if exists; make parent directories as needed`,
  *run(tool) {
    if (tool.operands.length === 0) return yield* tool.missingOperand();
    const mode = tool.has('m') ? Number.parseInt(tool.value('m') ?? '777', 8) : 0o777;
    for (const path of tool.operands) yield* make(tool, path, mode);
    return tool.status;
  },
});

function* make(tool: Tool, path: string, mode: number): Sys<void> {
  const { proc } = tool;
  if (tool.has('p')) {
    const stat = yield* proc.stat(path);
    if (stat.ok && stat.value.type === 'directory') return;
    const parent = dirName(path);
    if (parent !== path && parent !== '.' && parent !== '/') yield* make(tool, parent, 0o777);
  }
  const made = yield* proc.makeDirectory(path, mode);
  if (!made.ok && (tool.status === 0 || !tool.has('p')))
    yield* tool.complain(
      tool.face === 'gnu'
        ? `cannot create directory ‘${path}’: ${tool.strerror(made.error)}`
        : `can't create directory '${path}': ${tool.strerror(made.error)}`,
    );
  else if (made.ok && tool.has('v'))
    yield* tool.write(tool.face === 'gnu' ? `mkdir: created directory '${path}'\n` : `created directory: '${path}'\n`);
}

export const rmdir = defineTool({
  name: 'rmdir',
  options: 'pv',
  long: { parents: 'p', verbose: 'v' },
  usage: `[-p] DIRECTORY...

Remove DIRECTORY if it is empty

	-p	Remove DIRECTORY and its ancestors`,
  *run(tool) {
    if (tool.operands.length === 0) return yield* tool.missingOperand();
    for (const path of tool.operands) {
      for (let at = path; ; at = dirName(at)) {
        const removed = yield* tool.proc.removeDirectory(at);
        if (!removed.ok)
          yield* tool.complain(
            tool.face === 'gnu'
              ? `failed to remove '${at}': ${tool.strerror(removed.error)}`
              : `'${at}': ${tool.strerror(removed.error)}`,
          );
        if (!removed.ok || !tool.has('p') || dirName(at) === '.' || dirName(at) === at) break;
      }
    }
    return tool.status;
  },
});

export const rm = defineTool({
  name: 'rm',
  options: 'firRvId',
  long: { force: 'f', recursive: 'r', verbose: 'v', dir: 'd', interactive: 'i' },
  limits: { I: 'asks nothing' },
  usage: `[-irf] FILE...

Remove (unlink) FILEs

	-i	Always prompt before removing
	-f	Never prompt
	-R,-r	Recurse`,
  *run(tool) {
    if (tool.operands.length === 0) return tool.has('f') ? 0 : yield* tool.missingOperand();
    for (const path of tool.operands) {
      if (/^(?:.*\/)?\.\.?\/*$/.test(path) && (tool.has('r') || tool.has('R'))) {
        yield* tool.complain(
          tool.face === 'gnu'
            ? `refusing to remove '.' or '..' directory: skipping '${path}'`
            : "can't remove '.' or '..'",
        );
        continue;
      }
      if (/^\/+$/.test(path) && tool.face === 'gnu') {
        yield* tool.complain("it is dangerous to operate recursively on '/'");
        continue;
      }
      yield* removePath(tool, path);
    }
    return tool.status;
  },
});

function* removePath(tool: Tool, path: string): Sys<void> {
  const { proc } = tool;
  const gnu = tool.face === 'gnu';
  const stat = yield* proc.stat(path, { followLinks: false });
  if (!stat.ok) {
    if (!tool.has('f') || stat.error !== 'ENOENT')
      yield* tool.complain(
        gnu
          ? `cannot remove '${path}': ${tool.strerror(stat.error)}`
          : `can't remove '${path}': ${tool.strerror(stat.error)}`,
      );
    return;
  }
  const folder = stat.value.type === 'directory';
  if (folder && !tool.has('r') && !tool.has('R') && !tool.has('d')) {
    yield* tool.complain(gnu ? `cannot remove '${path}': ${tool.strerror('EISDIR')}` : `'${path}' is a directory`);
    return;
  }
  if (
    tool.has('i') &&
    !(yield* agreed(tool, gnu ? `remove ${folder ? 'directory' : 'regular file'} '${path}'? ` : `remove '${path}'? `))
  )
    return;
  if (folder && !tool.has('d')) {
    const entries = yield* proc.readDirectory(path);
    if (!entries.ok) {
      yield* tool.complain(
        gnu
          ? `cannot remove '${path}': ${tool.strerror(entries.error)}`
          : `can't open '${path}': ${tool.strerror(entries.error)}`,
      );
      return;
    }
    for (const { name } of entries.value) yield* removePath(tool, joinPath(path, name));
  }
  const removed = folder ? yield* proc.removeDirectory(path) : yield* proc.unlink(path);
  // What stands inside and could not go has been told already.
  if (!removed.ok && !(removed.error === 'ENOTEMPTY' && tool.status !== 0))
    yield* tool.complain(
      gnu
        ? `cannot remove '${path}': ${tool.strerror(removed.error)}`
        : `can't remove '${path}': ${tool.strerror(removed.error)}`,
    );
  else if (removed.ok && tool.has('v'))
    yield* tool.write(gnu ? `removed ${folder ? 'directory ' : ''}'${path}'\n` : `removed '${path}'\n`);
}

/** A question on standard error, and whether the answer begins with y. */
export function* agreed(tool: Tool, question: string): Sys<boolean> {
  yield* tool.proc.write(2, `${tool.name}: ${question}`);
  const answer = yield* tool.proc.read(0);
  return answer.ok && (answer.value[0] === 121 || answer.value[0] === 89);
}

export const touch = defineTool({
  name: 'touch',
  options: 'amcd:t:r:h',
  long: { 'no-create': 'c', date: 'd', reference: 'r', 'no-dereference': 'h' },
  limits: {
    d: 'refused: dates are not read',
    t: 'refused: dates are not read',
    a: 'sets both times',
    m: 'sets both times',
    h: 'follows links',
  },
  usage: `[-cham] [-r FILE] FILE...

Update mtime of FILEs

	-c	Don't create files
	-r FILE	Date/time of FILE`,
  *run(tool) {
    const { proc } = tool;
    if (tool.operands.length === 0) return yield* tool.misused('missing file operand');
    let time = proc.date();
    const reference = tool.value('r');
    if (reference !== undefined) {
      const stat = yield* proc.stat(reference);
      if (!stat.ok)
        return yield* tool.complain(
          tool.face === 'gnu'
            ? `failed to get attributes of '${reference}': ${tool.strerror(stat.error)}`
            : `${reference}: ${tool.strerror(stat.error)}`,
        );
      time = stat.value.modified;
    }
    if (tool.has('d') || tool.has('t'))
      return yield* tool.complain('dates are not read here; -r FILE takes the time of another file');
    for (const path of tool.operands) {
      const exists = (yield* proc.stat(path)).ok;
      if (!exists && tool.has('c')) continue;
      if (!exists) {
        const file = yield* proc.open(path, { write: true, create: true });
        if (file.ok) yield* proc.close(file.value);
        else {
          yield* tool.complain(
            tool.face === 'gnu'
              ? `cannot touch '${path}': ${tool.strerror(file.error)}`
              : `${path}: ${tool.strerror(file.error)}`,
          );
          continue;
        }
      }
      const set = yield* proc.utime(path, time);
      if (!set.ok)
        yield* tool.complain(
          tool.face === 'gnu'
            ? `setting times of '${path}': ${tool.strerror(set.error)}`
            : `${path}: ${tool.strerror(set.error)}`,
        );
    }
    return tool.status;
  },
});

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export const mktemp = defineTool({
  name: 'mktemp',
  options: 'dqtup:',
  long: { directory: 'd', quiet: 'q', 'dry-run': 'u', tmpdir: 'p' },
  limits: { q: 'errors are still told' },
  usage: `[-dt] [-p DIR] [TEMPLATE]

Create a temporary file with name based on TEMPLATE and print its name.
TEMPLATE must end with XXXXXX (e.g. [/dir/]nameXXXXXX).

	-d	Make directory, not file
	-t	Prepend base directory name to TEMPLATE
	-p DIR	Use DIR as a base directory
	-u	Do not create anything; print a name`,
  *run(tool) {
    const { proc } = tool;
    const given = tool.operands[0];
    const base = tool.value('p') ?? proc.env.get('TMPDIR') ?? '/tmp';
    const template =
      given === undefined || tool.has('t') || tool.has('p')
        ? joinPath(base, given ?? (tool.face === 'gnu' ? 'tmp.XXXXXXXXXX' : 'tmp.XXXXXX'))
        : given;
    const places = /X{3,}$/.exec(template)?.[0].length;
    if (places === undefined)
      return yield* tool.complain(
        tool.face === 'gnu' ? `too few X's in template ‘${template}’` : `${template}: Invalid argument`,
      );
    for (let tries = 0; tries < 10; tries++) {
      let path = template.slice(0, -places);
      for (let i = 0; i < places; i++) path += LETTERS[proc.random() % LETTERS.length];
      if (!tool.has('u')) {
        const made = tool.has('d')
          ? yield* proc.makeDirectory(path, 0o700)
          : yield* proc.open(path, { write: true, create: true, exclusive: true }, 0o600);
        if (!made.ok && made.error === 'EEXIST') continue;
        if (!made.ok)
          return yield* tool.complain(
            tool.face === 'gnu'
              ? `failed to create ${tool.has('d') ? 'directory' : 'file'} via template ‘${template}’: ${tool.strerror(made.error)}`
              : `${template}: ${tool.strerror(made.error)}`,
          );
      }
      yield* tool.write(`${path}\n`);
      return 0;
    }
    return yield* tool.complain('no free name');
  },
});
