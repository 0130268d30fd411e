import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Diagnostic, diagnose } from '../src/compose/diagnose.ts';
import { outline } from '../src/compose/outline.ts';
import { Random } from '../src/sim/random.ts';
import { mutated } from './mutated-compose.ts';

const FOLDER = fileURLToPath(new URL('./compose-files/', import.meta.url));
const NAMES = readdirSync(FOLDER);
const FILES = NAMES.map((name) => readFileSync(FOLDER + name, 'utf8'));
const FILE = '/home/user/shop/compose.yaml';
const HOW_MANY = 1000;

const OTHERS = new Map([
  ['/home/user/shop/other.yaml', 'services:\n  shared:\n    image: busybox\n'],
  ['/home/user/shop/api.env', 'A=1\nB="2"\n'],
]);

function say(text: string, face: 'v1' | 'v2'): readonly Diagnostic[] {
  const environment = new Map([
    ['NAME', 'somebody'],
    ['KEY', 'secret'],
  ]);
  const readFile = (path: string) => (path === FILE ? text : (OTHERS.get(path) ?? null));
  return diagnose(text, { fileName: FILE, face, environment, readFile });
}

/** Every word of the text, and every part of it that a quote or a path could name. */
const wordsOf = (text: string) => new Set(text.match(/[\w-]+/g));

/** Whether a message says where: a line of the text, a path into it, or a name that stands there. */
function namesPlace({ message }: Diagnostic, text: string): boolean {
  const line = /line (\d+)/.exec(message)?.[1];
  if (line !== undefined)
    return Number(line) >= 1 && Number(line) <= text.split(/\r\n?|[\n\u0085\u2028\u2029]/).length + 1;
  const words = wordsOf(text);
  const cause = message.replaceAll(FILE, '');
  return [...cause.matchAll(/[\w-]+/g)].some(([word]) => words.has(word));
}

/** docker compose tells no line where that would be the first, or where go-yaml knows none: the range has to do. */
const PLACELESS = /^yaml: |^top-level object must be a mapping$/;

/** What a program says when it doesn't know what happened. */
const MEANINGLESS =
  /undefined is|is not a function|Cannot read|\[object|NaN:|Maximum call|at position|: (?:undefined|null)$/;

describe('1,000 broken compose files', () => {
  it.each(NAMES.map((name, i) => [name, FILES[i] as string]))('%s is right for docker compose', (_, text) => {
    expect(say(text, 'v2').filter((each) => each.severity === 'error')).toEqual([]);
  });

  it.each(['v1', 'v2'] as const)(
    '%s: no exception; each message tells the cause, its range is the place',
    (face) => {
      const random = new Random(20260);
      let wrong = 0;
      for (let i = 0; i < HOW_MANY; i++) {
        const { text, how } = mutated(FILES[i % FILES.length] as string, random);
        const label = `${face} ${i}: ${NAMES[i % NAMES.length]}, ${how.join(', ')}`;
        let diagnostics: readonly Diagnostic[] = [];
        const started = process.cpuUsage().user;
        expect(() => (diagnostics = say(text, face)), label).not.toThrow();
        expect(process.cpuUsage().user - started, label).toBeLessThan(5_000_000);
        for (const each of diagnostics) {
          const shown = `${label}\n${each.message}`;
          expect(each.message.trim(), shown).not.toBe('');
          expect(each.message, shown).not.toMatch(MEANINGLESS);
          expect(each.from, shown).toBeGreaterThanOrEqual(0);
          expect(each.to, shown).toBeLessThanOrEqual(text.length);
          expect(each.from, shown).toBeLessThanOrEqual(each.to);
          expect(each.message.includes(FILE) || PLACELESS.test(each.message) || namesPlace(each, text), shown).toBe(
            true,
          );
        }
        if (diagnostics.some((each) => each.severity === 'error')) wrong++;
        expect(() => outline(text), label).not.toThrow();
      }
      expect(wrong).toBeGreaterThan(HOW_MANY / 2);
    },
    300_000,
  );
});
