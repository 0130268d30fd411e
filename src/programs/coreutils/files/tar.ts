import { emitTar, parseTar, type TarEntry } from '../../../base/tar.ts';
import { NO_BYTES } from '../../../base/bytes.ts';
import type { Program, Sys } from '../../../kernel/syscalls/proc.ts';
import { baseName, dirName, joinPath } from '../paths.ts';
import { formatTime } from '../strftime.ts';
import { defineTool, type Tool } from '../tool.ts';
import { modeText } from './file-text.ts';

/** tar(1): -c, -x, -t of plain archives. Left out: compression, devices, hard links. */
const run: Program = defineTool({
  name: 'tar',
  options: 'ctxvf:C:zjJOkpmh',
  long: { create: 'c', list: 't', extract: 'x', verbose: 'v', file: 'f', directory: 'C' },
  misuse: 2,
  limits: {
    z: 'refused: archives are not compressed',
    j: 'refused: archives are not compressed',
    J: 'refused: archives are not compressed',
    k: 'overwrites files',
    p: 'keeps modes in any case',
    m: "sets the archive's times",
    h: 'links stay links',
  },
  usage: `c|x|t [-vO] [-f TARFILE] [-C DIR] [FILE]...

Create, extract, or list files from a tar file

	c	Create
	x	Extract
	t	List
	-f FILE	Name of TARFILE ('-' for stdin/out)
	-C DIR	Change to DIR before operation
	-v	Verbose
	-O	Extract to stdout`,
  *run(tool) {
    if (tool.has('z') || tool.has('j') || tool.has('J'))
      return yield* tool.complain('compressed archives are not supported here; plain ones are');
    const archive = tool.value('f') ?? '-';
    const folder = tool.value('C');
    const bytes = tool.has('c') ? null : yield* tool.contents(archive);
    if (!tool.has('c') && bytes === null) return 2;
    if (folder !== undefined) {
      const moved = yield* tool.proc.chdir(folder);
      if (!moved.ok) return yield* tool.complain(`${folder}: Cannot open: ${tool.strerror(moved.error)}`);
    }
    if (bytes === null) return yield* create(tool, archive);
    const parsed = parseTar(bytes);
    if (!parsed.ok) {
      yield* tool.complain(
        tool.face === 'gnu'
          ? 'This does not look like a tar archive\ntar: Exiting with failure status due to previous errors'
          : 'invalid tar magic',
      );
      return 2;
    }
    const wanted = (name: string) =>
      tool.operands.length === 0 ||
      tool.operands.some(
        (each) => name === each || name === `${each}/` || name.startsWith(`${each.replace(/\/$/, '')}/`),
      );
    for (const entry of parsed.value.filter(({ name }) => wanted(name))) {
      if (tool.has('t'))
        yield* tool.write(
          `${tool.has('v') ? `${describe(entry)} ` : ''}${entry.name}${entry.type === 'symlink' && tool.has('v') ? ` -> ${entry.target}` : ''}\n`,
        );
      else if (tool.has('x')) yield* extract(tool, entry);
      else return yield* tool.misused("You must specify one of the '-Acdtrux', '--delete' or '--test-label' options");
    }
    return tool.status;
  },
});

function describe(entry: TarEntry): string {
  const { mode, type, uid, gid, data, modified } = entry;
  return `${modeText({ type, mode })} ${uid}/${gid} ${String(data.length).padStart(9)} ${formatTime('%Y-%m-%d %H:%M', modified * 1000)}`;
}

function* extract(tool: Tool, entry: TarEntry): Sys<void> {
  const { proc } = tool;
  const path = entry.name.replace(/^\/+/, '').replace(/\/+$/, '');
  if (path === '' || path.split('/').includes('..')) return;
  if (tool.has('O')) {
    yield* tool.write(entry.data);
    return;
  }
  if (tool.has('v')) yield* tool.write(`${entry.name}\n`);
  let parent = '';
  for (const part of dirName(path).split('/')) {
    parent = parent === '' ? part : `${parent}/${part}`;
    if (parent !== '.') yield* proc.makeDirectory(parent, 0o755);
  }
  if (entry.type === 'directory') yield* proc.makeDirectory(path, entry.mode);
  else if (entry.type === 'symlink') {
    yield* proc.unlink(path);
    yield* proc.makeLink(entry.target, path, { symbolic: true });
  } else {
    const file = yield* proc.open(path, { write: true, create: true, truncate: true }, entry.mode);
    if (!file.ok) {
      yield* tool.complain(`${path}: Cannot open: ${tool.strerror(file.error)}`);
      return;
    }
    if (entry.data.length > 0) yield* proc.write(file.value, entry.data);
    yield* proc.close(file.value);
  }
  if (entry.type !== 'symlink') yield* proc.utime(path, entry.modified * 1000);
}

function* create(tool: Tool, archive: string): Sys<number> {
  if (tool.operands.length === 0)
    return yield* tool.complain(tool.face === 'gnu' ? 'Cowardly refusing to create an empty archive' : 'empty archive');
  const entries: TarEntry[] = [];
  for (const path of tool.operands) yield* collect(tool, path, entries);
  const bytes = emitTar(entries);
  if (archive === '-') yield* tool.write(bytes);
  else {
    const file = yield* tool.proc.open(archive, { write: true, create: true, truncate: true });
    if (!file.ok) return yield* tool.complain(`${archive}: Cannot open: ${tool.strerror(file.error)}`);
    yield* tool.proc.write(file.value, bytes);
    yield* tool.proc.close(file.value);
  }
  return tool.status;
}

function* collect(tool: Tool, path: string, entries: TarEntry[]): Sys<void> {
  const { proc } = tool;
  const stat = yield* proc.stat(path, { followLinks: false });
  if (!stat.ok) {
    yield* tool.complain(
      tool.face === 'gnu'
        ? `${path}: Cannot stat: ${tool.strerror(stat.error)}`
        : `${path}: ${tool.strerror(stat.error)}`,
    );
    tool.status = tool.face === 'gnu' ? 2 : 1;
    return;
  }
  const { type, mode, uid, gid, modified } = stat.value;
  if (type !== 'file' && type !== 'directory' && type !== 'symlink') return;
  const name = path.replace(/^\/+/, '').replace(/\/+$/, '') || baseName(path);
  if (tool.has('v')) yield* proc.write(2, `${name}\n`);
  const link = type === 'symlink' ? yield* proc.readLink(path) : null;
  const data = type === 'file' ? ((yield* tool.contents(path)) ?? NO_BYTES) : NO_BYTES;
  entries.push({
    name: type === 'directory' ? `${name}/` : name,
    type,
    mode: mode & 0o7777,
    uid,
    gid,
    modified: Math.floor(modified / 1000),
    target: link?.ok ? link.value : '',
    data,
  });
  if (type !== 'directory') return;
  const listed = yield* proc.readDirectory(path);
  if (listed.ok) for (const { name: below } of listed.value) yield* collect(tool, joinPath(path, below), entries);
}

/** The old style without a dash: `tar tf x.tar`. */
export const tar: Program = (proc) => {
  const [name = 'tar', first = '', ...rest] = proc.argv;
  if (!/^[ctx][a-zA-Z]*$/.test(first)) return run(proc);
  return run(Object.create(proc, { argv: { value: [name, `-${first}`, ...rest] } }) as typeof proc);
};
