import { describe, expect, it } from 'vitest';
import type { Input, TerminalName } from './course/exercise.ts';
import { Player, type Stage } from './player.ts';

/** Writes down what is played; a command runs until its time is over. */
class Score implements Stage {
  now = 0;
  readonly played: string[] = [];
  known: Record<string, string> = {};
  /** How long commands run, in seconds. */
  commandTakes = 2;
  private readonly busyUntil = new Map<TerminalName, number>();

  type(terminal: TerminalName, text: string): void {
    this.played.push(`${this.now / 1e9} ${terminal} ${JSON.stringify(text)}`);
    if (text.endsWith('\r')) this.busyUntil.set(terminal, this.now + this.commandTakes * 1e9);
  }
  isReady(terminal: TerminalName): boolean {
    return this.now >= (this.busyUntil.get(terminal) ?? 0);
  }
  write(path: string): void {
    this.played.push(`${this.now / 1e9} write ${path}`);
  }
  visit(url: string, from: string): void {
    this.played.push(`${this.now / 1e9} visit ${url} from ${from}`);
  }
  values(): Readonly<Record<string, string>> {
    return this.known;
  }

  play(player: Player, seconds: number): void {
    for (const end = this.now + seconds * 1e9; this.now < end && !player.done; this.now += 0.5e9) player.tick();
  }
}

const run = (line: string, more: { readonly stays?: boolean; readonly terminal?: TerminalName } = {}): Input => ({
  do: 'run',
  line,
  terminal: more.terminal ?? 'first',
  stays: more.stays ?? false,
  note: null,
});

describe('a player', () => {
  it('waits for the end of a command before it goes on', () => {
    const stage = new Score();
    const player = new Player([run('one'), { do: 'write', path: 'a.yml', content: '' }, run('two')], stage);
    stage.play(player, 20);
    expect(stage.played).toEqual(['0 first "one\\r"', '2 write a.yml', '2 first "two\\r"']);
    expect(player.done).toBe(true);
    expect(player.stuck).toBe(null);
  });

  it('goes on beside a command that stays, types into it, and ends it by a key', () => {
    const stage = new Score();
    stage.commandTakes = 1000;
    const player = new Player(
      [
        run('nc -lp 1', { stays: true, terminal: 'second' }),
        { do: 'type', text: 'hello', terminal: 'second' },
        { do: 'key', key: 'C-c', terminal: 'second' },
      ],
      stage,
    );
    stage.play(player, 20);
    expect(stage.played).toEqual(['0 second "nc -lp 1\\r"', '1.5 second "hello\\r"', '3 second "\\u0003"']);
  });

  it('fills in what the world knows, and waits until it does', () => {
    const stage = new Score();
    const player = new Player(
      [run('nc {{server.address}} 1'), { do: 'visit', url: 'http://{{a}}', from: 'lan' }],
      stage,
    );
    stage.play(player, 5);
    expect(stage.played).toEqual([]);
    stage.known = { 'server.address': '172.18.0.2', a: '10.0.0.1' };
    stage.play(player, 5);
    expect(stage.played).toEqual(['5 first "nc 172.18.0.2 1\\r"', '7 visit http://10.0.0.1 from lan']);
  });

  it.each([
    ['a value is not known', [run('nc {{server.address}} 1')], 0],
    ['the terminal is busy', [run('sleep 10000'), run('ls')], 1],
  ] as const)('gives up where %s for too long', (why, inputs, input) => {
    const stage = new Score();
    stage.commandTakes = 10_000;
    const player = new Player(inputs, stage);
    stage.play(player, 400);
    expect(player.stuck).toEqual({ input, why });
    expect(player.done).toBe(true);
  });
});
