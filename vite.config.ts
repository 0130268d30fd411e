import { defineConfig } from 'vitest/config';

export default defineConfig({
  base: './',
  worker: { format: 'iife' },
  build: { target: 'es2022', sourcemap: false },
  test: { include: ['src/**/*.test.ts', 'test/**/*.test.ts'], exclude: ['test/browser/**'], environment: 'node' },
});
