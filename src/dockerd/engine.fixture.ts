import { request } from './api/client.ts';
import type { ApiResponse } from './api/types.ts';
import { TestMachine } from '../kernel/process/machine.fixture.ts';
import type { Program } from '../kernel/syscalls/proc.ts';
import type { Container } from './container/container.ts';
import type { Daemon } from './daemon.ts';
import { API_ROUTES } from './api/routes.ts';
import { startDockerd } from './server.ts';

/** Sleeps for its argument's seconds; SIGTERM ends it, as in every program that doesn't run as process 1. */
const sleep: Program = function* (proc) {
  proc.disposition('SIGTERM', 'catch');
  const slept = yield* proc.sleep(Number(proc.argv[1]) * 1e9);
  return slept.ok ? 0 : 143;
};

/** Never hears of SIGTERM. */
const deaf: Program = function* (proc) {
  proc.disposition('SIGTERM', 'ignore');
  yield* proc.sleep(10_000 * 1e9);
  return 0;
};

/** Ends with the status that it is told, after as many seconds as the second argument says. */
const exit: Program = function* (proc) {
  yield* proc.sleep(Number(proc.argv[2] ?? 0) * 1e9);
  return Number(proc.argv[1] ?? 0);
};

/** Ends well if the file that it is told is there. */
const has: Program = function* (proc) {
  const stat = yield* proc.stat(proc.argv[1] ?? '');
  yield* proc.write(1, stat.ok ? 'yes\n' : 'no\n');
  return stat.ok ? 0 : 1;
};

/** Writes its second argument into the file of its first. */
const put: Program = function* (proc) {
  const [, path = '', text = ''] = proc.argv;
  const opened = yield* proc.open(path, { write: true, create: true, truncate: true }, 0o644);
  if (!opened.ok) return 1;
  yield* proc.write(opened.value, text);
  return 0;
};

/** What `docker top` asks the host for: two columns of every process. */
const ps: Program = function* (proc) {
  const rows = [...proc.processes()].map(({ pid, argv }) => `${pid} ${argv.join(' ')}\n`);
  yield* proc.write(1, `  PID CMD\n${rows.join('')}`);
  return 0;
};

const PROGRAMS = { sleep, deaf, exit, has, put, ps };

/** An engine with one image of small programs, spoken to by API requests on its socket. */
export class TestEngine {
  readonly machine = new TestMachine(PROGRAMS, {
    '/etc/resolv.conf': { content: 'nameserver 192.168.0.1\n' },
    '/usr/bin/ps': { program: 'ps', mode: 0o755 },
    '/var/run': { directory: true },
  });
  readonly daemon: Daemon;

  constructor() {
    const binaries = Object.keys(PROGRAMS).map((name) => [`/bin/${name}`, { program: name, mode: 0o755 }]);
    this.daemon = startDockerd(this.machine.kernel, {
      routes: () => API_ROUTES,
      images: [
        {
          reference: 'small:latest',
          library: 'musl',
          created: '2025-12-31T23:00:00Z',
          size: 1000,
          config: { Cmd: ['sleep', '1000'], Env: ['PATH=/bin'] },
          layers: [{ ...Object.fromEntries(binaries), '/etc/passwd': { content: 'root:x:0:0:root:/root:/bin/sh\n' } }],
        },
      ],
    });
    this.pass(1e-3);
  }

  /** Asks and lets time pass until the answer is there. */
  ask(
    method: string,
    path: string,
    options: { readonly query?: Record<string, string>; readonly body?: unknown } = {},
  ) {
    const answers: ApiResponse[] = [];
    this.machine.kernel.spawn({
      run: {
        *program(proc) {
          const answer = yield* request(proc, { method, path: `/v1.51${path}`, ...options });
          if (answer.ok) answers.push(answer.value);
          return 0;
        },
      },
      argv: ['client'],
    });
    for (let i = 0; i < 100_000 && answers.length === 0; i++) this.pass(0.01);
    const [response] = answers;
    if (!response) throw new Error(`${method} ${path}: no answer`);
    return response;
  }

  /** Makes a container that runs a command, and starts it. */
  run(name: string, command: readonly string[], body: Record<string, unknown> = {}): Container {
    const created = this.ask('POST', '/containers/create', {
      query: { name },
      body: { Image: 'small', Cmd: command, ...body },
    });
    if (created.status !== 201) throw new Error(JSON.stringify(created.body));
    const started = this.ask('POST', `/containers/${name}/start`);
    if (started.status >= 400) throw new Error(JSON.stringify(started.body));
    return this.container(name);
  }

  container(name: string): Container {
    const found = this.daemon.containers.find(name);
    if (!found.ok) throw new Error(found.error.message);
    return found.value;
  }

  /** What has happened to containers, without the times: `die 4`. */
  events(): readonly string[] {
    const lines: string[] = [];
    for (let i = 0; i < this.daemon.events.length; i++) {
      const event = this.daemon.events.at(i);
      if (event?.Type !== 'container') continue;
      const { exitCode = '' } = event.Actor.Attributes;
      lines.push(`${event.Action} ${exitCode}`.trim());
    }
    return lines;
  }

  /** @param seconds of virtual time */
  pass(seconds: number): void {
    this.machine.pass(seconds * 1e9);
  }
}
