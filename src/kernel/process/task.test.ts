import { describe, expect, it } from 'vitest';
import { runProgram, TestMachine } from './machine.fixture.ts';

describe('a process', () => {
  it('writes to its descriptors and ends with its status', () => {
    const result = runProgram(
      {
        *greet(proc) {
          yield* proc.write(1, 'hello\n');
          yield* proc.write(2, 'oops\n');
          return 3;
        },
      },
      {},
      ['greet'],
    );
    expect(result).toEqual({ exit: 3, out: 'hello\n', err: 'oops\n', screen: '' });
  });

  it('reads what is typed into its terminal', () => {
    const machine = new TestMachine({
      *cat(proc) {
        for (;;) {
          const line = yield* proc.read(0);
          if (!line.ok || line.value.length === 0) return 0;
          yield* proc.write(1, line.value);
        }
      },
    });
    const result = machine.run(['cat'], { tty: true, stdin: 'one\ntwo\n' });
    expect(result.exit).toBe(0);
    expect(result.screen).toBe('one\ntwo\none\ntwo');
  });
});
