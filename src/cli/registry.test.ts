import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DockerHost } from './docker-host.fixture.ts';
import { declaredCommands, DOCKER } from './registry.ts';
import { parse } from './template/template.ts';

const ALL = declaredCommands();

describe('every declared command', () => {
  it.each(ALL.map((entry) => [entry.path, entry] as const))('%s has help of its own', (path, { command }) => {
    const host = new DockerHost({ engine: false });
    const { exit, out } = host.run(...path.split(' ').slice(1), '--help');
    expect(exit).toBe(0);
    expect(out.startsWith(`Usage:  ${path}`)).toBe(true);
    expect(out).toContain(command.short);
    for (const [name, flag] of Object.entries(command.flags))
      if (flag.hidden !== true && flag.deprecated === undefined) expect(out).toContain(`--${name}`);
  });

  it('gives each letter to one flag', () => {
    for (const { path, command } of ALL) {
      const letters = Object.values(command.flags).flatMap((flag) => flag.short ?? []);
      expect(new Set(letters).size, path).toBe(letters.length);
    }
  });

  it('is called by one word at each place', () => {
    for (const group of [DOCKER, ...DOCKER.commands]) {
      const words = group.commands.flatMap((each) => [each.name, ...each.aliases]);
      expect(new Set(words).size, group.name).toBe(words.length);
    }
  });
});

describe('templates', () => {
  it('whatever is typed, parsing says what is wrong and never throws', () => {
    const pieces = fc.constantFrom(
      '{{',
      '}}',
      '.',
      'A',
      '$x',
      ' ',
      '|',
      '(',
      ')',
      '"',
      'range',
      'if',
      'end',
      'else',
      '-',
      ':=',
      '1',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (words) => {
        const parsed = parse(words.join(''));
        if (!parsed.ok) expect(parsed.error).toMatch(/^template: :1: /);
      }),
    );
  });
});
