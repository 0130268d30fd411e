import { err, ok, type Result } from '../../../base/result.ts';
import type { Sys } from '../../../kernel/syscalls/proc.ts';
import type { ApiFailure, Cli } from '../cli.ts';
import { parseReference } from './reference.ts';

/** Asks the engine for an image and shows how that goes; this host reaches no registry, and the engine says so. */
export function* pullImage(
  cli: Cli,
  reference: string,
  options: { readonly quiet: boolean; readonly to: 'out' | 'error' },
): Sys<Result<void, ApiFailure>> {
  const { name, tag, digest } = parseReference(reference);
  const query = { fromImage: name, tag: digest || tag || 'latest' };
  const opened = yield* cli.stream('POST', '/images/create', { query });
  if (!opened.ok) return opened;
  const stream = opened.value;
  let failure: ApiFailure | null = null;
  while (stream.response.stream === true && failure === null) {
    const message = yield* stream.receive();
    if (message === undefined) break;
    const progress = (message.object ?? {}) as { id?: string; status?: string; error?: string };
    if (progress.error !== undefined) failure = { status: 500, message: progress.error };
    else if (!options.quiet && progress.status !== undefined) {
      const line = `${progress.id === undefined ? '' : `${progress.id}: `}${progress.status}\n`;
      yield* options.to === 'out' ? cli.out(line) : cli.error(line);
    }
  }
  yield* stream.close();
  return failure === null ? ok() : err(failure);
}
