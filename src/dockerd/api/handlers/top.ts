import { concatBytes, decodeUtf8 } from '../../../base/bytes.ts';
import { ok } from '../../../base/result.ts';
import type { Proc, Sys } from '../../../kernel/syscalls/proc.ts';
import { type Answer, conflict, failure, invalid } from '../../fault.ts';
import { type Exchange, type Handled, route, type Route } from '../router.ts';

export const topRoutes: readonly Route[] = [route('GET', '/containers/:id/top', top)];

/** The host's own ps, and of what it says the lines about the container's processes (daemon/top_unix.go). */
function* top({ daemon, proc, path, query }: Exchange): Sys<Handled> {
  const found = daemon.containers.find(path['id'] as string);
  if (!found.ok) return found;
  const container = found.value;
  const args = query['ps_args'] || '-ef';
  const renamed = /\s+([^\s]*)=\s*(PID[^\s]*)/.exec(args);
  if (renamed && renamed[1] !== 'pid') return invalid(`specifying "${renamed[1]}=${renamed[2]}" is not allowed`);
  if (!container.running) return conflict(`container ${container.id} is not running`);
  const said = yield* runPs(proc, args.split(' '));
  if (!said.ok) return said;
  const host = daemon.kernel.hostNamespaces.pids;
  const pids = container.tasks.map((task) => task.pids.get(host) ?? 0);
  const table = readTable(said.value, pids);
  if (!table.ok) return table;
  daemon.containers.emit(container, 'top');
  return ok({ status: 200, body: table.value });
}

function* runPs(proc: Proc, args: readonly string[]): Sys<Answer<string>> {
  const out = yield* proc.pipe();
  const errors = yield* proc.pipe();
  if (!out.ok || !errors.ok) return failure('ps: too many open files');
  const child = yield* proc.spawn({
    run: { path: '/usr/bin/ps' },
    argv: ['ps', ...args],
    fds: [
      [1, out.value.write],
      [2, errors.value.write],
    ],
    group: 'new',
  });
  yield* proc.close(out.value.write);
  yield* proc.close(errors.value.write);
  if (!child.ok) return failure('exec: "ps": executable file not found in $PATH');
  const said = yield* readAll(proc, out.value.read);
  const complaint = yield* readAll(proc, errors.value.read);
  const ended = yield* proc.wait(child.value);
  const status = ended.ok && ended.value?.how === 'exited' ? ended.value.status : 1;
  return status === 0 ? ok(said) : failure(`ps: ${complaint.split('\n')[0] || `exit status ${status}`}`);
}

function* readAll(proc: Proc, fd: number): Sys<string> {
  const parts: Uint8Array[] = [];
  for (;;) {
    const chunk = yield* proc.read(fd);
    if (!chunk.ok || chunk.value.length === 0) break;
    parts.push(chunk.value);
  }
  yield* proc.close(fd);
  return decodeUtf8(concatBytes(parts));
}

/** Titles and rows of ps; what is beyond the last title belongs to it. */
export function readTable(
  text: string,
  pids: readonly number[],
): Answer<{ readonly Titles: readonly string[]; readonly Processes: readonly (readonly string[])[] }> {
  const [head = '', ...lines] = text.split('\n');
  const fields = (line: string) => line.split(/[\t\n\f\r ]+/).filter((field) => field !== '');
  const titles = fields(head);
  const pid = titles.indexOf('PID');
  if (pid < 0) return failure("Couldn't find PID field in ps output");
  const rows = lines.map(fields).filter((row) => pids.includes(Number(row[pid])));
  const last = titles.length - 1;
  return ok({ Titles: titles, Processes: rows.map((row) => [...row.slice(0, last), row.slice(last).join(' ')]) });
}
