import { defineConfig } from 'vitest/config';
import { parse } from 'yaml';
import { singleFile } from './single-file.ts';

/** The course is written as YAML, for people, and shipped as JSON. */
const course = {
  name: 'course',
  transform: (code: string, file: string) =>
    /\/scenarios\/[\w/.-]+\.yaml$/.test(file)
      ? { code: `export default ${JSON.stringify(parse(code))};`, map: null }
      : null,
};

/** Pixi's events and its accessibility, which the page doesn't ask for (`skipExtensionImports`): it has its own. */
const pixiAlone = {
  name: 'pixi-alone',
  load: (file: string) => (/\/pixi\.js\/.*\/(?:browser|webworker)All\.mjs$/.test(file) ? 'export {};' : null),
};

const test = {
  include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
  exclude: ['test/browser/**'],
  environment: 'node' as const,
  testTimeout: 60_000,
};

export default defineConfig(({ mode }) =>
  mode === 'single-file'
    ? {
        base: './',
        publicDir: false,
        plugins: [course, pixiAlone, ...singleFile('bridgewalk.html')],
        worker: { format: 'iife' },
        build: {
          target: 'es2022',
          emptyOutDir: false,
          cssCodeSplit: false,
          assetsInlineLimit: Number.MAX_SAFE_INTEGER,
          modulePreload: false,
          rolldownOptions: { output: { codeSplitting: false } },
        },
      }
    : {
        base: './',
        plugins: [course, pixiAlone],
        // What the worker needs is found before the first page: found later, it would be loaded anew under the learner's hands.
        optimizeDeps: { entries: ['index.html', 'src/ui/machine/machine.worker.ts'] },
        worker: { format: 'es' },
        build: { target: 'es2022', sourcemap: false },
        test,
      },
);
