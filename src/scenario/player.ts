import type { SimTime } from '../sim/clock.ts';
import { fillIn, type Input, type TerminalName } from './course/exercise.ts';

/** What inputs are played on: a learner's own lab, or one of a test's. */
export interface Stage {
  readonly now: SimTime;
  /** Opens the terminal if it isn't there, and types; a line ends with `\r`. */
  type(terminal: TerminalName, text: string): void;
  /** Whether its shell waits for a command. A terminal that isn't there is opened, and becomes ready after a while. */
  isReady(terminal: TerminalName): boolean;
  /** @param path relative to the exercise's folder */
  write(path: string, content: string): void;
  visit(url: string, from: 'host' | 'lan'): void;
  /** What `{{values}}` stand for at this moment. */
  values(): Readonly<Record<string, string>>;
}

const SECOND = 1e9;
/** Between two commands, so that somebody can follow. */
const PACE = 0.5 * SECOND;
/** What stays in the foreground works by then, and what was typed has arrived. */
const SETTLED = 1.2 * SECOND;
/** No command of an exercise takes longer. */
const PATIENCE = 180 * SECOND;

const KEYS = { 'C-c': '\u0003', 'C-d': '\u0004', Enter: '\r' } as const;

/** Why a player gave up, and at which input. */
export interface StuckAt {
  readonly input: number;
  readonly why: 'the terminal is busy' | 'a value is not known';
}

/**
 * Plays inputs one after the other as a person would: it waits for a command's end before it does the next thing. It is told to
 * go on whenever the machine's time has passed, so it serves a page and a test alike.
 */
export class Player {
  stuck: StuckAt | null = null;
  private next = 0;
  private notBefore: SimTime = 0;
  private giveUpAt: SimTime;
  /** Its command has to end first. */
  private running: TerminalName | null = null;

  constructor(
    private readonly inputs: readonly Input[],
    private readonly stage: Stage,
  ) {
    this.giveUpAt = stage.now + PATIENCE;
  }

  /** The input that is played next, or the number of all when the last one has been played to its end. */
  get position(): number {
    return this.next;
  }

  /** Nothing is left to do, or nothing can be done. */
  get done(): boolean {
    return this.stuck !== null || (this.next >= this.inputs.length && this.isFree);
  }

  /** Plays what can be played by now. */
  tick(): void {
    while (!this.done && this.isFree) {
      const obstacle = this.play(this.inputs[this.next] as Input);
      if (obstacle === null) {
        this.next++;
        this.giveUpAt = this.stage.now + PATIENCE;
        continue;
      }
      if (this.stage.now >= this.giveUpAt) this.stuck = { input: this.next, why: obstacle };
      return;
    }
    if (!this.done && this.stage.now >= this.giveUpAt) this.stuck = { input: this.next, why: 'the terminal is busy' };
  }

  private get isFree(): boolean {
    if (this.stage.now < this.notBefore) return false;
    if (this.running !== null && this.stage.isReady(this.running)) this.running = null;
    return this.running === null;
  }

  /** What keeps it from being played, or null. */
  private play(input: Input): StuckAt['why'] | null {
    const { stage } = this;
    switch (input.do) {
      case 'run': {
        const line = this.filled(input.line);
        if (line === null) return 'a value is not known';
        if (!stage.isReady(input.terminal)) return 'the terminal is busy';
        stage.type(input.terminal, `${line.replaceAll('\n', '\r')}\r`);
        this.running = input.stays ? null : input.terminal;
        this.pause(input.stays ? SETTLED : PACE);
        return null;
      }
      case 'type': {
        const text = this.filled(input.text);
        if (text === null) return 'a value is not known';
        stage.type(input.terminal, `${text}\r`);
        this.pause(SETTLED);
        return null;
      }
      case 'key':
        stage.type(input.terminal, KEYS[input.key]);
        this.pause(SETTLED);
        return null;
      case 'write':
        stage.write(input.path, input.content);
        return null;
      case 'visit': {
        const url = this.filled(input.url);
        if (url === null) return 'a value is not known';
        stage.visit(url, input.from);
        this.pause(SETTLED);
        return null;
      }
      case 'wait':
        this.pause(input.seconds * SECOND);
        return null;
    }
  }

  private pause(duration: number): void {
    this.notBefore = this.stage.now + duration;
  }

  /** The text with its values, or null as long as one of them is not known. */
  private filled(text: string): string | null {
    let known = true;
    const filled = fillIn(text, this.stage.values(), () => {
      known = false;
      return '';
    });
    return known ? filled : null;
  }
}
