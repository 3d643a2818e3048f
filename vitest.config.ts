import { defineConfig } from 'vitest/config';

/** Where the JSON report goes (.ci/run counts it); unset = people read the terminal. */
const report = process.env.PEAKLESS_TEST_REPORT;

export default defineConfig({
  // Packages are imported from source, so that a test never sees a stale build.
  resolve: { conditions: ['development'] },
  // Without `import` and `module`: Node would apply them to require() as well.
  ssr: { resolve: { conditions: ['development', 'node'] } },
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    teardownTimeout: 10_000,
    reporters: report === undefined ? ['default'] : ['default', ['json', { outputFile: report }]],
  },
});
