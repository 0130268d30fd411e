import type { Errno } from '../../../kernel/syscalls/errno.ts';
import type { Stat } from '../../../kernel/syscalls/file.ts';
import type { Sys } from '../../../kernel/syscalls/proc.ts';
import { numberedError } from '../../libc/errno-number.ts';
import type { Answer } from './answer.ts';
import { listFolder } from './autoindex.ts';
import type { Exchange } from './exchange.ts';
import { locationFile } from './file-path.ts';
import { escapePath, fileName } from './uri.ts';
import { interpolate } from './variables.ts';

/** An answer, or another path to look for from the start. */
export type Content = Answer | { readonly redirect: string };

/** What the file system has for a request: index files for a path that ends in `/`, else the file itself. */
export function* staticContent(x: Exchange): Sys<Content> {
  return x.path.endsWith('/') ? yield* folderContent(x) : yield* fileContent(x);
}

/** http/modules/ngx_http_index_module.c, then autoindex. */
function* folderContent(x: Exchange): Sys<Content> {
  if (x.method !== 'GET' && x.method !== 'HEAD' && x.method !== 'POST') return { status: 405 };
  const folder = locationFile(x, x.path);
  let tested = false;
  for (const name of x.settings.index) {
    const index = interpolate(x, name);
    if (index.startsWith('/')) return { redirect: index };
    const path = folder + index;
    const found = yield* x.proc.stat(fileName(path));
    if (found.ok) {
      if (!(yield* mayRead(x, found.value))) return yield* indexError(x, path, 'EACCES');
      return { redirect: x.path + index };
    }
    if (found.error === 'EACCES' || found.error === 'ENOTDIR') return yield* indexError(x, path, found.error);
    if (tested) continue;
    const stat = yield* x.proc.stat(fileName(folder));
    if (!stat.ok && stat.error === 'ENOENT') return yield* indexError(x, path, 'ENOENT');
    tested = true;
  }
  if (x.settings.autoindex) return yield* listFolder(x, folder);
  yield* x.log('error', `directory index of "${folder}" is forbidden`);
  return { status: 403 };
}

function* indexError(x: Exchange, path: string, error: Errno): Sys<Answer> {
  const denied = error === 'EACCES';
  yield* x.log('error', `"${path}" is ${denied ? 'forbidden' : 'not found'} (${numberedError(error, x.proc.library)})`);
  return { status: denied ? 403 : 404 };
}

/** Whether the workers' user may read it: a look at the mode, as access(2) would. */
function* mayRead(x: Exchange, { mode, uid }: Stat): Sys<boolean> {
  yield* x.proc.cpu();
  return x.proc.uid === 0 || (mode & (uid === x.proc.uid ? 0o400 : 0o004)) !== 0;
}

/** http/modules/ngx_http_static_module.c */
function* fileContent(x: Exchange): Sys<Content> {
  if (x.method !== 'GET' && x.method !== 'HEAD' && x.method !== 'POST') return { status: 405 };
  const path = locationFile(x, x.path);
  const file = yield* x.proc.open(fileName(path), { read: true });
  if (!file.ok && file.error !== 'EISDIR') return yield* openError(x, path, file.error);
  const found = file.ok ? yield* x.proc.fstat(file.value) : null;
  if (!file.ok || !found?.ok || found.value.type === 'directory') {
    if (file.ok) yield* x.proc.close(file.value);
    const query = x.args === '' ? '' : `?${x.args}`;
    return { status: 301, location: `${escapePath(x.path)}/${query}` };
  }
  const { type, size, modified } = found.value;
  if (type !== 'file' || x.method === 'POST') {
    yield* x.proc.close(file.value);
    if (type === 'file') return { status: 405 };
    yield* x.log('crit', `"${path}" is not a regular file`);
    return { status: 404 };
  }
  return {
    status: 200,
    body: { kind: 'file', fd: file.value, size },
    lastModified: Math.floor(modified / 1000) * 1000,
    ...(x.settings.etag && { etag: `"${Math.floor(modified / 1000).toString(16)}-${size.toString(16)}"` }),
    ranges: true,
  };
}

function* openError(x: Exchange, path: string, error: Errno): Sys<Answer> {
  const missing = error === 'ENOENT' || error === 'ENOTDIR' || error === 'ENAMETOOLONG';
  const status = missing ? 404 : error === 'EACCES' || error === 'ELOOP' ? 403 : 500;
  if (!missing || x.settings.logNotFound)
    yield* x.log(
      status === 500 ? 'crit' : 'error',
      `open() "${path}" failed (${numberedError(error, x.proc.library)})`,
    );
  return { status };
}
