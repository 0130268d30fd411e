import { folderOf } from './load/files.ts';
import { TextMap, type TextRange } from './locate.ts';
import { atOnce, MemoryWorld } from './memory-world.ts';
import { resolvePath } from './model/service.ts';
import type { Path } from './schema/shape.ts';
import { loadProject as loadV1 } from './v1/load.ts';
import { VERSION_EXPLANATION } from './v1/violation-words.ts';
import { loadProject as loadV2 } from './v2/load/load.ts';
import type { Place } from './v2/problem.ts';

/** What a command says of a compose file, and where in the file. */
export interface Diagnostic {
  /** Offsets into the text. */
  readonly from: number;
  readonly to: number;
  readonly severity: 'error' | 'warning';
  /** The command's own words. */
  readonly message: string;
  /** Absolute path of the file that it is about, where that is another one. */
  readonly file?: string;
}

export interface DiagnoseOptions {
  /** Its path; what isn't absolute is taken to be below `/`. */
  readonly fileName: string;
  /** Other files that it may name: env files, extends, include. */
  readonly readFile?: (path: string) => string | null;
  readonly environment?: ReadonlyMap<string, string>;
  /** docker-compose 1.29.2 or docker compose v2. */
  readonly face: 'v1' | 'v2';
}

/** What docker-compose or docker compose would say of a file, without running anything. Never throws, whatever the text is. */
export function diagnose(text: string, options: DiagnoseOptions): readonly Diagnostic[] {
  const file = resolvePath('/', options.fileName);
  const world = new MemoryWorld({
    folder: folderOf(file),
    environment: options.environment ?? new Map(),
    readFile: (path) => (path === file ? text : (options.readFile?.(path) ?? null)),
  });
  const map = new TextMap(text);
  return options.face === 'v1' ? diagnoseV1(world, file, map) : diagnoseV2(world, file, map);
}

function diagnoseV2(world: MemoryWorld, file: string, map: TextMap): readonly Diagnostic[] {
  const loaded = atOnce(
    loadV2(world, { files: [file], projectName: '', projectDirectory: '', envFiles: [], profiles: ['*'] }),
  );
  const { warnings } = loaded.ok ? loaded.value : loaded.error;
  const diagnostics = warnings.map((message) => warning(message, map));
  if (loaded.ok) return diagnostics;
  const { message, at } = loaded.error;
  const elsewhere = at?.file !== undefined && at.file !== file ? { file: at.file } : {};
  return [...diagnostics, { ...rangeOf(at, file, map), severity: 'error', message, ...elsewhere }];
}

/** What is wrong with another file is shown where this one names it. */
function rangeOf(at: Place | undefined, file: string, map: TextMap): TextRange {
  if (at?.file !== undefined && at.file !== file) return map.find(fileNameOf(at.file)) ?? map.firstLine();
  return at?.line === undefined ? map.at(at?.path ?? []) : map.fromPlace(at.line, at.column ?? 1);
}

const fileNameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

function diagnoseV1(world: MemoryWorld, file: string, map: TextMap): readonly Diagnostic[] {
  const loaded = atOnce(
    loadV1(world, { files: [file], projectName: null, projectDirectory: null, envFile: null, profiles: [] }),
  );
  if (loaded.ok) return loaded.value.warnings.map((message) => warning(message, map));
  return objections(loaded.error).map((message) => ({ ...placeIn(message, map), severity: 'error', message }));
}

/** docker-compose tells all that doesn't fit the grammar at once, a line each. */
function objections(error: string): readonly string[] {
  const list = /^The Compose file '.*' is invalid because:\n([^]*)$/.exec(error)?.[1];
  return list === undefined ? [error] : list.replaceAll(`\n\n${VERSION_EXPLANATION}`, '').split('\n');
}

function warning(message: string, map: TextMap): Diagnostic {
  const variable = /^The "?(\w+)"? variable is not set/.exec(message)?.[1];
  const range =
    variable === undefined
      ? map.at(message.includes('`version` is obsolete') ? ['version'] : [])
      : (map.find(new RegExp(`\\$\\{${variable}\\b[^}]*\\}|\\$${variable}\\b`)) ?? map.firstLine());
  return { ...range, severity: 'warning', message };
}

/** docker-compose's messages are texts alone: the place is in their words. */
function placeIn(message: string, map: TextMap): TextRange {
  const places = [...message.matchAll(/line (\d+), column (\d+)/g)];
  const last = places.at(-1);
  if (last) return map.fromPlace(Number(last[1]), Number(last[2]));
  const path = pathsIn(message).find((each) => map.has(each));
  return path ? map.at(path) : map.firstLine();
}

/** Places that a message may mean, the narrowest first. */
function pathsIn(message: string): readonly Path[] {
  const paths: Path[] = [];
  const key = /: '([^']+)'(?:$| \(did)/.exec(message)?.[1] ?? / value '([^']+)'/.exec(message)?.[1];
  const dotted = /\b((?:services|networks|volumes|secrets|configs)\.[\w.-]+)/.exec(message)?.[1]?.split('.') ?? [];
  if (key !== undefined) paths.push([...dotted, key]);
  for (let length = dotted.length; length > 0; length--) paths.push(dotted.slice(0, length));
  const [first, second] = [...message.matchAll(/['"]([^'"\n]+)['"]/g)].map(([, name]) => name as string);
  const bare = /\bService (\S+) has neither/.exec(message)?.[1] ?? /dependency between (\S+) and/.exec(message)?.[1];
  const option = /for "([^"]+)" option in (\w+) "([^"]+)"/.exec(message);
  if (option) paths.push([`${option[2]}s`, option[3] as string, ...(option[1] as string).split('.')]);
  for (const name of [first, bare].filter((each) => each !== undefined)) {
    if (second !== undefined)
      for (const each of ['depends_on', 'networks', 'links', 'network_mode', 'extends'])
        paths.push(['services', name, each, second]);
    paths.push(['services', name], ['networks', name], ['volumes', name], [name]);
  }
  if (second !== undefined) paths.push(['services', second], ['networks', second], ['volumes', second]);
  if (/[Vv]ersion/.test(message)) paths.push(['version']);
  return paths;
}
