import type { Sys } from '../../../kernel/syscalls/proc.ts';
import { baseName, dirName, joinPath, normalPath } from '../paths.ts';
import { formatTime } from '../strftime.ts';
import { defineTool, type Tool } from '../tool.ts';
import { readNames } from '../users.ts';
import { modeText } from './file-text.ts';

/** chmod(1), stat(1), readlink(1), realpath(1), basename(1), dirname(1). */

/** A new mode from an octal or symbolic text; null: it is none. */
function newMode(text: string, old: number, isFolder: boolean): number | null {
  if (/^[0-7]{1,4}$/.test(text)) return Number.parseInt(text, 8);
  let mode = old;
  for (const clause of text.split(',')) {
    const match = /^([ugoa]*)((?:[-+=][rwxXst]*)+)$/.exec(clause);
    if (!match) return null;
    const who = match[1] === '' || match[1]?.includes('a') ? 'ugo' : (match[1] as string);
    for (const [, operator, letters = ''] of (match[2] as string).matchAll(/([-+=])([rwxXst]*)/g)) {
      let bits = 0;
      for (const letter of letters) {
        const bit =
          letter === 'r'
            ? 4
            : letter === 'w'
              ? 2
              : letter === 'x' || (letter === 'X' && (isFolder || (old & 0o111) !== 0))
                ? 1
                : 0;
        for (const [each, shift] of [
          ['u', 6],
          ['g', 3],
          ['o', 0],
        ] as const)
          if (who.includes(each)) bits |= bit << shift;
        if (letter === 's' && who.includes('u')) bits |= 0o4000;
        if (letter === 's' && who.includes('g')) bits |= 0o2000;
        if (letter === 't') bits |= 0o1000;
      }
      const mask = [...who].reduce((sum, each) => sum | (7 << (each === 'u' ? 6 : each === 'g' ? 3 : 0)), 0);
      mode = operator === '+' ? mode | bits : operator === '-' ? mode & ~bits : (mode & ~mask) | bits;
    }
  }
  return mode;
}

export const chmod = defineTool({
  name: 'chmod',
  options: 'Rvcf',
  long: { recursive: 'R', verbose: 'v', changes: 'c', silent: 'f', quiet: 'f' },
  stopEarly: true,
  usage: `[-Rcvf] MODE[,MODE]... FILE...

MODE is octal number (bit pattern sstrwxrwxrwx) or [ugoa]{+|-|=}[rwxXst]

	-R	Recurse
	-c	List changed files
	-v	Verbose
	-f	Hide errors`,
  *run(tool) {
    const [mode, ...paths] = tool.operands;
    if (mode === undefined) return yield* tool.missingOperand();
    if (paths.length === 0) return yield* tool.misused(`missing operand after ‘${mode}’`);
    if (newMode(mode, 0, false) === null)
      return tool.face === 'gnu'
        ? yield* tool.misused(`invalid mode: ‘${mode}’`)
        : yield* tool.complain(`invalid mode '${mode}'`);
    for (const path of paths) yield* change(tool, mode, path);
    return tool.status;
  },
});

function* change(tool: Tool, mode: string, path: string): Sys<void> {
  const { proc } = tool;
  const stat = yield* proc.stat(path);
  if (!stat.ok) {
    yield* tool.complain(
      tool.face === 'gnu'
        ? `cannot access '${path}': ${tool.strerror(stat.error)}`
        : `${path}: ${tool.strerror(stat.error)}`,
    );
    return;
  }
  const folder = stat.value.type === 'directory';
  const changed = yield* proc.chmod(path, newMode(mode, stat.value.mode, folder) as number);
  if (!changed.ok)
    yield* tool.complain(
      tool.face === 'gnu'
        ? `changing permissions of '${path}': ${tool.strerror(changed.error)}`
        : `${path}: ${tool.strerror(changed.error)}`,
    );
  if (!folder || !tool.has('R')) return;
  const entries = yield* proc.readDirectory(path);
  if (entries.ok) for (const { name } of entries.value) yield* change(tool, mode, joinPath(path, name));
}

const KINDS = {
  file: 'regular file',
  directory: 'directory',
  symlink: 'symbolic link',
  pipe: 'fifo',
  socket: 'socket',
  character: 'character special file',
} as const;

export const stat = defineTool({
  name: 'stat',
  options: 'c:Lftt',
  long: { format: 'c', dereference: 'L', terse: 't' },
  limits: { f: 'tells of the file, not of its file system', t: 'prints the long form' },
  usage: `[-Lt] [-c FMT] FILE...

Display file status

	-c FMT	Use the specified format
	-L	Follow links
	%n name, %s size, %F type, %a mode (octal), %A mode, %u %U owner, %g %G group, %i inode, %h links, %y %Y mtime, %N quoted name`,
  *run(tool) {
    if (tool.operands.length === 0) return yield* tool.missingOperand();
    const names = yield* readNames(tool.proc);
    for (const path of tool.operands) {
      const found = yield* tool.proc.stat(path, { followLinks: tool.has('L') });
      if (!found.ok) {
        yield* tool.complain(
          tool.face === 'gnu'
            ? `cannot statx '${path}': ${tool.strerror(found.error)}`
            : `can't stat '${path}': ${tool.strerror(found.error)}`,
        );
        continue;
      }
      const s = found.value;
      const link = s.type === 'symlink' ? yield* tool.proc.readLink(path) : null;
      const shown = tool.face === 'gnu' && tool.value('c') === undefined ? path : `'${path}'`;
      const full = link?.ok
        ? `${tool.face === 'gnu' ? path : shown} -> ${tool.face === 'gnu' ? link.value : `'${link.value}'`}`
        : tool.face === 'gnu'
          ? path
          : path;
      const user = names.users.get(s.uid) ?? 'UNKNOWN';
      const group = names.groups.get(s.gid) ?? 'UNKNOWN';
      const octal = (s.mode & 0o7777).toString(8);
      const time = formatTime('%Y-%m-%d %H:%M:%S.%N %z', s.modified);
      const kind = s.type === 'file' && s.size === 0 ? 'regular empty file' : KINDS[s.type];
      const format = tool.value('c');
      if (format !== undefined) {
        const fields: Readonly<Record<string, string>> = {
          n: path,
          N: full === path ? `'${path}'` : `'${path}' -> '${link?.ok ? link.value : ''}'`,
          s: String(s.size),
          F: kind,
          a: octal,
          A: modeText(s),
          u: String(s.uid),
          U: user,
          g: String(s.gid),
          G: group,
          i: String(s.inode),
          h: String(s.links),
          y: time,
          Y: String(Math.floor(s.modified / 1000)),
          x: time,
          X: String(Math.floor(s.modified / 1000)),
          z: time,
          Z: String(Math.floor(s.modified / 1000)),
          b: String(Math.ceil(s.size / 512)),
          B: '512',
          d: String(s.device),
          o: '4096',
          f: s.mode.toString(16),
          '%': '%',
        };
        yield* tool.write(`${format.replace(/%([a-zA-Z%])/g, (all, letter: string) => fields[letter] ?? all)}\n`);
        continue;
      }
      const numbers = `  Size: ${String(s.size).padEnd(10)}\tBlocks: ${String(Math.ceil(s.size / 4096) * 8).padEnd(10)} IO Block: 4096   ${kind}`;
      yield* tool.write(
        `  File: ${full}\n${numbers}\nDevice: 0,${s.device}\tInode: ${String(s.inode).padEnd(11)} Links: ${s.links}\nAccess: (${octal.padStart(4, '0')}/${modeText(s)})  Uid: (${String(s.uid).padStart(5)}/${user.padStart(8)})   Gid: (${String(s.gid).padStart(5)}/${group.padStart(8)})\nAccess: ${time}\nModify: ${time}\nChange: ${time}\n${tool.face === 'gnu' ? ' Birth: -\n' : ''}`,
      );
    }
    return tool.status;
  },
});

/** The path behind all links; null: something on the way is missing. @param strict the last part has to exist, too */
export function* realPath(tool: Tool, path: string, strict: boolean): Sys<string | null> {
  const { proc } = tool;
  let done = '';
  let rest = normalParts(path.startsWith('/') ? path : joinPath(proc.cwd(), path));
  for (let links = 0; rest.length > 0; ) {
    const [part = '', ...others] = rest;
    rest = others;
    if (part === '..') {
      done = dirName(done || '/') === '/' ? '' : dirName(done);
      continue;
    }
    const here = `${done}/${part}`;
    const found = yield* proc.stat(here, { followLinks: false });
    if (!found.ok) {
      if (strict || others.length > 0) return null;
      return here;
    }
    if (found.value.type !== 'symlink') {
      done = here;
      continue;
    }
    const link = yield* proc.readLink(here);
    if (!link.ok || ++links > 40) return null;
    if (link.value.startsWith('/')) done = '';
    rest = [...normalParts(link.value), ...rest];
  }
  return done || '/';
}

const normalParts = (path: string) => path.split('/').filter((part) => part !== '' && part !== '.');

export const readlink = defineTool({
  name: 'readlink',
  options: 'fnemvqsz',
  long: { canonicalize: 'f', 'canonicalize-existing': 'e', 'canonicalize-missing': 'm', 'no-newline': 'n' },
  limits: { z: 'lines end with a newline' },
  usage: `[-fnv] FILE

Display the value of a symlink

	-f	Canonicalize by following all symlinks
	-n	Don't add newline at end
	-v	Verbose`,
  *run(tool) {
    if (tool.operands.length === 0) return yield* tool.missingOperand();
    for (const path of tool.operands) {
      const text =
        tool.has('f') || tool.has('e')
          ? yield* realPath(tool, path, tool.has('e'))
          : tool.has('m')
            ? normalPath(tool.proc.cwd(), path)
            : yield* linkText(tool, path);
      if (text === null) tool.status = 1;
      else yield* tool.write(`${text}${tool.has('n') ? '' : '\n'}`);
    }
    return tool.status;
  },
});

function* linkText(tool: Tool, path: string): Sys<string | null> {
  const link = yield* tool.proc.readLink(path);
  if (link.ok) return link.value;
  if (tool.has('v')) yield* tool.complain(`${path}: ${tool.strerror(link.error)}`);
  return null;
}

export const realpath = defineTool({
  name: 'realpath',
  options: 'emsqz',
  long: { 'canonicalize-existing': 'e', 'canonicalize-missing': 'm', strip: 's' },
  limits: { q: 'errors are still told', z: 'lines end with a newline' },
  usage: `FILE...

Print absolute pathnames of FILE`,
  *run(tool) {
    if (tool.operands.length === 0) return yield* tool.missingOperand();
    for (const path of tool.operands) {
      const text =
        tool.has('m') || tool.has('s')
          ? normalPath(tool.proc.cwd(), path)
          : yield* realPath(tool, path, tool.has('e') || tool.face === 'busybox');
      if (text === null) yield* tool.complain(`${path}: ${tool.strerror('ENOENT')}`);
      else yield* tool.write(`${text}\n`);
    }
    return tool.status;
  },
});

export const basename = defineTool({
  name: 'basename',
  options: 'as:z',
  long: { multiple: 'a', suffix: 's' },
  limits: { z: 'lines end with a newline' },
  usage: `FILE [SUFFIX] | -a FILE... | -s SUFFIX FILE...

Strip directory path and SUFFIX from FILE`,
  *run(tool) {
    const [path, ending, ...more] = tool.operands;
    if (path === undefined) return yield* tool.missingOperand();
    const many = tool.has('a') || tool.has('s');
    if (!many && more.length > 0) return yield* tool.misused(`extra operand ‘${more[0]}’`);
    const suffix = tool.value('s') ?? (many ? '' : (ending ?? ''));
    for (const each of many ? tool.operands : [path]) {
      const name = baseName(each);
      yield* tool.write(
        `${suffix !== '' && name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name}\n`,
      );
    }
    return tool.status;
  },
});

export const dirname = defineTool({
  name: 'dirname',
  options: 'z',
  limits: { z: 'lines end with a newline' },
  usage: `FILENAME

Strip non-directory suffix from FILENAME`,
  *run(tool) {
    if (tool.operands.length === 0) return yield* tool.missingOperand();
    for (const path of tool.operands) yield* tool.write(`${dirName(path)}\n`);
    return tool.status;
  },
});
