import { Task } from '../../kernel/process/task.ts';
import { NO_RECORD, type RecordId, TraceKind, type TraceRecord } from '../../sim/trace.ts';
import type { SimTime } from '../../sim/clock.ts';

/** A command that somebody ran at a terminal's prompt. */
export interface Command {
  readonly number: number;
  readonly terminal: number;
  /** As its process was called. */
  readonly line: string;
  readonly time: SimTime;
}

const REMEMBERED = 1 << 16;
const MOST = 500;
const NOBODY = 0;

/** Which command a record goes back to: followed from cause to cause, from the processes that login shells start. */
export class Commands {
  /** The latest ones, oldest first. */
  readonly list: Command[] = [];
  private readonly commandOf = new Uint32Array(REMEMBERED);
  private readonly groups = new WeakMap<object, number>();
  /** What a shell's terminal runs in the foreground, for keys that are typed meanwhile. */
  private readonly running = new WeakMap<Task, { readonly number: number; readonly task: Task }>();
  private next = 1;

  /** @param terminalOf the terminal whose login shell a task is */
  constructor(private readonly terminalOf: (task: Task) => number | null) {}

  assign(record: TraceRecord): number | null {
    const { cause, id } = record;
    const inherited = cause === NO_RECORD ? NOBODY : (this.commandOf[cause % REMEMBERED] as number);
    const number = record.kind === TraceKind.process ? this.ofProcess(record, inherited) : inherited;
    this.commandOf[id % REMEMBERED] = number;
    return number === NOBODY ? null : number;
  }

  /** The record that a record goes back to, by number; for tests and explanations. */
  commandAt(record: RecordId): number | null {
    return this.commandOf[record % REMEMBERED] || null;
  }

  private ofProcess({ place, detail, time }: TraceRecord, inherited: number): number {
    if (!(place instanceof Task)) return inherited;
    if (detail === 'typed') {
      const running = this.running.get(place);
      return running && !running.task.exitStatus ? running.number : NOBODY;
    }
    const shell = place.parent;
    const terminal = detail === 'started' && shell ? this.terminalOf(shell) : null;
    if (shell === null || terminal === null) return inherited;
    // All of a pipeline are one command.
    const known = this.groups.get(place.group);
    if (known !== undefined) return known;
    const number = this.next++;
    this.groups.set(place.group, number);
    this.running.set(shell, { number, task: place });
    this.list.push({ number, terminal, line: place.argv.join(' '), time });
    if (this.list.length > MOST) this.list.splice(0, this.list.length - MOST);
    return number;
  }
}
