import type { Sys } from '../../../kernel/syscalls/proc.ts';
import type { Exchange } from './exchange.ts';
import { locationFile } from './file-path.ts';
import type { Content } from './static-file.ts';
import { fileName } from './uri.ts';
import { interpolate } from './variables.ts';

/** The first of the named files that exists, else the last word: a path, a named location or `=404` (try_files). */
export function* tryFiles(x: Exchange, files: readonly string[]): Sys<Content | null> {
  for (const file of files.slice(0, -1)) {
    const path = interpolate(x, file);
    const wantsFolder = path.endsWith('/');
    const stat = yield* x.proc.stat(fileName(locationFile(x, path.replace(/\/$/, ''))));
    if (!stat.ok || (stat.value.type === 'directory') !== wantsFolder) continue;
    x.path = path === '' ? '/' : path;
    return null;
  }
  const last = files.at(-1) ?? '';
  if (last.startsWith('=')) return { status: Number(last.slice(1)) };
  return { redirect: last.startsWith('@') ? last : interpolate(x, last) };
}
