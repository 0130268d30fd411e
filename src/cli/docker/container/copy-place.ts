import { err, ok, type Result } from '../../../base/result.ts';

/** What is known of one end of a copy. */
export interface CopyEnd {
  readonly path: string;
  readonly exists: boolean;
  readonly isDirectory: boolean;
}

/** The directory to unpack in, and the name that the copied thing gets there; `.` spills a directory's contents. */
export interface CopyPlace {
  readonly directory: string;
  readonly name: string;
}

/** Where a copy goes, by cp's rules (moby/go-archive PrepareArchiveCopy). */
export function copyPlace(source: CopyEnd, destination: CopyEnd): Result<CopyPlace, string> {
  const contents = source.isDirectory && /(^|\/)\.$/.test(source.path);
  if (destination.exists && destination.isDirectory)
    return ok({ directory: destination.path, name: contents ? '.' : baseName(source.path) });
  const place = { directory: parentOf(destination.path), name: baseName(destination.path) };
  if (destination.exists) return source.isDirectory ? err('cannot copy directory') : ok(place);
  if (!source.isDirectory && destination.path.endsWith('/')) return err('no such directory');
  return ok(place);
}

/** `CONTAINER:PATH`, or a path alone; what begins with `/` or `.` is a local path, whatever colons it has. */
export function splitCopyArgument(argument: string): { readonly container: string; readonly path: string } {
  const at = argument.indexOf(':');
  const local = argument.startsWith('/') || argument.startsWith('.') || at < 0;
  return local ? { container: '', path: argument } : { container: argument.slice(0, at), path: argument.slice(at + 1) };
}

export function baseName(path: string): string {
  return (
    path
      .replace(/\/+\.?$/, '')
      .split('/')
      .at(-1) || '/'
  );
}

function parentOf(path: string): string {
  const trimmed = path.replace(/\/+$/, '');
  const at = trimmed.lastIndexOf('/');
  return at < 0 ? '.' : trimmed.slice(0, at) || '/';
}
