/**
 * The tests that a mutant of the HPA has to survive: those of the pure decision, which take a few
 * seconds together. Without the simulation: `pnpm mutation` runs them a thousand times.
 */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('../../', import.meta.url)),
  resolve: { conditions: ['development'] },
  ssr: { resolve: { conditions: ['development', 'node'] } },
  test: {
    include: ['test/engine/scaling/hpa*.test.ts'],
    // Random inputs would make the score a matter of luck.
    exclude: ['test/engine/scaling/hpa-properties.test.ts'],
    testTimeout: 60_000,
  },
});
