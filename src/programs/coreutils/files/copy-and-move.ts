import type { Stat } from '../../../kernel/syscalls/file.ts';
import type { Sys } from '../../../kernel/syscalls/proc.ts';
import { baseName, joinPath } from '../paths.ts';
import { defineTool, type Tool } from '../tool.ts';
import { agreed } from './make-and-remove.ts';

/** cp(1), mv(1), ln(1). Owners are not copied: -p and -a keep mode and time. */

/** The pairs of source and destination that the operands mean; null: they make no sense, which has been told. */
function* pairs(tool: Tool): Sys<readonly (readonly [from: string, to: string])[] | null> {
  const { proc } = tool;
  const operands = [...tool.operands];
  const folder = tool.value('t') ?? undefined;
  if (folder === undefined && operands.length < 2) {
    yield* tool.misused(
      operands.length === 0 ? 'missing file operand' : `missing destination file operand after '${operands[0]}'`,
    );
    return null;
  }
  const last = folder ?? (operands.pop() as string);
  const stat = yield* proc.stat(last);
  const isFolder = stat.ok && stat.value.type === 'directory' && !tool.has('T');
  if ((folder !== undefined || operands.length > 1) && !isFolder) {
    yield* tool.complain(
      tool.face === 'gnu'
        ? `target '${last}': ${tool.strerror(stat.ok ? 'ENOTDIR' : stat.error)}`
        : `target '${last}' is not a directory`,
    );
    return null;
  }
  return operands.map((from) => [from, isFolder ? joinPath(last, baseName(from)) : last]);
}

export const cp = defineTool({
  name: 'cp',
  options: 'arRpfidPLHvnut:TlsS:b',
  long: {
    archive: 'a',
    recursive: 'r',
    force: 'f',
    interactive: 'i',
    preserve: 'p',
    verbose: 'v',
    'no-clobber': 'n',
    update: 'u',
    'target-directory': 't',
    'no-target-directory': 'T',
  },
  limits: {
    l: 'copies instead of linking',
    s: 'copies instead of linking',
    H: 'links on the command line are followed only without -R',
    S: 'no backup is kept',
    b: 'no backup is kept',
    p: "a file's owner isn't kept",
    a: "a file's owner isn't kept",
  },
  usage: `[-arPLHpfinlsTu] { SOURCE DEST | SOURCE... { -t DIRECTORY | DIRECTORY } }

Copy SOURCEs to DEST

	-a	Same as -dpR
	-R,-r	Recurse
	-d,-P	Preserve symlinks (default if -R)
	-L	Follow all symlinks
	-p	Preserve file attributes if possible
	-f	Overwrite
	-i	Prompt before overwrite
	-n	Don't overwrite
	-T	Refuse to copy if DEST is a directory
	-u	Copy only newer files`,
  *run(tool) {
    for (const [from, to] of (yield* pairs(tool)) ?? []) yield* copyOne(tool, from, to);
    return tool.status;
  },
});

function* copyOne(tool: Tool, from: string, to: string): Sys<boolean> {
  const { proc } = tool;
  const gnu = tool.face === 'gnu';
  const recursive = tool.has('r') || tool.has('R') || tool.has('a');
  const stat = yield* proc.stat(from, {
    followLinks: tool.has('L') || (!recursive && !tool.has('d') && !tool.has('P')),
  });
  if (!stat.ok) {
    yield* tool.complain(
      gnu
        ? `cannot stat '${from}': ${tool.strerror(stat.error)}`
        : `can't stat '${from}': ${tool.strerror(stat.error)}`,
    );
    return false;
  }
  const source = stat.value;
  if (source.type === 'directory' && !recursive) {
    yield* tool.complain(gnu ? `-r not specified; omitting directory '${from}'` : `omitting directory '${from}'`);
    return false;
  }
  const target = yield* proc.stat(to);
  if (target.ok && target.value.inode === source.inode && target.value.device === source.device) {
    yield* tool.complain(`'${from}' and '${to}' are the same file`);
    return false;
  }
  if (target.ok && source.type !== 'directory') {
    if (target.value.type === 'directory') {
      yield* tool.complain(gnu ? `cannot overwrite directory '${to}' with non-directory` : `'${to}' is a directory`);
      return false;
    }
    if (tool.has('n') || (tool.has('u') && target.value.modified >= source.modified)) return true;
    if (tool.has('i') && !(yield* agreed(tool, `overwrite '${to}'? `))) return true;
  }
  const done =
    source.type === 'directory'
      ? yield* copyFolder(tool, from, to, source, target.ok)
      : yield* copyFile(tool, from, to, source);
  if (done && (tool.has('p') || tool.has('a')) && source.type !== 'symlink') {
    yield* proc.chmod(to, source.mode);
    yield* proc.utime(to, source.modified);
  }
  if (done && tool.has('v')) yield* tool.write(`'${from}' -> '${to}'\n`);
  return done;
}

function* copyFolder(tool: Tool, from: string, to: string, source: Stat, exists: boolean): Sys<boolean> {
  const { proc } = tool;
  if (`${to}/`.startsWith(`${from.replace(/\/+$/, '')}/`)) {
    yield* tool.complain(
      tool.face === 'gnu'
        ? `cannot copy a directory, '${from}', into itself, '${to}'`
        : `recursion detected, omitting directory '${from}'`,
    );
    return false;
  }
  const entries = yield* proc.readDirectory(from);
  if (!entries.ok) {
    yield* tool.complain(
      tool.face === 'gnu'
        ? `cannot access '${from}': ${tool.strerror(entries.error)}`
        : `can't open '${from}': ${tool.strerror(entries.error)}`,
    );
    return false;
  }
  if (!exists) {
    const made = yield* proc.makeDirectory(to, source.mode);
    if (!made.ok) {
      yield* tool.complain(
        tool.face === 'gnu'
          ? `cannot create directory '${to}': ${tool.strerror(made.error)}`
          : `can't create directory '${to}': ${tool.strerror(made.error)}`,
      );
      return false;
    }
  }
  let done = true;
  for (const { name } of entries.value) done = (yield* copyOne(tool, joinPath(from, name), joinPath(to, name))) && done;
  return done;
}

function* copyFile(tool: Tool, from: string, to: string, source: Stat): Sys<boolean> {
  const { proc } = tool;
  const gnu = tool.face === 'gnu';
  if (source.type === 'symlink') {
    const link = yield* proc.readLink(from);
    if (tool.has('f')) yield* proc.unlink(to);
    const made = link.ok ? yield* proc.makeLink(link.value, to, { symbolic: true }) : link;
    if (!made.ok)
      yield* tool.complain(
        gnu
          ? `cannot create symbolic link '${to}': ${tool.strerror(made.error)}`
          : `can't create symlink '${to}': ${tool.strerror(made.error)}`,
      );
    return made.ok;
  }
  const input = yield* proc.open(from, { read: true });
  if (!input.ok) {
    yield* tool.complain(
      gnu
        ? `cannot open '${from}' for reading: ${tool.strerror(input.error)}`
        : `can't open '${from}': ${tool.strerror(input.error)}`,
    );
    return false;
  }
  if (tool.has('f')) {
    const writable = yield* proc.open(to, { write: true });
    if (writable.ok) yield* proc.close(writable.value);
    else yield* proc.unlink(to);
  }
  const output = yield* proc.open(to, { write: true, create: true, truncate: true }, source.mode & 0o777);
  if (!output.ok) {
    yield* tool.complain(
      gnu
        ? `cannot create regular file '${to}': ${tool.strerror(output.error)}`
        : `can't create '${to}': ${tool.strerror(output.error)}`,
    );
    yield* proc.close(input.value);
    return false;
  }
  for (;;) {
    const chunk = yield* proc.read(input.value);
    if (!chunk.ok || chunk.value.length === 0) break;
    yield* proc.write(output.value, chunk.value);
  }
  yield* proc.close(input.value);
  yield* proc.close(output.value);
  return true;
}

export const mv = defineTool({
  name: 'mv',
  options: 'finvut:Tb',
  long: {
    force: 'f',
    interactive: 'i',
    'no-clobber': 'n',
    verbose: 'v',
    update: 'u',
    'target-directory': 't',
    'no-target-directory': 'T',
  },
  limits: { b: 'no backup is kept' },
  usage: `[-finT] { SOURCE DEST | SOURCE... { -t DIRECTORY | DIRECTORY } }

Rename SOURCE to DEST, or move SOURCEs to DIRECTORY

	-f	Don't prompt before overwriting
	-i	Interactive, prompt before overwrite
	-n	Don't overwrite an existing file
	-T	Refuse to move if DEST is a directory`,
  *run(tool) {
    const { proc } = tool;
    const gnu = tool.face === 'gnu';
    for (const [from, to] of (yield* pairs(tool)) ?? []) {
      const source = yield* proc.stat(from, { followLinks: false });
      if (!source.ok) {
        yield* tool.complain(
          gnu
            ? `cannot stat '${from}': ${tool.strerror(source.error)}`
            : `can't rename '${from}': ${tool.strerror(source.error)}`,
        );
        continue;
      }
      const target = yield* proc.stat(to, { followLinks: false });
      if (target.ok && target.value.inode === source.value.inode && target.value.device === source.value.device) {
        yield* tool.complain(`'${from}' and '${to}' are the same file`);
        continue;
      }
      if (target.ok && (tool.has('n') || (tool.has('u') && target.value.modified >= source.value.modified))) continue;
      if (target.ok && tool.has('i') && !(yield* agreed(tool, `overwrite '${to}'? `))) continue;
      const moved = yield* proc.rename(from, to);
      if (moved.ok) {
        if (tool.has('v')) yield* tool.write(gnu ? `renamed '${from}' -> '${to}'\n` : `'${from}' -> '${to}'\n`);
        continue;
      }
      if (moved.error === 'EXDEV' && (yield* moveAcross(tool, from, to, source.value))) continue;
      yield* tool.complain(
        gnu
          ? moved.error === 'EINVAL'
            ? `cannot move '${from}' to a subdirectory of itself, '${to}'`
            : `cannot move '${from}' to '${to}': ${tool.strerror(moved.error)}`
          : `can't rename '${from}': ${tool.strerror(moved.error)}`,
      );
    }
    return tool.status;
  },
});

/** To another file system it is a copy and a removal, of files alone. */
function* moveAcross(tool: Tool, from: string, to: string, source: Stat): Sys<boolean> {
  if (source.type === 'directory') return false;
  if (!(yield* copyFile(tool, from, to, source))) return true;
  yield* tool.proc.unlink(from);
  return true;
}

export const ln = defineTool({
  name: 'ln',
  options: 'sfnbtvTr',
  long: { symbolic: 's', force: 'f', 'no-dereference': 'n', verbose: 'v', 'no-target-directory': 'T' },
  limits: { b: 'no backup is kept', t: 'no target directory is read', r: 'the link is not made relative' },
  usage: `[-sfnbtv] [-S SUF] TARGET... LINK|DIR

Create a link LINK or DIR/TARGET to the specified TARGET(s)

	-s	Make symlinks instead of hardlinks
	-f	Remove existing destinations
	-n	Don't dereference symlinks - treat like normal file
	-v	Verbose`,
  *run(tool) {
    const { proc } = tool;
    const [first] = tool.operands;
    if (first === undefined) return yield* tool.misused('missing file operand');
    const targets = tool.operands.length === 1 ? [first] : tool.operands.slice(0, -1);
    const last = tool.operands.length === 1 ? '.' : (tool.operands.at(-1) as string);
    const stat = yield* proc.stat(last, { followLinks: !tool.has('n') });
    const folder = stat.ok && stat.value.type === 'directory' && !tool.has('T');
    for (const target of targets) {
      const path = folder ? joinPath(last, baseName(target)) : last;
      if (tool.has('f')) yield* proc.unlink(path);
      const made = yield* proc.makeLink(target, path, { symbolic: tool.has('s') });
      if (made.ok) {
        if (tool.has('v')) yield* tool.write(`'${path}' -> '${target}'\n`);
        continue;
      }
      const kind = tool.has('s') ? 'symbolic' : 'hard';
      if (tool.face === 'busybox') yield* tool.complain(`${path}: ${tool.strerror(made.error)}`);
      else if (made.error === 'ENOENT' && !tool.has('s'))
        yield* tool.complain(`failed to access '${target}': ${tool.strerror(made.error)}`);
      else yield* tool.complain(`failed to create ${kind} link '${path}': ${tool.strerror(made.error)}`);
    }
    return tool.status;
  },
});
