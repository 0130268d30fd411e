import type { Sys } from '../../../kernel/syscalls/proc.ts';
import { joinPath } from '../paths.ts';
import { defineTool, type Tool } from '../tool.ts';
import { sizeText } from './file-text.ts';

/** du(1) and df(1). Sizes are in steps of a page; the model's disk is as large as it says here, and never full. */

const DISK = 62_914_560;

export const du = defineTool({
  name: 'du',
  options: 'achksxd:mLH',
  long: { all: 'a', total: 'c', 'human-readable': 'h', summarize: 's', 'max-depth': 'd', 'one-file-system': 'x' },
  limits: { H: 'links on the command line are not followed', x: 'goes into other file systems' },
  usage: `[-aHLdclsxhmk] [FILE]...

Summarize disk space used for FILEs (or directories)

	-a	Show file sizes too
	-d N	Limit output to directories (and files with -a) of depth < N
	-c	Show grand total
	-s	Display only a total for each argument
	-h	Sizes in human readable format (e.g., 1K 243M 2G)
	-k	Sizes in kilobytes (default)`,
  *run(tool) {
    let total = 0;
    for (const path of tool.operands.length > 0 ? tool.operands : ['.']) total += yield* measure(tool, path, 0);
    if (tool.has('c')) yield* tool.write(line(tool, total, 'total'));
    return tool.status;
  },
});

function line(tool: Tool, kilobytes: number, name: string): string {
  const shown = tool.has('h')
    ? sizeText(kilobytes * 1024).replace(/^0$/, '0')
    : tool.has('m')
      ? String(Math.ceil(kilobytes / 1024))
      : String(kilobytes);
  return `${shown}\t${name}\n`;
}

function* measure(tool: Tool, path: string, depth: number): Sys<number> {
  const { proc } = tool;
  const stat = yield* proc.stat(path, { followLinks: tool.has('L') });
  if (!stat.ok) {
    yield* tool.complain(
      tool.face === 'gnu'
        ? `cannot access '${path}': ${tool.strerror(stat.error)}`
        : `${path}: ${tool.strerror(stat.error)}`,
    );
    return 0;
  }
  const folder = stat.value.type === 'directory';
  let size = folder ? 4 : Math.ceil(stat.value.size / 4096) * 4;
  if (folder) {
    const entries = yield* proc.readDirectory(path);
    if (entries.ok) for (const { name } of entries.value) size += yield* measure(tool, joinPath(path, name), depth + 1);
    else
      yield* tool.complain(
        tool.face === 'gnu'
          ? `cannot read directory '${path}': ${tool.strerror(entries.error)}`
          : `can't open '${path}': ${tool.strerror(entries.error)}`,
      );
  }
  const deepest = tool.has('s') ? 0 : Number(tool.value('d') ?? Number.POSITIVE_INFINITY);
  if (depth <= deepest && (folder || depth === 0 || tool.has('a'))) yield* tool.write(line(tool, size, path));
  return size;
}

export const df = defineTool({
  name: 'df',
  options: 'hkmPTait:x:',
  long: { 'human-readable': 'h', portability: 'P', 'print-type': 'T', all: 'a' },
  limits: { i: 'inodes are not counted', t: 'shows every type', x: 'shows every type' },
  limit: "the disk's size is the same always",
  usage: `[-PkmhT] [FILESYSTEM]...

Print filesystem usage statistics

	-P	POSIX output format
	-k	1024-byte blocks (default)
	-h	Human readable (e.g. 1K 243M 2G)
	-T	Print filesystem type`,
  *run(tool) {
    const human = tool.has('h');
    const rows = tool.proc
      .mounts()
      .filter(({ type }) => tool.has('a') || !['proc', 'sysfs'].includes(type))
      .map(({ source, target, type }) => {
        const size = type === 'tmpfs' ? 65_536 : DISK;
        const used = type === 'tmpfs' ? 0 : Math.round(DISK / 5);
        const show = (kilobytes: number) => (human ? sizeText(kilobytes * 1024) : String(kilobytes));
        const percent = `${Math.ceil((used / size) * 100)}%`;
        return [source, ...(tool.has('T') ? [type] : []), show(size), show(used), show(size - used), percent, target];
      });
    const head = [
      'Filesystem',
      ...(tool.has('T') ? ['Type'] : []),
      human ? 'Size' : tool.face === 'gnu' ? '1K-blocks' : '1K-blocks',
      'Used',
      human && tool.face === 'gnu' ? 'Avail' : 'Available',
      'Use%',
      'Mounted on',
    ];
    const table = [head, ...rows];
    const widths = head.map((_cell, i) => Math.max(...table.map((row) => (row[i] as string).length)));
    if (tool.face === 'busybox') widths[0] = Math.max(20, widths[0] as number);
    yield* tool.write(
      table
        .map(
          (row) =>
            `${row.map((cell, i) => (i === row.length - 1 ? cell : i === 0 || (i === 1 && tool.has('T')) ? cell.padEnd(widths[i] as number) : cell.padStart(widths[i] as number))).join(' ')}\n`,
        )
        .join(''),
    );
    return 0;
  },
});
