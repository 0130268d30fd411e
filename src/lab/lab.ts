import { Utf8Stream } from '../base/bytes.ts';
import { ok, type Result, unwrap } from '../base/result.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { NetDevice } from '../kernel/net/link/device.ts';
import type { Netns } from '../kernel/net/netns.ts';
import type { PacketType, Tap } from '../kernel/net/tap.ts';
import type { Task } from '../kernel/process/task.ts';
import type { Errno } from '../kernel/syscalls/errno.ts';
import type { Pty } from '../kernel/tty/pty.ts';
import type { Tty } from '../kernel/tty/tty.ts';
import { Veth } from '../kernel/net/link/veth.ts';
import type { Duration, SimTime } from '../sim/clock.ts';
import { NO_RECORD, Trace, TraceKind } from '../sim/trace.ts';
import type { Frame } from '../wire/packet.ts';
import { World } from '../world/world.ts';
import type { Page } from './fetch-from.ts';
import type { LoggedInput } from './messages.ts';
import type { PartsHolder } from './parts.ts';

export type TerminalId = number;

export interface LabOptions {
  readonly seed: number;
  /** Milliseconds since 1970; 23 November 2026, 19:15 UTC where absent. */
  readonly startDate?: number;
  /** Path, from / or below the home folder, to text. */
  readonly files?: Readonly<Record<string, string>>;
  readonly trace?: Trace;
  readonly parts: PartsHolder;
}

export interface TerminalOptions {
  readonly columns: number;
  readonly rows: number;
  readonly cwd?: string;
  /** The next free number where absent. */
  readonly id?: TerminalId;
  readonly onOutput: (text: string) => void;
}

type WithoutTime<T> = T extends unknown ? Omit<T, 'at'> : never;

/** A frame that a capture saw, and where: `<namespace>:<device>`, the host's devices by what they stand for. */
export interface CapturedFrame {
  readonly place: string;
  readonly frame: Frame;
  readonly type: PacketType;
  readonly time: SimTime;
}

export interface RunningCommand {
  ended(): boolean;
  output(): string;
}

const START_DATE = 1_795_461_300_000;
const HOME = '/home/user';
const BOOT: Duration = 5e9;

interface Terminal {
  ended: boolean;
  readonly pty: Pty;
  readonly shell: Task;
  readonly text: Utf8Stream;
  readonly onOutput: (text: string) => void;
}

/** The whole of a session: the world, its terminals, and the log of everything that came from outside. */
export class Lab {
  readonly world: World;
  readonly home = HOME;
  /** Everything that came from outside, in order: with seed and start date it is the whole session. */
  readonly log: LoggedInput[] = [];
  private readonly parts: PartsHolder;
  private readonly terminals = new Map<TerminalId, Terminal>();
  private nextTerminal = 1;

  constructor({ seed, startDate = START_DATE, files = {}, trace = new Trace(), parts }: LabOptions) {
    this.parts = parts;
    this.world = new World({
      seed,
      startDate: startDate - BOOT / 1e6,
      trace,
      programs: parts,
      routes: () => parts.all.routes,
    });
    // The host has been up for a while when somebody sits down at it.
    this.world.queue.runUntil(BOOT);
    for (const [path, content] of Object.entries(files))
      this.world.host.files.write(path.startsWith('/') ? path : `${HOME}/${path}`, content, { uid: 0 });
  }

  get now(): SimTime {
    return this.world.queue.now;
  }

  openTerminal({ columns, rows, cwd = HOME, onOutput, id = this.nextTerminal }: TerminalOptions): TerminalId {
    this.take({ open: id, columns, rows, folder: cwd });
    this.nextTerminal = Math.max(this.nextTerminal, id + 1);
    const { host } = this.world;
    const folder = host.files.stat(cwd)?.type === 'directory' ? cwd : HOME;
    const pty = host.createPty({ columns, rows });
    pty.master.retain();
    const slave = pty.slave();
    const shell = host.spawn({
      run: { path: '/usr/bin/bash' },
      argv: ['-bash'],
      env: environment(folder),
      cwd: folder,
      uid: 0,
      stdio: [slave, slave, slave],
      tty: pty.tty,
      onExit: () => {
        terminal.ended = true;
      },
    });
    const terminal: Terminal = { ended: false, pty, shell: unwrap(shell), text: new Utf8Stream(), onOutput };
    this.terminals.set(id, terminal);
    return id;
  }

  /** Whether its shell has ended. */
  terminalEnded(id: TerminalId): boolean {
    return this.terminals.get(id)?.ended ?? true;
  }

  /** The terminals that are open, with the shell that each began with. */
  *openTerminals(): Generator<{ readonly id: TerminalId; readonly shell: Task; readonly tty: Tty }> {
    for (const [id, { shell, pty }] of this.terminals) yield { id, shell, tty: pty.tty };
  }

  closeTerminal(id: TerminalId): void {
    this.take({ close: id });
    const terminal = this.terminals.get(id);
    this.terminals.delete(id);
    terminal?.pty.master.release();
  }

  /** Keys, as a keyboard sends them. */
  type(id: TerminalId, text: string): void {
    this.take({ type: id, text });
    const terminal = this.terminals.get(id);
    if (!terminal) return;
    this.noteTyping(terminal, text);
    terminal.pty.type(text);
  }

  resize(id: TerminalId, columns: number, rows: number): void {
    this.take({ resize: id, columns, rows });
    this.terminals.get(id)?.pty.resize({ columns, rows });
  }

  /** Writes a file as the host's user would; folders on the way are made. */
  writeFile(path: string, content: string): Result<void, Errno> {
    this.take({ write: path, content });
    return this.world.host.files.write(path, content, { uid: 0 });
  }

  makeFolder(path: string): Result<void, Errno> {
    this.take({ makeFolder: path });
    const made = this.world.host.files.makeFolder(path, { uid: 0 });
    return made.ok ? ok() : made;
  }

  removeFile(path: string): Result<void, Errno> {
    this.take({ remove: path });
    return this.world.host.files.remove(path);
  }

  renameFile(path: string, to: string): Result<void, Errno> {
    this.take({ rename: path, to });
    return this.world.host.files.rename(path, to);
  }

  /** A browser on a machine of the world asks for an address; the answer comes when the machine's time has gone on so far. */
  fetch(machine: 'host' | 'lan', url: string, onPage: (page: Page) => void): void {
    this.take({ fetch: url, machine });
    this.parts.all.fetchFrom(machine === 'host' ? this.world.host : this.world.lan, url, onPage);
  }

  /** Notes in the log which exercise the learner opened: nothing of the machine depends on it. */
  noteExercise(id: string | null): void {
    this.take({ exercise: id });
  }

  /** Every text file below the home folder, by its path from /. */
  homeFiles(): Record<string, string> {
    const { files } = this.world.host;
    const found: Record<string, string> = {};
    const visit = (folder: string) => {
      const entries = files.list(folder);
      for (const { name, type } of entries.ok ? entries.value : []) {
        const path = `${folder}/${name}`;
        const text = type === 'file' ? files.read(path) : null;
        if (type === 'directory') visit(path);
        else if (text?.ok) found[path] = text.value;
      }
    };
    visit(HOME);
    return found;
  }

  /** What the machine has come to, as a number: two runs of one session have the same at the same moment. */
  fingerprint(): number {
    const { queue, trace } = this.world;
    return (queue.fired * 31 + trace.length) % 2 ** 32;
  }

  /** Notes in the log what the machine has come to. */
  noteCheck(): void {
    this.take({ check: 0 });
    this.log[this.log.length - 1] = { at: this.now, check: this.fingerprint() };
  }

  /**
   * What is due at this very moment comes before an input, so that the log needs to say no more than the time; the input then
   * stands there.
   */
  private take(input: WithoutTime<LoggedInput>): void {
    this.world.queue.runUntil(this.now);
    this.world.trace.cause = NO_RECORD;
    this.log.push({ at: this.now, ...input });
  }

  /** What the keys set off leads back to them, and to the terminal's shell. */
  private noteTyping({ shell }: Terminal, text: string): void {
    const { trace, queue } = this.world;
    if (trace.enabled) trace.record(queue.now, TraceKind.process, shell, null, 'typed', text);
  }

  /** Lets virtual time pass and hands out what terminals have shown meanwhile. */
  advance(duration: Duration): void {
    this.advanceUpTo(this.now + duration, Number.POSITIVE_INFINITY);
  }

  /** The same with at most so many events, for a page that must not freeze; whether the time was reached. */
  advanceUpTo(time: SimTime, events: number): boolean {
    const { queue } = this.world;
    let left = events;
    while (queue.nextTime <= time && left-- > 0) queue.step();
    const reached = queue.nextTime > time;
    if (reached) queue.runUntil(time);
    for (const terminal of this.terminals.values()) drain(terminal);
    return reached;
  }

  /** Empties every neighbour table of the world. */
  flushNeighbors(): void {
    for (const netns of this.namespaces().keys()) netns.neighbors.flush();
  }

  /** Sees every frame at every device of the host, of each container and of the LAN machine; the answer ends it. */
  captureAll(see: (captured: CapturedFrame) => void): () => void {
    const stops: (() => void)[] = [];
    for (const [netns, name] of this.namespaces()) {
      const tap: Tap = {
        device: null,
        capture: (device, frame, type, time) =>
          see({ place: `${name}:${this.deviceLabel(netns, device)}`, frame, type, time }),
      };
      netns.taps.push(tap);
      stops.push(() => netns.taps.splice(netns.taps.indexOf(tap), 1));
    }
    return () => stops.forEach((stop) => stop());
  }

  /** Runs one command line on a machine, without a terminal. */
  spawnShell({
    machine,
    command,
    cwd,
  }: {
    readonly machine: 'host' | 'lan';
    readonly command: string;
    readonly cwd: string;
  }): RunningCommand {
    const kernel: Kernel = machine === 'host' ? this.world.host : this.world.lan;
    const out = kernel.createPipe();
    let ended = false;
    let output = '';
    const text = new Utf8Stream();
    out.read.retain();
    const stdin = kernel.nullDevice();
    kernel.spawn({
      run: { path: '/usr/bin/bash' },
      argv: ['bash', '-c', command],
      env: environment(cwd),
      cwd,
      stdio: [stdin, out.write, out.write],
      onExit: () => {
        ended = true;
      },
    });
    const pull = () => {
      for (let bytes = out.read.read(65536); bytes.ok && bytes.value.length > 0; bytes = out.read.read(65536))
        output += text.write(bytes.value);
    };
    return {
      ended: () => ended,
      output: () => {
        pull();
        return output;
      },
    };
  }

  private namespaces(): Map<Netns, string> {
    const found = new Map<Netns, string>([
      [this.world.host.netns, 'host'],
      [this.world.lan.netns, 'lan'],
    ]);
    for (const container of this.world.docker.containers.list())
      if (container.sandbox) found.set(container.sandbox.netns, container.name);
    return found;
  }

  /** The host's veths are named after the container's end, bridges after their network. */
  private deviceLabel(netns: Netns, device: NetDevice): string {
    const { docker, host } = this.world;
    if (netns !== host.netns) return device.name;
    const network = docker.networks.list().find((each) => each.bridge === device.name);
    if (network) return network.name === 'bridge' ? device.name : `br(${network.name})`;
    if (!(device instanceof Veth) || device.name === 'eth0') return device.name;
    const container = docker.containers.list().find((each) => each.sandbox?.netns === device.peer?.netns);
    return container ? `veth(${container.name}:${device.peer?.name})` : device.name;
  }
}

function drain({ pty, text, onOutput }: Terminal): void {
  for (;;) {
    const bytes = pty.master.read(65536);
    if (!bytes.ok || bytes.value.length === 0) return;
    onOutput(text.write(bytes.value));
  }
}

/** What a login shell of the host's user starts with. */
function environment(cwd: string): Map<string, string> {
  return new Map([
    ['HOME', HOME],
    ['USER', 'user'],
    ['LOGNAME', 'user'],
    ['SHELL', '/bin/bash'],
    ['TERM', 'xterm-256color'],
    ['LANG', 'C.UTF-8'],
    ['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
    ['PWD', cwd],
    // The account `user` has all rights here; its prompt is still a user's.
    ['PS1', '\\u@\\h:\\w$ '],
  ]);
}
