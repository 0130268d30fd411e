import { ok, type Result } from '../../../base/result.ts';
import { strerror } from '../../../kernel/syscalls/errno.ts';
import type { Sys } from '../../../kernel/syscalls/proc.ts';
import { quote } from '../../command/flag.ts';
import type { ApiFailure, Cli } from '../cli.ts';
import { pullImage } from '../image/pull-image.ts';
import { familiarReference } from '../image/reference.ts';
import type { CreateBody, CreateFlags } from './create-body.ts';

/** `docker: … Run 'docker run --help' for more information`: how run and create show what went wrong. */
export function withHelp(message: string, verb: string): string {
  return `docker: ${message}\n\nRun 'docker ${verb} --help' for more information`;
}

/** What is wrong with `--pull`; null where nothing is. */
export function pullOptionError(option: string): string | null {
  if (['always', 'missing', 'never', ''].includes(option)) return null;
  return `invalid pull option: '${option}': must be one of "always", "missing" or "never"`;
}

/** Creates the container, and tries to pull its image where there is none; the answer is its id. */
export function* createContainer(cli: Cli, body: CreateBody, flags: CreateFlags): Sys<Result<string, ApiFailure>> {
  if (flags.cidfile !== '' && (yield* cli.proc.stat(flags.cidfile)).ok) {
    const message = `container ID file found, make sure the other container isn't running or delete ${flags.cidfile}`;
    return { ok: false, error: { status: 0, message } };
  }
  if (flags.pull === 'always') {
    const pulled = yield* pullImage(cli, body.Image, { quiet: flags.quiet, to: 'error' });
    if (!pulled.ok) return pulled;
  }
  let created = yield* create(cli, body, flags);
  if (!created.ok && created.error.status === 404 && flags.pull !== 'never' && isImageMissing(created.error)) {
    if (!flags.quiet) yield* cli.error(`Unable to find image '${familiarReference(body.Image)}' locally\n`);
    const pulled = yield* pullImage(cli, body.Image, { quiet: flags.quiet, to: 'error' });
    if (!pulled.ok) return pulled;
    created = yield* create(cli, body, flags);
  }
  if (!created.ok) return created;
  for (const warning of [...(created.value.Warnings ?? []), ...loopbackDns(flags.dns)])
    yield* cli.error(`WARNING: ${warning}\n`);
  if (flags.cidfile !== '') {
    const failure = yield* writeIdFile(cli, flags.cidfile, created.value.Id);
    if (failure !== null) return { ok: false, error: { status: 0, message: failure } };
  }
  return ok(created.value.Id);
}

function create(cli: Cli, body: CreateBody, flags: CreateFlags) {
  const query: Record<string, string> = {};
  if (flags.name !== '') query['name'] = flags.name;
  if (flags.platform !== '') query['platform'] = flags.platform;
  return cli.call<{ Id: string; Warnings?: string[] | null }>('POST', '/containers/create', { query, body });
}

/** The engine also says 404 for a network or a container that isn't there; only an image is worth a pull. */
function isImageMissing(failure: ApiFailure): boolean {
  return /No such image|does not match the specified platform/.test(failure.message);
}

function loopbackDns(servers: readonly string[]): string[] {
  const loopback = servers.find((server) => server.startsWith('127.') || server === '::1');
  return loopback === undefined ? [] : [`Localhost DNS (${loopback}) may fail in containers.`];
}

function* writeIdFile(cli: Cli, path: string, id: string): Sys<string | null> {
  const opened = yield* cli.proc.open(path, { write: true, create: true, exclusive: true }, 0o644);
  if (!opened.ok)
    return `failed to create the container ID file: open ${path}: ${strerror(opened.error, 'glibc').toLowerCase()}`;
  const written = yield* cli.proc.write(opened.value, id);
  yield* cli.proc.close(opened.value);
  return written.ok ? null : `failed to write the container ID to the file: ${quote(path)}`;
}
