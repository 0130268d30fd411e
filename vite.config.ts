import { defineConfig } from 'vitest/config';
import { parse } from 'yaml';

/** The course is written as YAML, for people, and shipped as JSON. */
const course = {
  name: 'course',
  transform: (code: string, file: string) =>
    /\/scenarios\/[\w/.-]+\.yaml$/.test(file)
      ? { code: `export default ${JSON.stringify(parse(code))};`, map: null }
      : null,
};

export default defineConfig({
  base: './',
  plugins: [course],
  worker: { format: 'es' },
  build: { target: 'es2022', sourcemap: false },
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['test/browser/**'],
    environment: 'node',
    testTimeout: 60_000,
  },
});
