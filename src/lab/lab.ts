import { Utf8Stream } from '../base/bytes.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { NetDevice } from '../kernel/net/link/device.ts';
import type { Netns } from '../kernel/net/netns.ts';
import type { PacketType, Tap } from '../kernel/net/tap.ts';
import type { Pty } from '../kernel/tty/pty.ts';
import { Veth } from '../kernel/net/link/veth.ts';
import type { Duration, SimTime } from '../sim/clock.ts';
import { Trace } from '../sim/trace.ts';
import type { Frame } from '../wire/packet.ts';
import { World } from '../world/world.ts';

export type TerminalId = number;

export interface LabOptions {
  readonly seed: number;
  /** Milliseconds since 1970; 23 November 2026, 19:15 UTC where absent. */
  readonly startDate?: number;
  /** Path below the home folder to text. */
  readonly files?: Readonly<Record<string, string>>;
  readonly trace?: Trace;
}

export interface TerminalOptions {
  readonly columns: number;
  readonly rows: number;
  readonly cwd?: string;
  readonly onOutput: (text: string) => void;
}

/** One thing that came from outside, and when: a session is the list of them. */
export type Input = { readonly at: SimTime } & (
  | { readonly open: TerminalId; readonly columns: number; readonly rows: number; readonly cwd: string }
  | { readonly type: TerminalId; readonly text: string }
  | { readonly resize: TerminalId; readonly columns: number; readonly rows: number }
  | { readonly write: string; readonly content: string }
);

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
  readonly text: Utf8Stream;
  readonly onOutput: (text: string) => void;
}

/** The whole of a session: the world, its terminals, and the log of everything that came from outside. */
export class Lab {
  readonly world: World;
  readonly home = HOME;
  readonly log: Input[] = [];
  private readonly terminals = new Map<TerminalId, Terminal>();
  private nextTerminal = 1;

  constructor({ seed, startDate = START_DATE, files = {}, trace = new Trace() }: LabOptions) {
    this.world = new World({ seed, startDate: startDate - BOOT / 1e6, trace });
    // The host has been up for a while when somebody sits down at it.
    this.world.queue.runUntil(BOOT);
    for (const [path, content] of Object.entries(files)) this.writeFile(`${HOME}/${path}`, content);
  }

  get now(): SimTime {
    return this.world.queue.now;
  }

  openTerminal({ columns, rows, cwd = HOME, onOutput }: TerminalOptions): TerminalId {
    const id = this.nextTerminal++;
    const { host } = this.world;
    const folder = host.files.stat(cwd) ? cwd : HOME;
    const pty = host.createPty({ columns, rows });
    pty.master.retain();
    const terminal: Terminal = { ended: false, pty, text: new Utf8Stream(), onOutput };
    this.terminals.set(id, terminal);
    const slave = pty.slave();
    host.spawn({
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
    this.log.push({ at: this.now, open: id, columns, rows, cwd });
    return id;
  }

  /** Whether its shell has ended. */
  terminalEnded(id: TerminalId): boolean {
    return this.terminals.get(id)?.ended ?? true;
  }

  closeTerminal(id: TerminalId): void {
    const terminal = this.terminals.get(id);
    this.terminals.delete(id);
    terminal?.pty.master.release();
  }

  /** Keys, as a keyboard sends them. */
  type(id: TerminalId, text: string): void {
    this.log.push({ at: this.now, type: id, text });
    this.terminals.get(id)?.pty.type(text);
  }

  resize(id: TerminalId, columns: number, rows: number): void {
    this.log.push({ at: this.now, resize: id, columns, rows });
    this.terminals.get(id)?.pty.resize({ columns, rows });
  }

  writeFile(path: string, content: string): void {
    this.log.push({ at: this.now, write: path, content });
    this.world.host.files.write(path, content, { uid: 0 });
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
