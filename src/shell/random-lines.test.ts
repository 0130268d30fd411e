import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shellMachine } from './shell.fixture.ts';

/** Pieces of shell that make lines valid, half valid and senseless. */
const PIECES = [
  'echo',
  'cat',
  'ls',
  'true',
  'false',
  'cd /',
  'x=1',
  'x=(1 2)',
  '$x',
  '${x',
  '${x:-y}',
  '${x##*/}',
  '${x//a/b}',
  '"$@"',
  "'a b'",
  '"',
  "'",
  '`',
  '$(',
  '$((',
  '))',
  ')',
  '(',
  '{',
  '}',
  '{a,b}',
  '{1..3}',
  '|',
  '||',
  '&&',
  '&',
  ';',
  ';;',
  '\n',
  '>',
  '/tmp/f',
  '>>',
  '<',
  '<<E',
  'E',
  '<<<',
  '2>&1',
  'if',
  'then',
  'else',
  'fi',
  'for',
  'i',
  'in',
  'do',
  'done',
  'while',
  'until',
  'case',
  'esac',
  '[[',
  ']]',
  '[',
  ']',
  '-f',
  '=',
  '==',
  '=~',
  '!',
  '*',
  '?',
  '[a-z]',
  '~',
  '#',
  '\\',
  'f()',
  'f',
  'return',
  'break',
  'exit 3',
  'set -e',
  'set -u',
  'trap "echo t" EXIT',
  'eval',
  'local',
  'export',
  'read',
  'printf %s',
  '%d',
  'sed s/a/b/',
  "awk '{print $1}'",
  'grep a',
  'sort',
  'head -1',
  'wc',
  'xargs',
  'kill %1',
  'wait',
  'fg',
  'jobs',
  'unset x',
  'shift',
  '日本',
  'é',
  '\u0007',
  '1+',
  '/0',
  '1',
  '-n',
  '--help',
  '--foo',
];

/** Whole commands, so that much of what is made runs. */
const { line: whole } = fc.letrec<{ line: string; command: string; word: string }>((tie) => ({
  word: fc.oneof(
    fc.constantFrom(
      'a',
      '$x',
      '"$x y"',
      '*',
      '{1..3}',
      '$1',
      '"$@"',
      '~',
      '日本',
      "''",
      '${x:-z}',
      '${#x}',
      '${x%a*}',
      '$((x+1))',
      '-n',
      '/tmp/f',
      'nosuch',
      '-e',
      '-r',
      '1',
      '%s',
      '$?',
      '$!',
      '[a-c]*',
    ),
    { maxDepth: 2, arbitrary: tie('command'), weight: 1 },
  ),
  command: fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .tuple(
          fc.constantFrom(
            'echo',
            'cat',
            'ls',
            'x=',
            'read x',
            'test',
            'printf',
            'head',
            'wc',
            'sed',
            'awk',
            'grep',
            'sort',
            'cd',
            'f',
            'set',
            'export',
            'local',
            'unset',
            'eval',
            'kill',
            'wait',
            'trap',
            'type',
            'shift',
            'find',
            'cp',
            'mv',
            'rm',
            'mkdir',
            'seq',
            'tr',
            'cut',
            'xargs',
            'jobs',
            'let',
            'date',
            'ps',
            'env',
            'timeout 1',
            'return',
            'exit',
            'break',
            'tee',
            'uniq',
            'stat',
            'du',
            'tail',
            'nosuch',
            'getopts',
            'declare',
            '.',
            'command',
            'exec',
            'sleep 0.1',
            'od',
            'stty',
            'tar',
          ),
          fc.array(tie('word'), { maxLength: 3 }),
        )
        .map(([name, words]) =>
          [name, ...words.map((word) => (word.includes(' ') && !word.startsWith('"') ? `$(${word})` : word))].join(' '),
        ),
    },
    { weight: 1, arbitrary: fc.tuple(tie('line'), tie('line')).map(([a, b]) => `if ${a}; then ${b}; fi`) },
    { weight: 1, arbitrary: fc.tuple(tie('word'), tie('line')).map(([a, b]) => `for i in ${a}; do ${b}; done`) },
    { weight: 1, arbitrary: tie('line').map((a) => `while ${a}; do break; done`) },
    { weight: 1, arbitrary: tie('line').map((a) => `( ${a} )`) },
    { weight: 1, arbitrary: tie('line').map((a) => `f() { ${a}; }`) },
    { weight: 1, arbitrary: fc.tuple(tie('word'), tie('line')).map(([a, b]) => `case ${a} in a*) ${b};; *) :;; esac`) },
  ),
  line: fc
    .tuple(
      tie('command'),
      fc.array(
        fc.tuple(fc.constantFrom(' | ', ' && ', ' || ', '; ', ' > ', ' >> ', ' 2>&1 | ', '\n'), tie('command')),
        { maxLength: 2 },
      ),
    )
    .map(
      ([first, rest]) =>
        first +
        rest
          .map(([glue, next]) => (glue.includes('>') && !glue.includes('|') ? `${glue}/tmp/out; ${next}` : glue + next))
          .join(''),
    ),
}));

const pieces = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 6 })), { minLength: 1, maxLength: 14 })
  .map((each) => each.join(' '));
const lines = fc.oneof(pieces, whole);
const SECOND = 1e9;

describe('random command lines', () => {
  for (const shell of ['bash', 'sh']) {
    it(`${shell}: each ends with a status, and none is a bug of ours`, () => {
      fc.assert(
        fc.property(lines, (line) => {
          const machine = shellMachine({ '/home/user/file': { content: 'a b\nc d\n' } });
          const program = machine.start([shell, '-c', line], {
            cwd: '/home/user',
            env: { PATH: '/bin', HOME: '/home/user' },
            library: shell === 'bash' ? 'glibc' : 'musl',
            stdin: 'one\ntwo\n',
          });
          program.finish(5 * SECOND);
          // What still runs is a loop: it dies as from Ctrl+C.
          if (program.exit === null) {
            for (const task of [...machine.kernel.processes.visibleIn(machine.kernel.hostNamespaces.pids)])
              task.signal('SIGINT', null);
            program.finish(5 * SECOND);
          }
          expect(program.exit).not.toBeNull();
        }),
        { numRuns: 300, seed: 20_261_124 },
      );
    }, 60_000);
  }

  it('deep nesting is refused, not a crash', () => {
    for (const deep of [
      '$('.repeat(3000),
      '(('.repeat(3000),
      '{'.repeat(5000),
      '('.repeat(5000),
      `echo $((${'('.repeat(5000)}`,
      'if '.repeat(5000),
      `[ ${'( '.repeat(5000)} ]`,
      `awk '${'('.repeat(3000)}'`,
      `echo ${'{a,'.repeat(2000)}`,
    ]) {
      const result = shellMachine().run(['bash', '-c', deep], { limit: 5 * SECOND });
      expect(result.exit, deep.slice(0, 20)).not.toBe(139);
    }
  });

  it('a function that calls itself for ever is stopped', () => {
    const result = shellMachine().run(['bash', '-c', 'f() { f; }; f; echo after'], { limit: 60 * SECOND });
    expect(result.err).toContain('maximum function nesting level exceeded');
  });
});
