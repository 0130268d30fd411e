import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    environment: 'node',
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // However busy the machine is: what is waited for comes, or never does.
    expect: { poll: { timeout: 30_000 } },
    fileParallelism: false,
  },
});
