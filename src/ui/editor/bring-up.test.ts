import { describe, expect, it } from 'vitest';
import type { TerminalView } from '../../lab/view/lab-view.ts';
import { bringUp, upCommand } from './bring-up.ts';

const terminal = (id: number, folder: string, command: string | null = null): TerminalView => ({
  id,
  folder,
  command,
  container: null,
  ended: false,
});
const lines = (path: string, ...terminals: TerminalView[]) =>
  bringUp(path, Object.fromEntries(terminals.map((each) => [each.id, each])))?.map((input) =>
    input.do === 'run' ? `${input.terminal}: ${input.line}` : input.do,
  );

describe('bringing a compose file up', () => {
  it('names the file where docker-compose would not find it', () => {
    expect(upCommand('/home/user/a/docker-compose.yml')).toBe('docker-compose up -d');
    expect(upCommand('/home/user/a/server.yml')).toBe('docker-compose -f server.yml up -d');
    expect(upCommand("/home/user/a/it's.yml")).toBe("docker-compose -f 'it'\\''s.yml' up -d");
  });

  it('takes a terminal that waits, to the folder of the file', () => {
    const file = '/home/user/a/docker-compose.yml';
    expect(lines(file, terminal(1, '/home/user/a'))).toEqual(['first: docker-compose up -d']);
    expect(lines(file, terminal(1, '/home/user'))).toEqual(['first: cd /home/user/a', 'first: docker-compose up -d']);
    expect(lines(file, terminal(1, '/home/user', 'nc'), terminal(2, '/home/user/a'))).toEqual([
      'second: docker-compose up -d',
    ]);
  });

  it('opens another terminal, but not without end', () => {
    const file = '/home/user/a/docker-compose.yml';
    expect(lines(file, terminal(1, '/', 'nc'))?.[1]).toBe('second: docker-compose up -d');
    expect(lines(file, terminal(1, '/', 'nc'), terminal(2, '/', 'nc'), terminal(3, '/', 'nc'))).toBeUndefined();
  });
});
