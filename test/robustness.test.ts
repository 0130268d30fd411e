import { describe, expect, it } from 'vitest';
import { Lab, type TerminalId } from '../src/lab/lab.ts';
import { wholeLab } from '../src/lab/whole.ts';
import { Random } from '../src/sim/random.ts';
import { randomLine } from './random-lines.ts';

/** More events than any command needs in the time that it is given. */
const MOST_EVENTS = 3_000_000;

class Session {
  shown = '';
  readonly lab: Lab;
  readonly id: TerminalId;

  constructor(seed: number) {
    this.lab = wholeLab({ seed });
    this.id = this.lab.openTerminal({ columns: 80, rows: 24, onOutput: (text) => (this.shown += text) });
    this.pass(0.5);
  }

  type(text: string): void {
    this.lab.type(this.id, text);
  }

  /** Lets so many seconds pass; a machine that needs too many events for them counts as hanging. */
  pass(seconds: number): void {
    expect(this.lab.advanceUpTo(this.lab.now + seconds * 1e9, MOST_EVENTS)).toBe(true);
  }

  /** Leaves whatever runs: interrupts, ends input, and asks the shell for a word. */
  returnsToPrompt(word: string): boolean {
    this.shown = '';
    for (const keys of ['\u0003', '\u0003', '\u0004\u0003', '\u0003']) {
      this.type(keys);
      this.pass(0.3);
    }
    this.type(`echo ${word}"-"alive\r`);
    this.pass(1);
    return this.shown.includes(`${word}-alive`) || this.lab.terminalEnded(this.id);
  }
}

describe('whatever is typed', () => {
  it('1,000 random lines end in no exception and no hang, and the prompt comes back', () => {
    for (let seed = 0; seed < 40; seed++) {
      const random = new Random(1000 + seed);
      const session = new Session(seed);
      for (let i = 0; i < 25; i++) {
        const line = randomLine(random);
        session.type(`${line}\r`);
        session.pass(1.5);
        const faults = [...session.lab.world.host.faults, ...session.lab.world.lan.faults];
        expect(faults, `after ${JSON.stringify(line)}`).toEqual([]);
      }
      expect(session.returnsToPrompt(`s${seed}`), `session ${seed}`).toBe(true);
    }
  }, 300_000);

  it('a busy loop gives way to others and dies by Ctrl+C', () => {
    const session = new Session(1);
    session.type('while :; do :; done\r');
    session.pass(2);
    session.type('\u0003');
    session.pass(0.5);
    session.type('echo status $?\r');
    session.pass(0.5);
    expect(session.shown).toContain('^C');
    expect(session.shown).toContain('status 130');
  });

  it('an unknown command and an unknown flag each get a message and a status', () => {
    const session = new Session(1);
    for (const [line, wanted] of [
      ['nosuchcommand; echo $?', 'command not found'],
      ['docker frobnicate; echo $?', 'unknown command: docker frobnicate'],
      ['docker ps --frobnicate; echo $?', 'unknown flag: --frobnicate'],
      ['docker pull alpine; echo $?', 'registry-1.docker.io on 192.168.0.1:53: no such host'],
    ] as const) {
      session.shown = '';
      session.type(`${line}\r`);
      session.pass(2);
      expect(session.shown).toContain(wanted);
    }
  });
});
