import { type Errno, strerror } from '../../kernel/syscalls/errno.ts';
import type { Path } from '../schema/shape.ts';

/** Why a project can't be read: docker compose's own words, and where in which file, as far as that is known. */
export interface Problem {
  readonly message: string;
  readonly at?: Place;
}

export interface Place {
  /** Absolute path of the file; the one that was asked for where absent. */
  readonly file?: string;
  /** Where in its data. */
  readonly path?: Path;
  /** Where in its text, from 1. */
  readonly line?: number;
  readonly column?: number;
}

export const problem = (message: string, at?: Place): Problem => (at === undefined ? { message } : { message, at });
export const problemAt = (path: Path, message: string): Problem => ({ message, at: { path } });

/** Go's words for a file that can't be read. */
export function openWords(file: string, error: Errno): string {
  return `${error === 'EISDIR' ? 'read' : 'open'} ${file}: ${strerror(error, 'glibc').toLowerCase()}`;
}
