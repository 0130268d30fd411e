import { describe, expect, it } from 'vitest';
import { unwrap } from '../../base/result.ts';
import { MILLISECOND, SECOND } from '../../sim/clock.ts';
import { runProgram, TestMachine } from './machine.fixture.ts';
import { readAll, say, TEST_PROGRAMS } from './test-programs.fixture.ts';

describe('a pipe', () => {
  it('carries a pipeline and ends with its writer', () => {
    const result = runProgram(
      {
        ...TEST_PROGRAMS,
        *pipeline(proc) {
          const pipe = unwrap(yield* proc.pipe());
          yield* proc.spawn({ run: { path: '/bin/echo' }, argv: ['echo', 'through'], fds: [[1, pipe.write]] });
          yield* proc.spawn({
            run: { path: '/bin/cat' },
            argv: ['cat'],
            fds: [
              [0, pipe.read],
              [1, 1],
            ],
          });
          yield* proc.close(pipe.read);
          yield* proc.close(pipe.write);
          yield* proc.wait(-1);
          yield* proc.wait(-1);
          return 0;
        },
      },
      {},
      ['pipeline'],
    );
    expect(result).toMatchObject({ exit: 0, out: 'through\n' });
  });

  it('holds 64 KiB: then the writer waits for the reader', () => {
    const written: number[] = [];
    const result = runProgram(
      {
        *slowReader(proc) {
          const pipe = unwrap(yield* proc.pipe());
          yield* proc.spawn({
            run: {
              *program(child) {
                yield* child.close(pipe.read);
                for (let i = 0; i < 100; i++) {
                  yield* child.write(1, new Uint8Array(1024));
                  written.push(child.now());
                }
                return 0;
              },
            },
            argv: ['writer'],
            fds: [[1, pipe.write]],
          });
          yield* proc.close(pipe.write);
          yield* proc.sleep(SECOND);
          return (yield* readAll(proc, pipe.read)).length === 102_400 ? 0 : 1;
        },
      },
      {},
      ['slowReader'],
    );
    expect(result.exit).toBe(0);
    expect(written.filter((time) => time < SECOND)).toHaveLength(64);
    expect(written).toHaveLength(100);
  });

  it('ends a writer without readers by SIGPIPE, or with EPIPE where that is ignored', () => {
    const result = runProgram(
      {
        ...TEST_PROGRAMS,
        *broken(proc) {
          const pipe = unwrap(yield* proc.pipe());
          const yes = unwrap(yield* proc.spawn({ run: { path: '/bin/yes' }, argv: ['yes'], fds: [[1, pipe.write]] }));
          yield* proc.read(pipe.read, 10);
          yield* proc.close(pipe.read);
          yield* proc.close(pipe.write);
          yield* say(proc, unwrap(yield* proc.wait(yes)));
          const other = unwrap(yield* proc.pipe());
          yield* proc.close(other.read);
          proc.disposition('SIGPIPE', 'ignore');
          yield* say(proc, yield* proc.write(other.write, 'x'));
          return 0;
        },
      },
      {},
      ['broken'],
    );
    expect(
      result.out
        .split('\n')
        .slice(0, 2)
        .map((line) => JSON.parse(line) as unknown),
    ).toMatchObject([
      { how: 'signaled', signal: 'SIGPIPE' },
      { ok: false, error: 'EPIPE' },
    ]);
  });
});

describe('poll', () => {
  it('waits for the first of several descriptors, for no longer than it was told', () => {
    const result = runProgram(
      {
        *watcher(proc) {
          const a = unwrap(yield* proc.pipe());
          const b = unwrap(yield* proc.pipe());
          const requests = [
            { fd: a.read, read: true },
            { fd: b.read, read: true },
          ];
          yield* say(proc, unwrap(yield* proc.poll(requests, 50 * MILLISECOND)).length);
          yield* say(proc, Math.round(proc.now() / MILLISECOND));
          yield* proc.spawn({
            run: {
              *program(child) {
                yield* child.sleep(100 * MILLISECOND);
                yield* child.write(1, 'x');
                return 0;
              },
            },
            argv: ['later'],
            fds: [[1, b.write]],
          });
          const ready = unwrap(yield* proc.poll(requests));
          yield* say(proc, [ready.map(({ fd }) => fd === b.read), Math.round(proc.now() / MILLISECOND)]);
          yield* say(proc, unwrap(yield* proc.poll([{ fd: a.write, write: true }])).length);
          return 0;
        },
      },
      {},
      ['watcher'],
    );
    expect(result.out).toBe('0\n50\n[[true],150]\n1\n');
  });

  it('is interrupted by a caught signal', () => {
    const machine = new TestMachine({
      *watcher(proc) {
        proc.disposition('SIGTERM', 'catch');
        const answer = yield* proc.poll([{ fd: 0, read: true }], 100 * SECOND);
        return !answer.ok && answer.error === 'EINTR' ? 7 : 0;
      },
    });
    const running = machine.start(['watcher'], { tty: true });
    machine.pass(SECOND);
    running.task.signal('SIGTERM', null);
    running.finish(SECOND);
    expect(running.exit).toBe(7);
  });
});

describe('many processes', () => {
  it('all get their turn beside one that never waits', () => {
    const machine = new TestMachine(TEST_PROGRAMS);
    machine.start(['spin']);
    const other = machine.start(['echo', 'hello']);
    machine.pass(MILLISECOND);
    expect(other.result()).toMatchObject({ exit: 0, out: 'hello\n' });
  });

  it('run in the same order every time', () => {
    const run = () => {
      const machine = new TestMachine({
        *racer(proc) {
          for (let i = 0; i < 50; i++) {
            yield* say(proc, `${proc.argv[1]} ${proc.now()} ${proc.random()}`);
            yield* proc.sleep(proc.random() % 1000);
          }
          return 0;
        },
      });
      const racers = ['a', 'b', 'c'].map((name) => machine.start(['racer', name]));
      machine.pass(SECOND);
      return racers.map((racer) => racer.result().out);
    };
    expect(run()).toEqual(run());
  });

  it('that spin for long take few real events', () => {
    const machine = new TestMachine(TEST_PROGRAMS);
    machine.start(['spin']);
    machine.pass(SECOND);
    expect(machine.queue.fired).toBeLessThan(100_000);
  });
});
