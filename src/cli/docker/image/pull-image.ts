import { err, ok, type Result } from '../../../base/result.ts';
import type { ApiStream } from '../../../dockerd/api/client.ts';
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
  const failure = yield* followProgress(cli, opened.value, options);
  return failure === null ? ok() : err({ status: 500, message: failure });
}

/** Shows what the engine tells on the way, to the end. @returns what went wrong */
export function* followProgress(
  cli: Cli,
  stream: ApiStream,
  options: { readonly quiet: boolean; readonly to: 'out' | 'error' },
): Sys<string | null> {
  let failure: string | null = null;
  while (stream.response.stream === true && failure === null) {
    const message = yield* stream.receive();
    if (message === undefined) break;
    const progress = (message.object ?? {}) as { id?: string; status?: string; error?: string };
    if (progress.error !== undefined) failure = progress.error;
    else if (!options.quiet && progress.status !== undefined) {
      const line = `${progress.id === undefined ? '' : `${progress.id}: `}${progress.status}\n`;
      yield* options.to === 'out' ? cli.out(line) : cli.error(line);
    }
  }
  yield* stream.close();
  return failure;
}
