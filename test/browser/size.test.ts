import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

/** How much the built page is, as a server sends it compressed: until the first prompt, and all of it without the editor. */

const DIST = path.resolve(import.meta.dirname, '../../dist');
const ASSETS = path.join(DIST, 'assets');
const files = readdirSync(ASSETS);

const text = (file: string): string => readFileSync(path.join(ASSETS, file), 'utf8');
const compressed = (file: string): number => gzipSync(readFileSync(file), { level: 9 }).length;
const sum = (names: Iterable<string>): number =>
  [...names].reduce((total, name) => total + compressed(path.join(ASSETS, name)), 0);

const called = (pattern: RegExp): string => {
  const [found, ...others] = files.filter((file) => pattern.test(file));
  if (!found || others.length > 0) throw new Error(`not one file is ${pattern}, but ${[found, ...others].join(', ')}`);
  return found;
};

/** A script and all that it imports before its first line runs. */
function withImports(file: string, known = new Set<string>()): Set<string> {
  if (known.has(file)) return known;
  known.add(file);
  for (const [, name] of text(file).matchAll(/(?:^|[;}])\s*(?:import|export)\b[^;'"()]*["']\.\/([\w.-]+\.js)["']/g))
    withImports(name as string, known);
  return known;
}

/** What the first visit loads until its prompt: the page, the machine's worker, and the exercise that is open. */
function untilPrompt(): Set<string> {
  const html = readFileSync(path.join(DIST, 'index.html'), 'utf8');
  const named = [...html.matchAll(/assets\/([\w.-]+\.(?:js|css))/g)].map(([, name]) => name as string);
  const loaded = new Set(named.filter((name) => name.endsWith('.css')));
  for (const script of named.filter((name) => name.endsWith('.js'))) withImports(script, loaded);
  withImports(called(/^machine\.worker-/), loaded);
  const exercises = files.filter((file) => /^exercise-.*\.js$/.test(file));
  // Which of them is the first one isn't in its name: the largest stands for it.
  const [largest] = exercises.sort((a, b) => text(b).length - text(a).length);
  if (largest) withImports(largest, loaded);
  return loaded;
}

const EDITOR = /monaco|editor\.worker|codicon/;

describe('the built page', () => {
  it('needs at most 300 kB until the first prompt, and nothing of the editor', () => {
    const loaded = untilPrompt();
    expect([...loaded].filter((file) => EDITOR.test(file))).toEqual([]);
    // Page, worker, exercise and style at least: an empty set would hold any limit.
    expect(loaded.size).toBeGreaterThanOrEqual(4);
    expect(sum(loaded) + compressed(path.join(DIST, 'index.html'))).toBeLessThanOrEqual(300_000);
  });

  it('is no more than 1,010 kB without the editor, all exercises and ways to paint included', () => {
    expect(sum(files.filter((file) => !EDITOR.test(file)))).toBeLessThanOrEqual(1_010_000);
  });
});
