import { defineConfig } from 'vitest/config';

/** Run in the project's folder, as Nx does: nothing in these starts a process or waits for a clock. */
const isPure =
  /libs\/(contracts\/[^/]+|artifact|contract|engine|errors|handler|orchestration|schema)$/;
/** Milliseconds. Real handlers, synthesis and whole processes need their time on two busy cores. */
const timeout = isPure.test(process.cwd().replaceAll('\\', '/')) ? 10_000 : 300_000;

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/cdk.out/**'],
    reporters: ['default', ['json', { outputFile: '.harmony/tests.json' }]],
    testTimeout: timeout,
    hookTimeout: 300_000,
    // Half of what most packages take is loading the same modules again for each file. What a test
    // changes of its process (a variable, a mock) it puts back.
    isolate: false,
  },
});
