import type { Stat } from '../../../kernel/syscalls/file.ts';
import type { Sys } from '../../../kernel/syscalls/proc.ts';
import { columnText } from './columns.ts';
import { modeText, sizeText, timeText } from './file-text.ts';
import { joinPath } from '../paths.ts';
import { defineTool, type Tool } from '../tool.ts';
import { type Names, readNames } from '../users.ts';

interface Entry {
  readonly name: string;
  readonly path: string;
  readonly stat: Stat;
  readonly target: string | null;
}

/** ls(1): GNU's and BusyBox's, which differ in messages, in the columns of -l and in colours on a terminal. */
export const ls = defineTool({
  name: 'ls',
  options: '1AaCdFghHiklLnopQrRsStuUvwxXcZ:G',
  long: {
    all: 'a',
    'almost-all': 'A',
    directory: 'd',
    classify: 'F',
    'human-readable': 'h',
    inode: 'i',
    recursive: 'R',
    reverse: 'r',
    size: 's',
    color: 'G',
    'no-group': 'G',
  },
  misuse: 2,
  limits: {
    H: 'links on the command line are not followed',
    Q: 'names are not quoted',
    s: 'blocks are not shown',
    u: 'sorts by the time of change',
    v: 'sorts by name',
    w: 'as wide as the terminal',
    x: 'columns go downwards',
    X: 'sorts by name',
    c: 'sorts by the time of change',
    Z: 'there are no security contexts',
    k: 'blocks are not shown',
  },
  usage: `[-1AaCxdLHRFplinshrSXvctu] [FILE]...

List directory contents

	-1	One column output
	-a	Include names starting with .
	-A	Like -a, but exclude . and ..
	-d	List directory names, not contents
	-L	Follow symlinks
	-R	Recurse
	-p	Append / to directory names
	-F	Append indicator (one of */=@|) to names
	-l	Long format
	-i	List inode numbers
	-n	List numeric UIDs and GIDs instead of names
	-h	Human readable sizes (1K 243M 2G)
	-S	Sort by size
	-t	Sort by mtime
	-r	Reverse sort order`,
  *run(tool) {
    const names = yield* readNames(tool.proc);
    const files: Entry[] = [];
    const folders: Entry[] = [];
    for (const path of tool.operands.length > 0 ? tool.operands : ['.']) {
      const entry = yield* look(tool, path, path, !tool.has('l') || tool.has('L') || path.endsWith('/'));
      if (entry === null) continue;
      (entry.stat.type === 'directory' && !tool.has('d') ? folders : files).push(entry);
    }
    yield* show(tool, sorted(tool, files), names, false);
    const titled = tool.operands.length > 1 || tool.has('R');
    for (const [i, folder] of sorted(tool, folders).entries())
      yield* showFolder(tool, folder.path, names, titled, i > 0 || files.length > 0);
    return tool.status;
  },
});

function* look(tool: Tool, path: string, name: string, follow: boolean): Sys<Entry | null> {
  let stat = yield* tool.proc.stat(path, { followLinks: follow });
  // A dangling link is shown as itself.
  if (!stat.ok && follow) stat = yield* tool.proc.stat(path, { followLinks: false });
  if (!stat.ok) {
    yield* tool.complain(
      tool.face === 'gnu'
        ? `cannot access '${path}': ${tool.strerror(stat.error)}`
        : `${path}: ${tool.strerror(stat.error)}`,
    );
    if (tool.face === 'gnu') tool.status = 2;
    return null;
  }
  const link = stat.value.type === 'symlink' ? yield* tool.proc.readLink(path) : null;
  return { name, path, stat: stat.value, target: link?.ok ? link.value : null };
}

function* showFolder(tool: Tool, path: string, names: Names, titled: boolean, gap: boolean): Sys<void> {
  const listed = yield* tool.proc.readDirectory(path);
  if (!listed.ok) {
    yield* tool.complain(
      tool.face === 'gnu'
        ? `cannot open directory '${path}': ${tool.strerror(listed.error)}`
        : `can't open '${path}': ${tool.strerror(listed.error)}`,
    );
    if (tool.face === 'gnu') tool.status = 2;
    return;
  }
  if (titled) yield* tool.write(`${gap ? '\n' : ''}${path}:\n`);
  const all = tool.has('a') ? ['.', '..'] : [];
  for (const { name } of listed.value) if (tool.has('a') || tool.has('A') || !name.startsWith('.')) all.push(name);
  const entries: Entry[] = [];
  for (const name of all) {
    const entry = yield* look(tool, joinPath(path, name), name, tool.has('L'));
    if (entry) entries.push(entry);
  }
  const order = sorted(tool, entries);
  yield* show(tool, order, names, true);
  if (!tool.has('R')) return;
  for (const { name, path: below, stat } of order)
    if (stat.type === 'directory' && name !== '.' && name !== '..') yield* showFolder(tool, below, names, true, true);
}

function sorted(tool: Tool, entries: readonly Entry[]): readonly Entry[] {
  const byName = (a: Entry, b: Entry) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
  const order = [...entries];
  if (tool.has('U')) return order;
  order.sort((a, b) => {
    if (tool.has('S') && a.stat.size !== b.stat.size) return b.stat.size - a.stat.size;
    if (tool.has('t') && a.stat.modified !== b.stat.modified) return b.stat.modified - a.stat.modified;
    return byName(a, b);
  });
  return tool.has('r') ? order.reverse() : order;
}

/** Blocks of 1024 bytes, in steps of a page. */
const blocks = ({ size, type }: Stat) => (type === 'symlink' || type === 'character' ? 0 : Math.ceil(size / 4096) * 4);

function* show(tool: Tool, entries: readonly Entry[], names: Names, isFolder: boolean): Sys<void> {
  const tty = tool.proc.isTty(1);
  const inode = (entry: Entry) => (tool.has('i') ? `${String(entry.stat.inode).padStart(7)} ` : '');
  const text = (entry: Entry) => inode(entry) + displayName(tool, entry, tty);
  if (tool.has('l') || tool.has('n') || tool.has('g') || tool.has('o')) {
    const sum = entries.reduce((total, { stat }) => total + blocks(stat), 0);
    if (isFolder) yield* tool.write(`total ${tool.has('h') ? sizeText(sum * 1024) : sum}\n`);
    const lines = longLines(tool, entries, names).map((line, i) => {
      const entry = entries[i] as Entry;
      return `${inode(entry)}${line} ${displayName(tool, entry, tty)}${entry.target === null ? '' : ` -> ${entry.target}`}\n`;
    });
    yield* tool.write(lines.join(''));
  } else if ((tty || tool.has('C')) && !tool.has('1')) {
    const width = tool.proc.windowSize(1)?.columns ?? 80;
    const cells = entries.map((entry) => ({
      text: text(entry),
      width: [...(inode(entry) + plainName(tool, entry, tty))].length,
    }));
    yield* tool.write(columnText(cells, width, tool.face));
  } else yield* tool.write(entries.map((entry) => `${text(entry)}\n`).join(''));
}

function longLines(tool: Tool, entries: readonly Entry[], names: Names): readonly string[] {
  const owner = (id: number, table: ReadonlyMap<number, string>) =>
    tool.has('n') ? String(id) : (table.get(id) ?? String(id));
  const rows = entries.map(({ stat }) => ({
    mode: modeText(stat),
    links: String(stat.links),
    user: owner(stat.uid, names.users),
    group: owner(stat.gid, names.groups),
    size: tool.has('h') ? sizeText(stat.size) : String(stat.size),
    time: timeText(stat.modified, tool.proc.date()),
  }));
  if (tool.face === 'busybox')
    return rows.map(
      ({ mode, links, user, group, size, time }) =>
        `${mode} ${links.padStart(4)} ${user.slice(0, 8).padEnd(8)} ${group.slice(0, 8).padEnd(8)} ${size.padStart(9)} ${time}`,
    );
  const widest = (pick: (row: (typeof rows)[number]) => string) => Math.max(0, ...rows.map((row) => pick(row).length));
  const [links, user, group, size] = [
    widest((row) => row.links),
    widest((row) => row.user),
    widest((row) => row.group),
    widest((row) => row.size),
  ];
  return rows.map((row) => {
    const who = `${tool.has('g') ? '' : `${row.user.padEnd(user)} `}${tool.has('o') ? '' : `${row.group.padEnd(group)} `}`;
    return `${row.mode} ${row.links.padStart(links)} ${who}${row.size.padStart(size)} ${row.time}`;
  });
}

function plainName(tool: Tool, entry: Entry, tty: boolean): string {
  return quoted(tool, entry.name, tty) + indicator(tool, entry.stat);
}

/** GNU quotes names that a shell would misread, on a terminal. */
function quoted(tool: Tool, name: string, tty: boolean): string {
  return tty && tool.face === 'gnu' && /[\s'"$&*;<>|\\?()`!#]/.test(name)
    ? name.includes("'")
      ? `"${name}"`
      : `'${name}'`
    : name;
}

function indicator(tool: Tool, { type, mode }: Stat): string {
  if (type === 'directory') return tool.has('F') || tool.has('p') ? '/' : '';
  if (!tool.has('F')) return '';
  return type === 'symlink'
    ? tool.has('l')
      ? ''
      : '@'
    : type === 'pipe'
      ? '|'
      : type === 'socket'
        ? '='
        : (mode & 0o111) !== 0
          ? '*'
          : '';
}

const COLORS: Partial<Record<Stat['type'], string>> = {
  directory: '1;34',
  symlink: '1;36',
  socket: '1;35',
  pipe: '0;33',
  character: '1;33',
};

/** BusyBox colours names on a terminal by default; GNU only when asked, as Ubuntu's alias does. */
function displayName(tool: Tool, entry: Entry, tty: boolean): string {
  const plain = plainName(tool, entry, tty);
  const colors = tty && (tool.face === 'busybox' || tool.has('G'));
  if (!colors) return plain;
  const { type, mode } = entry.stat;
  const color = COLORS[type] ?? ((mode & 0o111) !== 0 ? '1;32' : null);
  if (color === null) return plain;
  const mark = indicator(tool, entry.stat);
  return `\u001b[${color}m${plain.slice(0, plain.length - mark.length)}\u001b[0m${mark}`;
}
