import { decodeUtf8 } from '../base/bytes.ts';
import { API_ROUTES } from '../dockerd/api/routes.ts';
import { startDockerd } from '../dockerd/server.ts';
import {
  TestMachine,
  type RunOptions,
  type RunningProgram,
  type RunResult,
} from '../kernel/process/machine.fixture.ts';
import type { Program } from '../kernel/syscalls/proc.ts';
import { makeDockerProgram, type DockerOptions } from './docker.ts';

/** Seconds, or fractions of them. */
const sleep: Program = function* (proc) {
  const slept = yield* proc.sleep(Number(proc.argv[1]) * 1e9);
  return slept.ok ? 0 : 1;
};

const echo: Program = function* (proc) {
  yield* proc.write(1, `${proc.argv.slice(1).join(' ')}\n`);
  return 0;
};

/** Copies its input, by way of a terminal or a pipe; `q` ends it with status 5. */
const cat: Program = function* (proc) {
  for (;;) {
    const data = yield* proc.read(0);
    if (!data.ok || data.value.length === 0) return 0;
    yield* proc.write(1, data.value);
    if (decodeUtf8(data.value).startsWith('q')) return 5;
  }
};

/** Writes to both streams and ends with the status that it is told. */
const both: Program = function* (proc) {
  yield* proc.write(1, 'out\n');
  yield* proc.write(2, 'err\n');
  return Number(proc.argv[1] ?? 0);
};

/** Says that a signal came, and ends with 3. */
const trap: Program = function* (proc) {
  proc.disposition('SIGINT', 'catch');
  yield* proc.write(1, 'ready\n');
  yield* proc.sleep(1000 * 1e9);
  yield* proc.write(1, `got ${proc.takeSignal()}\n`);
  return 3;
};

const env: Program = function* (proc) {
  yield* proc.write(1, [...proc.env].map((pair) => `${pair.join('=')}\n`).join(''));
  return 0;
};

const size: Program = function* (proc) {
  yield* proc.sleep(1e9);
  const window = proc.windowSize(0);
  yield* proc.write(1, `${window?.columns}x${window?.rows}\n`);
  return 0;
};

/** Runs the rest of its words, and tells then how it found the terminal. */
const stty: Program = function* (proc) {
  const [, name = '', ...args] = proc.argv;
  const child = yield* proc.spawn({
    run: { path: `/bin/${name}` },
    argv: [name, ...args],
    group: 'new',
    foreground: true,
  });
  if (!child.ok) return 1;
  yield* proc.wait(child.value);
  yield* proc.write(1, `echo=${proc.termios(0)?.echo} canonical=${proc.termios(0)?.canonical}\n`);
  return 0;
};

const PROGRAMS = { sleep, echo, cat, both, trap, env, size, stty };

/** A machine with an engine, one image of small programs, and the docker command line under test. */
export class DockerHost {
  readonly machine: TestMachine;

  constructor(options: DockerOptions & { readonly engine?: boolean } = {}) {
    this.machine = new TestMachine(
      { docker: makeDockerProgram(options), ...PROGRAMS },
      {
        '/etc/resolv.conf': { content: 'nameserver 192.168.0.1\n' },
        '/home/user/app.env': { content: '# a comment\nA=1\nB\n' },
        '/var/run': { directory: true },
      },
    );
    if (options.engine === false) return;
    startDockerd(this.machine.kernel, {
      routes: () => API_ROUTES,
      images: [
        {
          reference: 'busybox:latest',
          library: 'musl',
          created: '2025-12-31T23:00:00Z',
          size: 1_180_432,
          config: { Cmd: ['cat'], Env: ['PATH=/bin'] },
          layers: [
            Object.fromEntries(Object.keys(PROGRAMS).map((name) => [`/bin/${name}`, { program: name, mode: 0o755 }])),
          ],
        },
      ],
    });
    this.machine.pass(1e6);
  }

  /** Runs one docker command to its end. */
  run(...args: readonly string[]): RunResult {
    return this.machine.run(['docker', ...args], { cwd: '/home/user' });
  }

  /** Its output, where anything else than success is a mistake of the test. */
  ok(...args: readonly string[]): string {
    const { exit, out, err } = this.run(...args);
    if (exit !== 0) throw new Error(`docker ${args.join(' ')}: ${exit}: ${err}`);
    return out;
  }

  start(args: readonly string[], options: RunOptions = {}): RunningProgram {
    return this.machine.start(['docker', ...args], options);
  }

  /** Runs docker on a terminal, and tells how that was left. */
  onTerminal(...args: readonly string[]): RunResult {
    return this.machine.run(['stty', 'docker', ...args], { tty: { columns: 100, rows: 30 } });
  }

  pass(seconds: number): void {
    this.machine.pass(seconds * 1e9);
  }
}
