import { describe, expect, it } from 'vitest';
import { unwrap } from '../../base/result.ts';
import { MILLISECOND, SECOND } from '../../sim/clock.ts';
import { runProgram, TestMachine } from './machine.fixture.ts';
import { PidNamespace } from './namespaces.ts';
import { say, TEST_PROGRAMS } from './test-programs.fixture.ts';

describe('a signal', () => {
  it('ends a process that does nothing about it, whatever it waits for', () => {
    const machine = new TestMachine(TEST_PROGRAMS);
    const running = machine.start(['sleep', '100']);
    machine.pass(SECOND);
    running.task.signal('SIGTERM', null);
    expect(running.status).toMatchObject({ how: 'signaled', signal: 'SIGTERM' });
    expect(running.exit).toBe(143);
  });

  it('ends a process that never waits', () => {
    const machine = new TestMachine(TEST_PROGRAMS);
    const running = machine.start(['spin'], { tty: true });
    machine.pass(10 * MILLISECOND);
    running.type('\u0003');
    machine.pass(10 * MILLISECOND);
    expect(running.exit).toBe(130);
    expect(running.screen()).toBe('^C');
  });

  it('lets a program clean up, which may not wait in doing so', () => {
    let cleaned = false;
    const machine = new TestMachine({
      *tidy(proc) {
        try {
          yield* proc.sleep(100 * SECOND);
        } finally {
          cleaned = true;
        }
        return 0;
      },
    });
    const running = machine.start(['tidy']);
    machine.pass(SECOND);
    running.task.signal('SIGTERM', null);
    expect(cleaned).toBe(true);
  });

  it('interrupts a call when it is caught, and says which one it was', () => {
    const machine = new TestMachine({
      *trap(proc) {
        proc.disposition('SIGUSR1', 'catch');
        const slept = yield* proc.sleep(100 * SECOND);
        yield* say(proc, [slept.ok ? 'slept' : slept.error, proc.takeSignal(), proc.takeSignal()]);
        return 0;
      },
    });
    const running = machine.start(['trap']);
    machine.pass(SECOND);
    running.task.signal('SIGUSR1', null);
    running.finish(SECOND);
    expect(running.result().out).toBe('["EINTR","SIGUSR1",null]\n');
  });

  it('that came before a call interrupts that call: none gets lost', () => {
    const result = runProgram(
      {
        *trap(proc) {
          proc.disposition('SIGUSR1', 'catch');
          yield* proc.kill(proc.pid, 'SIGUSR1');
          const slept = yield* proc.sleep(SECOND);
          return slept.ok ? 0 : 4;
        },
      },
      {},
      ['trap'],
    );
    expect(result.exit).toBe(4);
  });

  it('a process sends itself ends it at once', () => {
    const result = runProgram(
      {
        *suicide(proc) {
          yield* proc.kill(proc.pid, 'SIGTERM');
          yield* say(proc, 'still here');
          return 0;
        },
      },
      {},
      ['suicide'],
    );
    expect(result).toMatchObject({ exit: 143, out: '' });
  });

  it('that is ignored stays ignored in children', () => {
    const result = runProgram(
      {
        ...TEST_PROGRAMS,
        *nohup(proc) {
          proc.disposition('SIGHUP', 'ignore');
          proc.disposition('SIGTERM', 'catch');
          const child = unwrap(yield* proc.spawn({ run: { path: '/bin/sleep' }, argv: ['sleep', '5'] }));
          yield* proc.kill(child, 'SIGHUP');
          const early = yield* proc.wait(child, { noHang: true });
          yield* proc.kill(child, 'SIGTERM');
          const ended = yield* proc.wait(child);
          yield* say(proc, [unwrap(early), unwrap(ended)?.how]);
          return 0;
        },
      },
      {},
      ['nohup'],
    );
    expect(result.out).toBe('[null,"signaled"]\n');
  });

  it('may be sent to others of the same user alone', () => {
    const result = runProgram(
      {
        *rude(proc) {
          const killed = yield* proc.kill(1, 'SIGKILL');
          const missing = yield* proc.kill(9999, 'SIGTERM');
          yield* say(proc, [killed, missing]);
          return 0;
        },
      },
      {},
      ['rude'],
      { uid: 1000 },
    );
    expect(result.out).toBe('[{"ok":false,"error":"EPERM"},{"ok":false,"error":"ESRCH"}]\n');
  });
});

describe('stopping', () => {
  const program = {
    *count(proc) {
      for (let i = 0; i < 5; i++) {
        yield* say(proc, i);
        yield* proc.sleep(SECOND);
      }
      return 0;
    },
  } satisfies ConstructorParameters<typeof TestMachine>[0];

  it('holds a process until SIGCONT; a SIGTERM that came meanwhile ends it then', () => {
    const machine = new TestMachine(program);
    const running = machine.start(['count']);
    machine.pass(1.5 * SECOND);
    running.task.signal('SIGSTOP', null);
    machine.pass(10 * SECOND);
    expect(running.result().out).toBe('0\n1\n');
    expect(running.task.state).toBe('T');
    running.task.signal('SIGTERM', null);
    expect(running.status).toBeNull();
    running.task.signal('SIGCONT', null);
    expect(running.exit).toBe(143);
  });

  it('by the freezer lets nothing through but SIGKILL', () => {
    const machine = new TestMachine(program);
    const running = machine.start(['count']);
    machine.pass(1.5 * SECOND);
    machine.kernel.freeze([running.task]);
    running.task.signal('SIGTERM', null);
    machine.pass(10 * SECOND);
    expect(running.result()).toMatchObject({ exit: null, out: '0\n1\n' });
    machine.kernel.thaw([running.task]);
    expect(running.exit).toBe(143);
    const other = machine.start(['count']);
    machine.kernel.freeze([other.task]);
    other.task.signal('SIGKILL', null);
    expect(other.exit).toBe(137);
  });
});

describe('process 1 of a pid namespace', () => {
  function container() {
    const machine = new TestMachine({
      ...TEST_PROGRAMS,
      *init(proc) {
        const child = yield* proc.spawn({ run: { path: '/bin/sleep' }, argv: ['sleep', '1000'] });
        yield* say(proc, [proc.pid, proc.parent, child]);
        // Its own SIGKILL doesn't reach it either.
        yield* proc.kill(1, 'SIGKILL');
        yield* say(proc, 'alive');
        yield* proc.sleep(100 * SECOND);
        return 0;
      },
    });
    const host = machine.kernel.hostNamespaces;
    const namespaces = { ...host, pids: new PidNamespace(host.pids), uts: { hostname: 'c1' } };
    const running = machine.start(['init'], { namespaces });
    machine.pass(SECOND);
    return { machine, running, namespaces };
  }

  it('counts from 1, and ignores what it does not handle', () => {
    const { machine, running } = container();
    expect(running.result().out).toBe('[1,0,{"ok":true,"value":2}]\nalive\n');
    running.task.signal('SIGTERM', null);
    running.task.signal('SIGINT', null);
    machine.pass(SECOND);
    expect(running.status).toBeNull();
  });

  it('dies by SIGKILL from outside, and takes its namespace along', () => {
    const { machine, running, namespaces } = container();
    expect([...namespaces.pids.tasks.keys()]).toEqual([1, 2]);
    running.task.signal('SIGKILL', null);
    expect(running.exit).toBe(137);
    expect(namespaces.pids.tasks.size).toBe(0);
    expect(machine.kernel.spawn({ run: { path: '/bin/cat' }, argv: ['cat'], namespaces })).toMatchObject({ ok: false });
  });

  it('is seen by the host under another number', () => {
    const { machine, running, namespaces } = container();
    const own = running.task.pids.get(namespaces.pids);
    const onHost = running.task.pids.get(machine.kernel.hostNamespaces.pids);
    expect(own).toBe(1);
    expect(onHost).toBeGreaterThan(1);
    const seenInside = running.task.calls.processes().map(({ pid, argv }) => [pid, argv[0]]);
    expect(seenInside).toEqual([
      [1, 'init'],
      [2, 'sleep'],
    ]);
  });

  it('takes in orphans', () => {
    const machine = new TestMachine({
      ...TEST_PROGRAMS,
      *init(proc) {
        yield* proc.spawn({ run: { path: '/bin/parent' }, argv: ['parent'] });
        const first = unwrap(yield* proc.wait(-1));
        const second = unwrap(yield* proc.wait(-1));
        yield* say(proc, [first?.pid, second?.pid, (yield* proc.wait(-1)).ok]);
        return 0;
      },
      *parent(proc) {
        yield* proc.spawn({ run: { path: '/bin/sleep' }, argv: ['sleep', '1'] });
        return 0;
      },
    });
    const host = machine.kernel.hostNamespaces;
    const result = machine.run(['init'], { namespaces: { ...host, pids: new PidNamespace(host.pids) } });
    expect(result.out).toBe('[2,3,false]\n');
  });
});

describe('a program that throws', () => {
  it('ends as by a segmentation fault, is remembered, and harms nobody else', () => {
    const machine = new TestMachine({
      ...TEST_PROGRAMS,
      *broken() {
        throw new Error('a bug');
      },
    });
    const other = machine.start(['sleep', '1']);
    const running = machine.start(['broken']);
    expect(() => machine.pass(2 * SECOND)).toThrow('a bug');
    expect(running.exit).toBe(139);
    expect(other.exit).toBe(0);
    expect(machine.kernel.faults).toMatchObject([{ argv: ['broken'] }]);
  });
});
