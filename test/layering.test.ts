import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

/**
 * Who may import whom (docs/decisions/0002-layers.md). A name is a folder of src and all below it; `a/b` is that part
 * alone. There is no list of exceptions.
 */
const LAYERS: Record<string, { readonly layers: readonly string[]; readonly packages?: readonly string[] }> = {
  base: { layers: [] },
  wire: { layers: ['base'] },
  sim: { layers: ['base'] },
  kernel: { layers: ['base', 'wire', 'sim'] },
  dockerd: { layers: ['base', 'wire', 'sim', 'kernel'], packages: ['xstate'] },
  compose: {
    layers: ['base', 'wire', 'dockerd/api', 'kernel/syscalls'],
    packages: ['yaml', '@cfworker/json-schema', 'xstate'],
  },
  programs: { layers: ['base', 'wire', 'kernel/syscalls'] },
  shell: { layers: ['base', 'wire', 'kernel/syscalls'], packages: ['unbash'] },
  cli: { layers: ['base', 'wire', 'shell', 'compose', 'dockerd/api', 'kernel/syscalls'] },
  world: { layers: ['base', 'wire', 'sim', 'kernel', 'dockerd', 'compose', 'programs', 'shell', 'cli'] },
  scenario: {
    layers: ['base', 'wire', 'dockerd/api', 'sim', 'compose/load', 'compose/model', 'compose/schema', 'world'],
    packages: ['yaml', 'xstate'],
  },
  lab: {
    layers: ['base', 'wire', 'sim', 'kernel', 'dockerd', 'compose', 'programs', 'shell', 'cli', 'world', 'scenario'],
    packages: ['immer', 'xstate'],
  },
  // The course's texts are shown as they stand in its data, so `ui` reads that data; conditions and the machine stay beyond the wall.
  ui: {
    layers: ['base', 'wire', 'scenario/course', 'lab'],
    packages: [
      'lit',
      'immer',
      'idb-keyval',
      'pixi.js',
      'monaco-editor',
      '@xterm/xterm',
      '@xterm/addon-fit',
      '@xterm/addon-search',
      '@xterm/addon-serialize',
      '@xterm/addon-unicode-graphemes',
      'xstate',
    ],
  },
  node: { layers: ['base', 'wire', 'lab'], packages: ['@xterm/headless', 'yaml', 'vite'] },
};

/** What belongs to the browser or to chance, and stays above the engine. */
const FORBIDDEN =
  /(?<![\w.'"`])(Date\b(?!\w)|Math\.random|setTimeout|setInterval|queueMicrotask|requestAnimationFrame|document\.|window\.|globalThis)/;
const ENGINE = Object.keys(LAYERS).filter((layer) => layer !== 'ui' && layer !== 'node');
const ROOT = path.resolve(import.meta.dirname, '..', 'src');

interface Source {
  /** From src: `kernel/net/ip/output.ts`. */
  readonly file: string;
  readonly text: string;
  readonly imports: readonly string[];
}

function sources(): Source[] {
  return readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.(test|fixture)\.ts$/.test(file))
    .map((file) => {
      const text = readFileSync(path.join(ROOT, file), 'utf8');
      const imports = [
        ...text.matchAll(/(?:^|\n)\s*(?:import|export)[^'";]*?from\s*'([^']+)'|import\s*\(?\s*'([^']+)'/g),
      ];
      return {
        file: file.replaceAll('\\', '/'),
        text,
        imports: imports.map((match) => (match[1] ?? match[2]) as string),
      };
    });
}

const layerOf = (file: string) => file.split('/')[0] as string;
const isIn = (file: string, place: string) => file === place || file.startsWith(`${place}/`);
const packageOf = (name: string) =>
  name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');
const targetOf = (from: string, name: string) => path.posix.join(path.posix.dirname(from), name).replace(/\?.*$/, '');

function offences({ file, imports }: Source): string[] {
  const layer = layerOf(file);
  if (file === 'main.ts') return [];
  const rule = LAYERS[layer];
  if (!rule) return [`${file}: no layer of that name`];
  return imports.flatMap((name) => {
    if (!name.startsWith('.')) {
      if (layer === 'node' && name.startsWith('node:')) return [];
      return rule.packages?.includes(packageOf(name)) ? [] : [`${file}: ${layer} may not use the package ${name}`];
    }
    const target = targetOf(file, name);
    if (layerOf(target) === layer || rule.layers.some((place) => isIn(target, place))) return [];
    return [`${file}: ${layer} may not import ${target}`];
  });
}

/** A source without its comments and texts, line for line; what stands in `${…}` is code and stays. */
function codeOf(text: string): string {
  const blank = (part: string) => part.replace(/[^\n]/g, ' ');
  return text
    .replace(/\/\*[\s\S]*?\*\//g, blank)
    .replace(/(^|[^:'"`])\/\/.*$/gm, '$1')
    .replace(/`(?:[^`\\]|\\.)*`/gs, (literal) =>
      literal.replace(/\$\{[^}]*\}|[^\n]/g, (part) => (part.length > 1 ? part : ' ')),
    )
    .replace(/'(?:[^'\\\n]|\\.)*'/g, blank);
}

describe('the layers', () => {
  const all = sources();

  it('import only what the table allows', () => {
    expect(all.flatMap(offences)).toEqual([]);
  });

  it('would notice an offence', () => {
    const source = (file: string, ...imports: string[]) => ({ file, text: '', imports });
    expect(offences(source('programs/nc/nc.ts', '../../kernel/kernel.ts'))).toHaveLength(1);
    expect(offences(source('kernel/kernel.ts', 'xstate'))).toHaveLength(1);
    expect(offences(source('programs/nc/nc.ts', '../../kernel/syscalls/proc.ts'))).toEqual([]);
  });

  it('have no import cycle between folders of src', () => {
    const edges = new Map<string, Set<string>>();
    for (const { file, imports } of all)
      for (const name of imports.filter((n) => n.startsWith('.'))) {
        const [from, to] = [layerOf(file), layerOf(targetOf(file, name))];
        if (from !== to) edges.set(from, (edges.get(from) ?? new Set()).add(to));
      }
    const cycleFrom = (layer: string, seen: readonly string[]): string | null => {
      if (seen.includes(layer)) return [...seen, layer].join(' > ');
      for (const next of edges.get(layer) ?? []) {
        const cycle = cycleFrom(next, [...seen, layer]);
        if (cycle) return cycle;
      }
      return null;
    };
    expect([...edges.keys()].map((layer) => cycleFrom(layer, [])).filter(Boolean)).toEqual([]);
  });

  it('know no clock, no chance and no browser below the user interface', () => {
    const found = all
      .filter(({ file }) => ENGINE.includes(layerOf(file)))
      .flatMap(({ file, text }) =>
        codeOf(text)
          .split('\n')
          .flatMap((line, i) => {
            const match = FORBIDDEN.exec(line);
            return match ? [`${file}:${i + 1}: ${match[0]}`] : [];
          }),
      );
    expect(found).toEqual([]);
  });

  it('would notice a clock, but not the word in a text', () => {
    expect(FORBIDDEN.test(codeOf('const now = Date.now();'))).toBe(true);
    expect(FORBIDDEN.test(codeOf('const text = `a ${new Date()} b`;'))).toBe(true);
    expect(FORBIDDEN.test(codeOf("const usage = `Date of a file\\n`; // Date\\nconst day = 'Date';"))).toBe(false);
  });

  it('keep every source file under 500 lines', () => {
    expect(all.filter(({ text }) => text.split('\n').length > 500).map(({ file }) => file)).toEqual([]);
  });
});
