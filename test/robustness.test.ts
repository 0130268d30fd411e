import { describe, expect, it } from 'vitest';
import { Lab, type TerminalId } from '../src/lab/lab.ts';
import { wholeLab } from '../src/lab/whole.ts';
import { Random } from '../src/sim/random.ts';
import { randomLine } from './random-lines.ts';

/** More events than any command needs in the time that it is given. */
const MOST_EVENTS = 3_000_000;

/** Virtual time between two looks at the terminal. */
const FRAME = 20e6;

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
    const end = this.lab.now + seconds * 1e9;
    // Output is taken at the end of each step, as a page takes it once a frame.
    while (this.lab.now < end)
      expect(this.lab.advanceUpTo(Math.min(end, this.lab.now + FRAME), MOST_EVENTS)).toBe(true);
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
      ['apt-get install vim; echo $?', 'no packages can be had here'],
      ['docker run -it --rm busybox sh', '/ # '],
      ['dd', 'dd: this BusyBox lacks it'],
      ['exit', 'user@ubuntu'],
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

  /** What takes all there is of something, and what the machine says of it; empty: it goes on until Ctrl+C. */
  const GREEDY: readonly (readonly [line: string, says: string])[] = [
    ['f() { f; }; f', 'maximum function nesting level exceeded'],
    ['f() { f | f; }; f', 'fork: retry: Resource temporarily unavailable'],
    [':(){ :|:& };:', 'fork: retry: Resource temporarily unavailable'],
    ['while :; do sleep 100 & done', 'fork: retry: Resource temporarily unavailable'],
    ['echo "bash /tmp/a" > /tmp/a; bash /tmp/a', 'fork: retry: Resource temporarily unavailable'],
    ['x=\'eval "$x"\'; eval "$x"', 'maximum eval nesting level exceeded'],
    ['x=a; while :; do x=$x$x; done', 'xrealloc: cannot allocate'],
    ['x=$(yes)', 'xrealloc: cannot allocate'],
    ['echo {1..1000}{1..1000}{1..1000}', 'failed to allocate memory for 1000000000 elements'],
    ['ls {1..300000} | head -1', 'Argument list too long'],
    ['yes | sort', 'sort: memory exhausted'],
    ['docker run --rm busybox sh -c "yes | sort"', 'sort: out of memory'],
    ['cat /dev/zero > big', 'No space left on device'],
    ['awk \'BEGIN { while (1) x = x "12345678901234567890" x }\'', 'awk: out of memory'],
    ['while :; do mkdir a; cd a; done', 'File name too long'],
    ["echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab | grep -cE '(a+)+$'", '0'],
    ['yes', ''],
    ['cat /dev/zero', ''],
    ['read x < /dev/zero', ''],
    ['tail -c 10 /dev/zero', ''],
    ["awk 'BEGIN { while (1); }'", ''],
    ['docker run -it --rm --init busybox yes', ''],
    ['docker run --rm busybox cat /dev/zero | wc -c', ''],
  ];

  it.each(GREEDY)(
    '%s is told of in the words of a real system, and Ctrl+C ends it',
    (line, says) => {
      const session = new Session(1);
      session.type(`${line}\r`);
      if (says === '') session.pass(0.4);
      else {
        const answer = () => session.shown.split('\n').slice(1).join('\n');
        for (let i = 0; i < 20 && !answer().includes(says); i++) session.pass(0.5);
        expect(answer()).toContain(says);
      }
      expect(session.returnsToPrompt('greedy')).toBe(true);
      expect(session.lab.world.host.faults).toEqual([]);
    },
    60_000,
  );

  it('a pasted novel is taken, line by line or as one line', () => {
    for (const end of ['\r', ' ']) {
      const session = new Session(1);
      session.type(`${`It was a dark and stormy night${end}`.repeat(6_500)}\r`);
      session.pass(60);
      expect(session.shown).toContain('It: command not found');
      expect(session.returnsToPrompt('novel')).toBe(true);
    }
  }, 60_000);

  it('a container has no more processes than --pids-limit', () => {
    const session = new Session(1);
    session.type('docker run --rm --pids-limit 5 busybox sh -c "for i in 1 2 3 4 5 6; do sleep 9 & done"\r');
    session.pass(2);
    expect(session.shown).toContain("sh: can't fork: Resource temporarily unavailable");
  });
});
