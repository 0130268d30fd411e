import type { Lab, TerminalId } from '../../lab/lab.ts';
import { type Segment, SemanticMarks } from '../../lab/semantic-marks.ts';
import type { Recording, Step } from './recording.ts';

const SECOND = 1e9;
/** A background step ends when nothing new has been shown for this long, in nanoseconds of virtual time. */
const QUIET_BACKGROUND = 1.2 * SECOND;
const QUIET_TYPED = 0.6 * SECOND;
/** No command of a recording runs longer than this. */
const LONGEST_STEP = 600 * SECOND;
/** How far the machine goes between two looks at its terminals. */
const STRIDE = 0.01 * SECOND;

const KEYS: Readonly<Record<string, string>> = {
  'C-c': '\u0003',
  'C-d': '\u0004',
  'C-z': '\u001a',
  Enter: '\r',
  Tab: '\t',
  Up: '\u001b[A',
};

/** What one step showed: for each terminal the raw output, prompts and typed command lines left out. */
export interface StepOutput {
  readonly exit: number | null;
  readonly output: ReadonlyMap<string, string>;
}

interface OpenTerminal {
  readonly id: TerminalId;
  readonly marks: SemanticMarks;
  output: string;
  /** Commands that have ended, and the status of the last one. */
  ended: number;
  status: number | null;
}

/**
 * The recorded sessions gave each command to a shell of its own (`bash -c`), as their messages tell (`bash: line 1: …`): a
 * folder or a variable that one sets is not there for the next.
 */
const commandLine = (text: string): string => `bash -c '${text.replaceAll("'", "'\\''")}'`;

/** Types a recorded session into a lab and listens, in virtual time. */
export class SessionPlayer {
  private readonly terminals = new Map<string, OpenTerminal>();
  private lastOutput = 0;

  constructor(
    private readonly lab: Lab,
    private readonly options: { readonly columns: number; readonly rows: number; readonly cwd: string },
  ) {}

  play(recording: Recording): StepOutput[] {
    return recording.steps.map((step) => this.step(step));
  }

  step(step: Step): StepOutput {
    if (step.do !== 'sleep') this.terminal(step.terminal);
    for (const terminal of this.terminals.values()) terminal.output = '';
    let exit: number | null = null;
    switch (step.do) {
      case 'sleep':
        this.lab.advance(step.seconds * SECOND);
        break;
      case 'run': {
        const terminal = this.terminal(step.terminal);
        const before = terminal.ended;
        this.lab.type(terminal.id, `${commandLine(step.text.replace(/\n$/, '')).replaceAll('\n', '\r')}\r`);
        this.until(() => terminal.ended > before, step.background ? QUIET_BACKGROUND : Number.POSITIVE_INFINITY);
        if (terminal.ended > before) exit = terminal.status;
        break;
      }
      case 'type':
        this.lab.type(this.terminal(step.terminal).id, step.text);
        this.until(() => false, QUIET_TYPED);
        break;
      case 'key':
        this.lab.type(this.terminal(step.terminal).id, KEYS[step.key] ?? step.key);
        this.until(() => false, QUIET_BACKGROUND);
        break;
    }
    const output = new Map([...this.terminals].map(([name, terminal]) => [name, terminal.output]));
    return { exit, output };
  }

  /** Lets time pass until it is done, or until the terminals have been quiet for long enough. */
  private until(done: () => boolean, quiet: number): void {
    const start = this.lab.now;
    this.lastOutput = start;
    while (!done() && this.lab.now - this.lastOutput < quiet && this.lab.now - start < LONGEST_STEP) {
      this.lab.advance(STRIDE);
    }
    // What other terminals show because of it is still on its way.
    if (done()) this.lab.advance(STRIDE);
  }

  private terminal(name: string): OpenTerminal {
    const known = this.terminals.get(name);
    if (known) return known;
    const marks = new SemanticMarks();
    const id = this.lab.openTerminal({
      ...this.options,
      onOutput: (text) => {
        for (const segment of marks.feed(text)) this.take(terminal, segment);
      },
    });
    const terminal: OpenTerminal = { id, marks, output: '', ended: 0, status: null };
    this.terminals.set(name, terminal);
    this.until(() => marks.region === 'line', 10 * SECOND);
    return terminal;
  }

  private take(terminal: OpenTerminal, segment: Segment): void {
    if (segment.kind === 'ended') {
      terminal.ended++;
      terminal.status = segment.status;
    } else if (segment.region === 'output') {
      terminal.output += segment.text;
      this.lastOutput = this.lab.now;
    }
  }
}
