import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/cdk.out/**'],
    reporters: ['default', ['json', { outputFile: '.harmony/tests.json' }]],
    // Real handlers, synthesis and whole processes run in tests on machines of two cores.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
