/**
 * The rows that a kernel ends by itself, many at a time, are those that are ended one by one: on
 * the general path no batch is made, so the two must agree in every column, to the last bit.
 */
import { expect, test } from 'vitest';
import type { PathOptions } from '../../packages/engine/src/flow/plane-choice.ts';
import { ROW_BATCH } from '../../packages/engine/src/flow/row-batch.ts';
import { toCanonicalJson } from '../../packages/engine/src/index.ts';
import { runCell } from '../../packages/engine/src/run-cell.ts';
import type { Scenario } from '../../packages/engine/src/scenario/scenario.ts';
import { wasmKernel } from '../../packages/wasm/src/index.ts';
import fc from '../fixtures/fast-check.ts';
import { loadOf, SECOND, scenarioOf, serviceOf, vmPeak } from '../fixtures/scenario.ts';

const createKernel = wasmKernel();
const WASM: PathOptions = createKernel === null ? {} : { createKernel };

const fleets: fc.Arbitrary<Scenario> = fc
  .record({
    rates: fc.array(fc.integer({ min: 0, max: 90 }), { minLength: 1, maxLength: 6 }),
    // Silence at the end, rows that are cut short by the horizon, more rows than one batch holds.
    seconds: fc.constantFrom(0.4, 7, 30.25, 61, 300, 601.5),
    warmup: fc.constantFrom(0, 0, 3.5, 12),
    slots: fc.constantFrom(1, 2, 8, 12),
    vms: fc.integer({ min: 1, max: 3 }),
    limit: fc.constantFrom(0, 3, 1000),
    patience: fc.constantFrom(null, 0.2),
    balancer: fc.constantFrom('random', 'round-robin', 'power-of-two', 'least-loaded'),
  })
  .map(({ rates, seconds, warmup, slots, vms, limit, patience, balancer }) => {
    const { clock, ...rest } = scenarioOf({ seconds });
    const time = { dist: 'exponential', mean: 60_000 } as const;
    const counts = rates.map((rate) => rate * 5);
    const drawn = { dist: 'deterministic', mean: 0.2 * SECOND } as const;
    return {
      ...rest,
      clock: { ...clock, warmup: Math.min(warmup, seconds / 2) * SECOND },
      load: [
        loadOf({
          trace: { file: 'trace.csv', binWidth: 5 * SECOND, counts: [...counts, 0] },
          client: { timeout: 2 * SECOND, ...(patience !== null && { patience: drawn }) },
        }),
      ],
      services: [
        serviceOf({ time, cpuPerRequest: 1000, concurrency: slots, balancer, queue: { limit } }),
      ],
      strategies: [vmPeak({ count: vms })],
    };
  });

function run(scenario: Scenario, paths: PathOptions) {
  const told: number[] = [];
  const cell = runCell(scenario, 'vm', 0, (share) => told.push(share), paths);
  const { flows, ...result } = cell;
  return { flows, told, series: cell.series, json: toCanonicalJson(result) };
}

test('rows in batches and one by one agree to the last bit, in both builds', () => {
  let longest = 0;
  const paths = new Set<string>();
  fc.assert(
    fc.property(fleets, (scenario) => {
      const single = run(scenario, { path: 'general' });
      for (const options of [{}, WASM]) {
        const batched = run(scenario, options);
        expect(batched.series).toEqual(single.series);
        expect(batched.json).toBe(single.json);
        expect(batched.told.at(-1)).toBe(1);
        expect(batched.told).toEqual([...batched.told].sort((a, b) => a - b));
        longest = Math.max(longest, batched.series.columns.offered.length - batched.told.length);
        for (const { path } of batched.flows) paths.add(path);
      }
    }),
    { numRuns: 60 },
  );
  // Or the test has seen no batch.
  expect([...paths]).toEqual(['fast']);
  expect(longest).toBeGreaterThan(ROW_BATCH);
});
