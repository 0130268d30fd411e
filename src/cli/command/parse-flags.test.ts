import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bool, bytes, duration, int, list, map, string, strings } from './flag.ts';
import { parseFlags } from './parse-flags.ts';

const FLAGS = {
  all: bool('', { short: 'a' }),
  detach: bool('', { short: 'd' }),
  proxy: bool('', { initial: true }),
  name: string(''),
  last: int('', { short: 'n' }),
  env: list('', { short: 'e' }),
  opt: map('', { short: 'o' }),
  alias: strings(''),
  wait: duration(''),
  memory: bytes('', { short: 'm' }),
  old: int('', { sameAs: 'last', deprecated: 'use --last instead' }),
};

function parse(words: readonly string[], options = {}) {
  const parsed = parseFlags(FLAGS, words, options);
  return parsed.ok ? parsed.value : { error: parsed.error };
}

function values(...words: readonly string[]) {
  const parsed = parseFlags(FLAGS, words);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value.values;
}

function errorOf(...words: readonly string[]): string {
  const parsed = parseFlags(FLAGS, words);
  return parsed.ok ? 'no error' : parsed.error;
}

describe('values', () => {
  it('come behind a space, an equals sign, or at once behind a letter', () => {
    expect(values('--name', 'x')['name']).toBe('x');
    expect(values('--name=x=y')['name']).toBe('x=y');
    expect(values('-n5')['last']).toBe(5);
    expect(values('-n=5')['last']).toBe(5);
    expect(values('-n', '-1')['last']).toBe(-1);
  });

  it('letters cluster, and the last of them may take a value', () => {
    expect(values('-adeA=1')).toMatchObject({ all: true, detach: true, env: ['A=1'] });
  });

  it('a switch is turned off by =false alone', () => {
    expect(values('--proxy=false')['proxy']).toBe(false);
    expect(parse(['--all', 'false'])).toMatchObject({ positional: ['false'] });
  });

  it('lists grow, maps keep one value a key, slices split at commas', () => {
    expect(values('-e', 'A=1', '-e', 'B,C')['env']).toEqual(['A=1', 'B,C']);
    expect([...(values('-o', 'a=1', '-o', 'a=2')['opt'] as Map<string, string>)]).toEqual([['a', '2']]);
    expect(values('--alias', 'a,b', '--alias', 'c')['alias']).toEqual(['a', 'b', 'c']);
  });

  it('durations and sizes have units', () => {
    expect(values('--wait', '1m30s')['wait']).toBe(90e9);
    expect(values('-m', '64m')['memory']).toBe(64 * 1024 * 1024);
  });

  it('a deprecated flag sets its successor, and says so', () => {
    expect(parse(['--old', '3'])).toMatchObject({
      values: { last: 3 },
      notices: ['Flag --old has been deprecated, use --last instead'],
    });
  });
});

describe('where flags end', () => {
  it('nowhere but at --, where they may follow arguments', () => {
    expect(parse(['one', '-a', '--', '-d'])).toMatchObject({ positional: ['one', '-d'], values: { all: true } });
  });

  it('at the first argument, where a command follows', () => {
    expect(parse(['-a', 'busybox', '-d', '--name', 'x'], { interspersed: false })).toMatchObject({
      positional: ['busybox', '-d', '--name', 'x'],
      values: { all: true, detach: false },
    });
  });

  it('everything behind -- is an argument, whatever it is', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (words) => {
        expect(parse(['--', ...words])).toMatchObject({ positional: words, changed: new Set() });
      }),
    );
  });
});

describe('errors have the words of pflag', () => {
  it.each([
    [['--foo'], 'unknown flag: --foo'],
    [['-x'], "unknown shorthand flag: 'x' in -x"],
    [['-axd'], "unknown shorthand flag: 'x' in -xd"],
    [['--name'], 'flag needs an argument: --name'],
    [['-an'], "flag needs an argument: 'n' in -n"],
    [['-n', 'x'], 'invalid argument "x" for "-n, --last" flag: strconv.ParseInt: parsing "x": invalid syntax'],
    [
      ['--all=maybe'],
      'invalid argument "maybe" for "-a, --all" flag: strconv.ParseBool: parsing "maybe": invalid syntax',
    ],
    [['--wait', '5'], 'invalid argument "5" for "--wait" flag: time: invalid duration "5"'],
    [['---x'], 'bad flag syntax: ---x'],
  ])('%j', (words, error) => {
    expect(errorOf(...words)).toBe(error);
  });
});

describe('help', () => {
  it('is asked for by --help, and by -h where that is no flag', () => {
    expect(parse(['--help'])).toMatchObject({ help: true, notices: [] });
    expect(parse(['-h'])).toMatchObject({
      help: true,
      notices: ['Flag shorthand -h has been deprecated, use --help'],
    });
  });
});
