import type { FileTree } from '../kernel/fs/file-tree.ts';
import { type RunningProgram, type RunResult, TestMachine } from '../kernel/process/machine.fixture.ts';
import type { Program } from '../kernel/syscalls/proc.ts';
import { COREUTILS_APPLETS } from '../programs/coreutils/applets.ts';
import { SHELL_APPLETS } from './applets/applets.ts';
import { INTERPRETER } from './run/interpreter.ts';
import { shellProgram } from './shell-program.ts';
import type { Flavor } from './state/shell.ts';

const FILES: FileTree = {
  '/etc/passwd': { content: 'root:x:0:0:root:/root:/bin/bash\nuser:x:1000:1000:,,,:/home/user:/bin/bash\n' },
  '/etc/group': { content: 'root:x:0:\nuser:x:1000:\n' },
  '/etc/hosts': { content: '127.0.0.1 localhost\n127.0.1.1 ubuntu\n172.18.0.2 box\n' },
  '/home/user': { directory: true, uid: 1000, gid: 1000 },
};

/** A machine with both shells and all tools: bash is /bin/bash, ash is /bin/sh. */
export function shellMachine(files: FileTree = {}): TestMachine {
  const programs = new Map<string, Program>([
    ...COREUTILS_APPLETS,
    ...SHELL_APPLETS,
    ['bash', shellProgram('bash', { interpreter: () => INTERPRETER })],
    ['sh', shellProgram('ash', { interpreter: () => INTERPRETER })],
  ]);
  return new TestMachine(programs, { ...FILES, ...files });
}

export interface LineOptions {
  readonly files?: FileTree;
  readonly stdin?: string;
  readonly cwd?: string;
  readonly args?: readonly string[];
}

/** Runs `bash -c LINE`, or BusyBox's `sh -c LINE`, to its end. */
export function runLine(
  flavor: Flavor,
  line: string,
  { files = {}, stdin, cwd = '/home/user', args = [] }: LineOptions = {},
): RunResult {
  return shellMachine(files).run([flavor === 'bash' ? 'bash' : 'sh', '-c', line, ...args], {
    cwd,
    env: { PATH: '/bin', HOME: '/home/user', USER: 'user' },
    library: flavor === 'bash' ? 'glibc' : 'musl',
    ...(stdin !== undefined && { stdin }),
  });
}

/** What bash printed on both outputs. */
export function bash(line: string, options: LineOptions = {}): string {
  const { out, err } = runLine('bash', line, options);
  return out + err;
}

/** What BusyBox's ash printed on both outputs. */
export function ash(line: string, options: LineOptions = {}): string {
  const { out, err } = runLine('ash', line, options);
  return out + err;
}

/** Somebody at a terminal of 60 columns. */
export class TypedSession {
  readonly machine: TestMachine;
  readonly program: RunningProgram;

  constructor(flavor: Flavor = 'bash', files: FileTree = {}) {
    this.machine = shellMachine(files);
    this.program = this.machine.start([flavor === 'bash' ? 'bash' : 'sh'], {
      env: { PATH: '/bin', HOME: '/home/user', USER: 'user' },
      cwd: '/home/user',
      tty: { columns: 60, rows: 40 },
      library: flavor === 'bash' ? 'glibc' : 'musl',
    });
    this.machine.pass(0.1e9);
  }

  /** Types, and lets this much time pass. */
  type(text: string, seconds = 0.1): this {
    this.program.type(text);
    this.machine.pass(seconds * 1e9);
    return this;
  }

  get screen(): string {
    return this.program.screen();
  }

  /** The bytes that came, with the escape sequences. */
  get output(): string {
    return this.program.result().out;
  }
}
