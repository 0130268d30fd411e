import { describe, expect, it } from 'vitest';
import { diagnose } from '../../diagnose.ts';
import { syntaxProblem } from './parser.ts';

const fileName = '/srv/app/compose.yaml';
const say = (text: string, face: 'v1' | 'v2') => diagnose(text, { fileName, face }).map((each) => each.message);

/** The words without what stands in front of them in every message. */
const v2 = (text: string) => say(text, 'v2').map((each) => each.replace('failed to parse /srv/app/compose.yaml: ', ''));

describe('the syntax of a text', () => {
  it.each([
    ['services:\n  web:\n    image: x\n   tty: true\n', 'block end expected'],
    ['services:\n\tweb: {}\n', 'cannot start a token'],
    ['a: b: c\n', 'mapping value not allowed'],
    ['a: "b\n', 'end of stream'],
    ['a: [1, 2\nb: 3\n', 'separator expected'],
    ['a:\n  b\nc\nd: 1\n', 'colon expected'],
    ['a: *nobody\n', 'undefined alias'],
    ['a: "\\q"\n', 'unknown escape'],
    ['a: %b\n', 'cannot start a token'],
    ['a: @b\n', 'cannot start a token'],
    ['a: \u0007\n', 'control character'],
    ['a: |0\n  b\n', 'indentation zero'],
  ])('%j: %s', (text, what) => {
    expect(syntaxProblem(text, 'go-yaml')?.what).toBe(what);
    expect(syntaxProblem(text, 'PyYAML')?.what).toBe(what);
  });

  it.each([
    'a: 1\nb:\n- 1\n- c: 2\n  d: 3\n',
    '{a: [1, 2], "b": {c: d}}\n',
    'a: &x {b: 1}\nc:\n  <<: *x\n  e: |-\n    text: of: any: kind\n      \n  f: >2\n      g\n',
    '%YAML 1.1\n---\n? a\n: b\n...\n',
    "a: 'it''s'\nb: plain # comment\nc: http://x:80/#y\n",
    '# nothing but a comment',
    '',
  ])('%j is right', (text) => {
    expect(syntaxProblem(text, 'go-yaml')).toBeNull();
    expect(syntaxProblem(text, 'PyYAML')).toBeNull();
  });

  it('one document for docker-compose, several for docker compose', () => {
    expect(syntaxProblem('a: 1\n---\nb: 1\n', 'PyYAML')?.what).toBe('another document');
    expect(syntaxProblem('a: 1\n---\nb: 1\n', 'go-yaml')).toBeNull();
  });

  it('stops at what is nested too deep', () => {
    expect(syntaxProblem('['.repeat(100_000), 'go-yaml')?.what).toBe('too deep');
    expect(syntaxProblem('['.repeat(100_000), 'PyYAML')?.what).toBe('too deep');
  });
});

describe('the words for it', () => {
  it("docker-compose's are PyYAML's, with the file's name in them", () => {
    expect(say('services:\n  web:\n    image: x\n   tty: true\n', 'v1')).toEqual([
      'yaml.parser.ParserError: while parsing a block mapping\n' +
        '  in "/srv/app/compose.yaml", line 2, column 3\n' +
        "expected <block end>, but found '<block mapping start>'\n" +
        '  in "/srv/app/compose.yaml", line 4, column 4',
    ]);
  });

  it("docker compose's are go-yaml's", () => {
    expect(v2('services:\n\tweb: {}\n')).toEqual(['yaml: line 2: found character that cannot start any token']);
  });
});
