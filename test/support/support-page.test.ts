import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type DeclaredCommand, FAMILIES } from './declared-commands.ts';
import { realCommands } from './real-commands.ts';
import { supportPage } from './support-page.ts';

const pageOf = (command: DeclaredCommand) =>
  supportPage([{ title: 'docker 28.5.2', real: 'docker', commands: [command] }]);
const VERB: DeclaredCommand = { name: 'docker volume rm', also: [], flags: [] };

describe('the page of what is supported', () => {
  it('is what the declarations say: write it anew with npm run docs', () => {
    const page = readFileSync(new URL('../../docs/support.md', import.meta.url), 'utf8');
    expect(page).toBe(supportPage(FAMILIES));
  });

  it('calls a command whole that has every flag of the real one', () => {
    const flags = [{ names: ['-f', '--force'], value: null }];
    expect(pageOf({ ...VERB, flags })).toContain('| `docker volume rm` | whole | `-f, --force` |  |  |');
  });

  it('says which flags are not there', () => {
    expect(pageOf(VERB)).toContain('| `docker volume rm` | in part |  |  | `-f, --force` |');
  });

  it('says what a flag does less, and why a command is not modelled', () => {
    const flags = [{ names: ['--force'], value: null, limit: 'without effect' }];
    expect(pageOf({ ...VERB, flags })).toContain('| in part |  | `--force`: without effect |  |');
    expect(pageOf({ ...VERB, refused: 'there is no disk' })).toContain('| not modelled |  | there is no disk |  |');
  });

  it('lists the commands of which nothing is here', () => {
    expect(pageOf(VERB)).toMatch(/Not there: .*`docker ps`/);
  });

  it('compares every family with a list that has its commands', () => {
    for (const { title, real, commands } of FAMILIES) {
      const known = realCommands(real);
      expect(
        commands.filter(({ name, also }) => ![name, ...also].some((each) => known.has(each))).map(({ name }) => name),
        title,
      ).toEqual([]);
    }
  });
});
