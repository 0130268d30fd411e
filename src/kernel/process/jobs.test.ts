import { describe, expect, it } from 'vitest';
import { unwrap } from '../../base/result.ts';
import { SECOND } from '../../sim/clock.ts';
import type { Program } from '../syscalls/proc.ts';
import { COOKED, RAW } from '../syscalls/tty.ts';
import { TestMachine } from './machine.fixture.ts';
import { say, TEST_PROGRAMS } from './test-programs.fixture.ts';

/** A shell's part in job control: runs one job in the foreground and tells how it changed. */
const jobShell: Program = function* (proc) {
  for (const signal of ['SIGINT', 'SIGTSTP', 'SIGTTOU', 'SIGTTIN', 'SIGQUIT'] as const)
    proc.disposition(signal, 'ignore');
  const job = unwrap(
    yield* proc.spawn({
      run: { path: `/bin/${proc.argv[1]}` },
      argv: proc.argv.slice(1),
      group: 'new',
      foreground: true,
      dispositions: new Map(
        (['SIGINT', 'SIGTSTP', 'SIGQUIT', 'SIGTTIN', 'SIGTTOU'] as const).map((s) => [s, 'default']),
      ),
    }),
  );
  for (;;) {
    const status = unwrap(yield* proc.wait(job, { untraced: true }));
    yield* proc.setForeground(0, proc.group());
    yield* say(proc, status?.how);
    if (status?.how !== 'stopped') return 0;
    yield* proc.sleep(SECOND);
    yield* proc.setForeground(0, job);
    yield* proc.kill(-job, 'SIGCONT');
    yield* proc.wait(job, { untraced: true });
  }
};
const programs = { ...TEST_PROGRAMS, shell: jobShell };

describe('a job in the foreground', () => {
  it('gets Ctrl+C alone, its shell does not', () => {
    const machine = new TestMachine(programs);
    const running = machine.start(['shell', 'sleep', '100'], { tty: true });
    machine.pass(SECOND);
    running.type('\u0003');
    machine.pass(SECOND);
    expect(running.result()).toMatchObject({ exit: 0, screen: '^Csignaled' });
  });

  it('stops with Ctrl+Z and goes on with SIGCONT', () => {
    const machine = new TestMachine(programs);
    const running = machine.start(['shell', 'cat'], { tty: true });
    machine.pass(SECOND);
    running.type('one\n');
    machine.pass(SECOND);
    running.type('\u001a');
    machine.pass(0.5 * SECOND);
    expect(running.screen()).toBe('one\none\n^Zstopped');
    machine.pass(SECOND);
    running.type('two\n\u0004');
    machine.pass(SECOND);
    expect(running.result()).toMatchObject({ exit: 0, screen: 'one\none\n^Zstopped\ntwo\ntwo\nexited' });
  });

  it('reads nothing from the terminal while in the background', () => {
    const machine = new TestMachine({
      ...programs,
      *background(proc) {
        proc.disposition('SIGTTOU', 'ignore');
        const job = unwrap(yield* proc.spawn({ run: { path: '/bin/cat' }, argv: ['cat'], group: 'new' }));
        const status = unwrap(yield* proc.wait(job, { untraced: true }));
        yield* say(proc, [status?.how, status?.how === 'stopped' && status.signal]);
        return 0;
      },
    });
    const running = machine.start(['background'], { tty: true });
    machine.pass(SECOND);
    expect(running.result()).toMatchObject({ exit: 0, screen: '["stopped","SIGTTIN"]' });
  });
});

describe('a session', () => {
  it('hangs up when its leader ends: the foreground job gets SIGHUP', () => {
    const machine = new TestMachine({
      ...TEST_PROGRAMS,
      *leader(proc) {
        yield* proc.spawn({ run: { path: '/bin/sleep' }, argv: ['sleep', '100'], group: 'new', foreground: true });
        return 0;
      },
    });
    machine.start(['leader'], { tty: true });
    machine.pass(SECOND);
    expect([...machine.kernel.processes.visibleIn(machine.kernel.hostNamespaces.pids)].map((t) => t.command)).toEqual([
      'init',
    ]);
  });

  it('ends when its terminal is closed', () => {
    const machine = new TestMachine(TEST_PROGRAMS);
    const running = machine.start(['cat'], { tty: true });
    machine.pass(SECOND);
    if (running.pty) machine.kernel.removePty(running.pty);
    expect(running.exit).toBe(129);
  });
});

describe('a terminal', () => {
  it('tells the foreground group when its size changes', () => {
    const machine = new TestMachine({
      *wide(proc) {
        proc.disposition('SIGWINCH', 'catch');
        yield* proc.sleep(100 * SECOND);
        yield* say(proc, [proc.takeSignal(), proc.windowSize(0), proc.isTty(0)]);
        return 0;
      },
    });
    const running = machine.start(['wide'], { tty: true });
    machine.pass(SECOND);
    running.pty?.resize({ columns: 100, rows: 30 });
    machine.pass(SECOND);
    expect(running.screen()).toBe('["SIGWINCH",{"columns":100,"rows":30},true]');
  });

  it('keeps what is typed ahead; an end of the file typed ahead ends nothing in raw mode', () => {
    const machine = new TestMachine({
      *editor(proc) {
        yield* proc.sleep(SECOND);
        yield* proc.setTermios(0, RAW);
        const bytes = unwrap(yield* proc.read(0));
        yield* proc.setTermios(0, COOKED);
        yield* say(proc, [...bytes]);
        return 0;
      },
    });
    const running = machine.start(['editor'], { tty: true });
    running.type('a\n\u0004b');
    machine.pass(2 * SECOND);
    expect(running.result().out.endsWith('[97,10,0,98]\r\n')).toBe(true);
  });

  it('is /dev/tty to those it controls', () => {
    const machine = new TestMachine({
      *ask(proc) {
        const tty = yield* proc.open('/dev/tty', { read: true, write: true });
        yield* proc.write(tty.ok ? tty.value : 2, 'over the terminal\n');
        return tty.ok ? 0 : 1;
      },
    });
    expect(machine.run(['ask'], { tty: true }).screen).toBe('over the terminal');
    expect(machine.run(['ask']).exit).toBe(1);
  });

  it('makes a program wait that writes faster than its master reads', () => {
    const machine = new TestMachine(TEST_PROGRAMS);
    const pty = machine.kernel.createPty({ columns: 80, rows: 24 });
    const slave = pty.slave();
    unwrap(
      machine.kernel.spawn({ run: { path: '/bin/yes' }, argv: ['yes'], stdio: [slave, slave, slave], tty: pty.tty }),
    );
    machine.pass(10 * SECOND);
    const first = unwrap(pty.master.read(1 << 20));
    expect(first.length).toBeGreaterThan(60_000);
    expect(first.length).toBeLessThan(70_000);
    machine.pass(SECOND);
    expect(unwrap(pty.master.read(1 << 20)).length).toBeGreaterThan(60_000);
  });
});
