import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The names of each of a command's flags: `['-a', '--all']`. */
export type RealFlags = readonly (readonly string[])[];

/** What a real program has, by the command's name: one line each of `real/<which>.txt`, `name: -a,--all --quiet`. */
export function realCommands(which: string): ReadonlyMap<string, RealFlags> {
  const text = readFileSync(path.join(import.meta.dirname, 'real', `${which}.txt`), 'utf8');
  return new Map(
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => {
        const [, name = '', flags = ''] = /^(.+?):(?: (.*))?$/.exec(line) ?? [];
        return [name, flags.split(' ').flatMap((names) => (names === '' ? [] : [names.split(',')]))];
      }),
  );
}
