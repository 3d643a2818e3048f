/**
 * The rows that a kernel ends by itself, many at a time, are those that are ended one by one: on
 * the general path no batch is made, so the two must agree in every column, to the last bit.
 */
import { expect, test } from 'vitest';
import type { PathOptions } from '../../packages/engine/src/flow/plane-choice.ts';
import { ROW_BATCH } from '../../packages/engine/src/flow/row-batch.ts';
import { toCanonicalJson } from '../../packages/engine/src/index.ts';
import { runCell } from '../../packages/engine/src/run-cell.ts';
import type { Scenario, Service, Strategy } from '../../packages/engine/src/scenario/scenario.ts';
import { wasmKernel } from '../../packages/wasm/src/index.ts';
import fc from '../fixtures/fast-check.ts';
import { loadOf, SECOND, scenarioOf, serviceOf, vmPeak } from '../fixtures/scenario.ts';
import { vmGroup } from '../fixtures/vm-group.ts';

const createKernel = wasmKernel();
const WASM: PathOptions = createKernel === null ? {} : { createKernel };

/** What begins and ends within rows, crosses many of them, or is booked beyond 28 bits of µs. */
const times: fc.Arbitrary<Service['time']> = fc.oneof(
  fc.constant({ dist: 'exponential', mean: 60_000 } as const),
  fc.constant({ dist: 'exponential', mean: 3_000_000 } as const),
  fc.constant({ dist: 'empirical', samples: [1000, 400_000_000] } as const),
);

/** Two VMs, or three, that stand from start to end. */
const fleets: fc.Arbitrary<Strategy> = fc
  .integer({ min: 1, max: 3 })
  .map((count) => vmPeak({ name: 'vms', count }));

/** VMs that come, are drained and go: batches are cut by them. */
const groups: fc.Arbitrary<Strategy> = fc
  .record({
    deregistration: fc.constantFrom(0, 60),
    desired: fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }),
  })
  .map(({ deregistration, desired }) =>
    vmGroup({
      name: 'vms',
      min: 0,
      targetTracking: { metric: 'cpu', target: 50, margin: 0.1, scaleIn: true },
      alarms: { period: 10 * SECOND, inPoints: 4, evaluation: 20 * SECOND },
      launch: { bootstrap: { median: 10 * SECOND, sigma: 0 }, warmUp: 30 * SECOND },
      scaleIn: { deregistration: deregistration * SECOND },
      schedule: desired.map((wanted, i) => ({ at: (40 + 90 * i) * SECOND, desired: wanted })),
    }),
  );

function scenarios(strategies: fc.Arbitrary<Strategy>): fc.Arbitrary<Scenario> {
  return fc
    .record({
      strategy: strategies,
      time: times,
      counts: fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 400 })), {
        minLength: 1,
        maxLength: 8,
      }),
      width: fc.constantFrom(1, 5, 17),
      // Silence at the end, rows that the horizon cuts short, more rows than one batch holds.
      seconds: fc.constantFrom(0.4, 7, 30.25, 61, 300, 601.5),
      warmup: fc.constantFrom(0, 0, 3.5, 12),
      slots: fc.constantFrom(1, 2, 8, 12),
      limit: fc.constantFrom(0, 3, 1000),
      patience: fc.constantFrom(null, 0.2, 20),
      balancer: fc.constantFrom('random', 'round-robin', 'power-of-two', 'least-loaded'),
    })
    .map(({ strategy, counts, width, seconds, warmup, patience, ...service }) => {
      const { clock, ...rest } = scenarioOf({ seconds });
      return {
        ...rest,
        clock: { ...clock, warmup: Math.min(warmup, seconds / 2) * SECOND },
        load: [loadWith([...counts, 0], width, patience)],
        services: [serviceWith(service)],
        strategies: [strategy],
        baseline: 'vms',
      };
    });
}

function loadWith(counts: readonly number[], width: number, patience: number | null) {
  const drawn =
    patience === null
      ? {}
      : { patience: { dist: 'deterministic', mean: patience * SECOND } as const };
  return loadOf({
    trace: { file: 'trace.csv', binWidth: width * SECOND, counts },
    client: { timeout: 30 * SECOND, ...drawn },
  });
}

interface ServiceParts extends Pick<Service, 'time' | 'balancer'> {
  readonly slots: number;
  readonly limit: number;
}

function serviceWith({ time, balancer, slots, limit }: ServiceParts): Service {
  return serviceOf({
    time,
    balancer,
    cpuPerRequest: 1000,
    concurrency: slots,
    queue: { limit },
    // As much as a VM has for it: then it has as many slots as are asked for.
    workload: { ...serviceOf().workload, cpuLimit: 3700 },
  });
}

function run(scenario: Scenario, paths: PathOptions) {
  const told: number[] = [];
  const cell = runCell(scenario, 'vms', 0, (share) => told.push(share), paths);
  const { flows, ...result } = cell;
  return { flows, told, series: cell.series, json: toCanonicalJson(result) };
}

/** Checks that they agree; returns how many rows the kernel ended by itself at most. */
function longestBatches(strategies: fc.Arbitrary<Strategy>, numRuns: number): number {
  let longest = 0;
  fc.assert(
    fc.property(scenarios(strategies), (scenario) => {
      const single = run(scenario, { path: 'general' });
      for (const options of [{}, WASM]) {
        const batched = run(scenario, options);
        expect(batched.flows.map(({ path }) => path)).toEqual(['fast']);
        expect(batched.series).toEqual(single.series);
        expect(batched.json).toBe(single.json);
        expect(batched.told.at(-1)).toBe(1);
        expect(batched.told).toEqual([...batched.told].sort((a, b) => a - b));
        longest = Math.max(longest, batched.series.columns.offered.length - batched.told.length);
      }
    }),
    { numRuns },
  );
  return longest;
}

test('of a fleet, in both builds', () => {
  expect(longestBatches(fleets, 60)).toBeGreaterThan(ROW_BATCH);
});

test('of a group whose VMs come and go', () => {
  expect(longestBatches(groups, 120)).toBeGreaterThan(10);
});
