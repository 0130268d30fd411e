import { concatBytes } from '../../../base/bytes.ts';
import { emitTar, parseTar, type TarEntry } from '../../../base/tar.ts';
import type { Sys } from '../../../kernel/syscalls/proc.ts';
import { exactly } from '../../command/argument-rule.ts';
import { defineCommand, type Invocation } from '../../command/command.ts';
import { bool } from '../../command/flag.ts';
import { humanSize } from '../../format/units.ts';
import { absolutePath } from '../absolute-path.ts';
import { baseName, copyPlace, splitCopyArgument, type CopyEnd } from './copy-place.ts';
import { readTree, writeTree } from './local-files.ts';

const FLAGS = {
  archive: bool('Keep owner and group', { short: 'a' }),
  'follow-link': bool('Copy what a link in SRC_PATH points to', { short: 'L' }),
  quiet: bool("Don't say what was copied", { short: 'q' }),
} as const;

/** The directory bit of Go's os.FileMode, which the engine answers a stat with. */
const GO_MODE_DIRECTORY = 0x80000000;
const GO_MODE_LINK = 0x8000000;

interface PathStat {
  readonly mode: number;
  readonly linkTarget: string;
}

const hasBit = (mode: number, bit: number): boolean => Math.floor(mode / bit) % 2 === 1;

/** Where a link in a container leads: its target, beside the link where that isn't absolute. */
function targetOf(path: string, { mode, linkTarget }: PathStat): string | null {
  if (!hasBit(mode, GO_MODE_LINK)) return null;
  return linkTarget.startsWith('/') ? linkTarget : `${path.replace(/[^/]*$/, '')}${linkTarget}`;
}

/**
 * `docker cp`: an archive to or from the engine. The API sends a path's stat in a header; here it is the body of the
 * answer to HEAD.
 */
export const cp = defineCommand({
  use: 'cp [OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-\n\tdocker cp [OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH',
  short: 'Copy files between a container and the host',
  top: 'cp [OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-\n\tdocker cp [OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH',
  args: exactly(2),
  flags: FLAGS,
  *run(invocation) {
    const { cli, args } = invocation;
    if (args[0] === '') return yield* cli.fail('source can not be empty');
    if (args[1] === '') return yield* cli.fail('destination can not be empty');
    const [from, to] = args.map(splitCopyArgument) as [CopyArgument, CopyArgument];
    if (from.container !== '' && to.container !== '')
      return yield* cli.fail('copying between containers is not supported');
    if (from.container !== '') return yield* copyOut(invocation, from, to.path);
    if (to.container !== '') return yield* copyIn(invocation, from.path, to);
    return yield* cli.fail('must specify at least one container source');
  },
});

type CopyArgument = ReturnType<typeof splitCopyArgument>;

function* copyOut({ cli, flags }: Invocation<typeof FLAGS>, from: CopyArgument, to: string): Sys<number> {
  const { container } = from;
  let { path } = from;
  if (flags['follow-link']) {
    const stat = yield* cli.call<PathStat>('HEAD', `/containers/${container}/archive`, { query: { path } });
    path = (stat.ok ? targetOf(path, stat.value) : null) ?? path;
  }
  const answer = yield* cli.call<Uint8Array>('GET', `/containers/${container}/archive`, { query: { path } });
  if (!answer.ok) return yield* cli.fail(answer.error.message);
  if (to === '-') {
    const written = yield* cli.proc.write(1, answer.value);
    return written.ok ? 0 : 1;
  }
  const entries = parseTar(answer.value);
  if (!entries.ok) return yield* cli.fail('archive/tar: invalid tar header');
  const isDirectory = entries.value[0]?.type === 'directory';
  // What a link led to keeps the link's name.
  const place = copyPlace({ path: from.path, exists: true, isDirectory }, yield* localEnd(cli.proc, to));
  const failed = place.ok
    ? yield* writeTree(cli.proc, place.value.directory, renamed(entries.value, place.value.name))
    : place.error;
  if (!flags.quiet)
    yield* cli.error(
      `Successfully copied ${humanSize(answer.value.length, 3)} to ${keepEnd(absolutePath(cli.proc.cwd(), to), to)}\n`,
    );
  return failed === null ? 0 : yield* cli.fail(failed);
}

function* copyIn({ cli, flags }: Invocation<typeof FLAGS>, from: string, to: CopyArgument): Sys<number> {
  const { container } = to;
  const route = `/containers/${container}/archive`;
  let { path } = to;
  let stat = yield* cli.call<PathStat>('HEAD', route, { query: { path } });
  const target = stat.ok ? targetOf(path, stat.value) : null;
  if (target !== null) {
    path = target;
    stat = yield* cli.call<PathStat>('HEAD', route, { query: { path } });
  }
  const destination: CopyEnd = {
    path,
    exists: stat.ok,
    isDirectory: stat.ok && hasBit(stat.value.mode, GO_MODE_DIRECTORY),
  };
  let directory = path;
  let archive: Uint8Array;
  if (from === '-') {
    if (!destination.isDirectory) return yield* cli.fail(`destination "${container}:${to.path}" must be a directory`);
    archive = yield* readInput(cli.proc);
  } else {
    const source = yield* localEnd(cli.proc, from);
    const place = copyPlace(source, destination);
    const linked = flags['follow-link'] ? yield* cli.proc.readLink(source.path) : null;
    const file = linked?.ok ? absolutePath(source.path.replace(/\/[^/]*$/, '') || '/', linked.value) : source.path;
    const entries = yield* readTree(cli.proc, file.replace(/(.)\/\.?$/, '$1'), baseName(from));
    if (!entries.ok) return yield* cli.fail(entries.error);
    if (!place.ok) return yield* cli.fail(place.error);
    directory = place.value.directory;
    archive = emitTar(renamed(entries.value, place.value.name));
  }
  const copied = yield* cli.call('PUT', route, {
    query: { path: directory, noOverwriteDirNonDir: 'true', ...(flags.archive ? { copyUIDGID: 'true' } : {}) },
    body: archive,
  });
  // The client counts what it has sent, whatever became of it.
  if (!flags.quiet) yield* cli.error(`Successfully copied ${humanSize(archive.length, 3)} to ${container}:${path}\n`);
  return copied.ok ? 0 : yield* cli.fail(copied.error.message);
}

/** The same entries under another first name; `.` lets a directory's contents stand alone. */
function renamed(entries: readonly TarEntry[], name: string): TarEntry[] {
  return entries.map((entry) => ({ ...entry, name: entry.name.replace(/^[^/]+/, () => name) }));
}

function* localEnd(proc: Invocation<typeof FLAGS>['cli']['proc'], path: string): Sys<CopyEnd> {
  const stat = yield* proc.stat(absolutePath(proc.cwd(), path));
  return {
    path: keepEnd(absolutePath(proc.cwd(), path), path),
    exists: stat.ok,
    isDirectory: stat.ok && stat.value.type === 'directory',
  };
}

function* readInput(proc: Invocation<typeof FLAGS>['cli']['proc']): Sys<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (;;) {
    const chunk = yield* proc.read(0, 65_536);
    if (!chunk.ok || chunk.value.length === 0) return concatBytes(parts);
    parts.push(chunk.value);
  }
}

/** `dir/` and `dir/.` mean something else than `dir`. */
function keepEnd(path: string, typed: string): string {
  return path + (/(\/\.|^\.)$/.test(typed) ? '/.' : typed.endsWith('/') ? '/' : '');
}
