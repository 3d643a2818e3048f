import { describe, expect, test } from 'vitest';
import { compareCells, runCell, setupTraps } from '../../packages/engine/src/index.ts';
import {
  InterruptedError,
  type Progress,
  runComparison,
  scenarioHash,
} from '../../packages/runner/src/index.ts';
import { smallScenario } from '../fixtures/small-scenario.ts';

describe('runComparison', () => {
  test('is what the engine says cell by cell, whatever the number of workers', async () => {
    const scenario = smallScenario();
    const cells = [0, 1, 2].flatMap((replication) =>
      scenario.strategies.map(({ name }) => runCell(scenario, name, replication)),
    );
    const warnings = [{ key: 'warning.not-simulated', params: { object: 'x', fields: 'y' } }];
    const one = await runComparison(scenario, warnings, { workers: 1, kernel: 'ts' });
    const { provenance } = one;
    // Traps of the setup are named with the warnings of the file.
    const told = [...warnings, ...setupTraps(scenario)];
    expect(told.length).toBeGreaterThan(1);
    expect(one).toEqual(compareCells({ scenario, warnings: told, cells, provenance }));
    expect(await runComparison(scenario, warnings, { workers: 2, kernel: 'ts' })).toEqual(one);
    expect(one).toMatchObject({ complete: true, warnings: told });
    expect(provenance.scenarioHash).toBe(scenarioHash(scenario));
  });

  test('interrupted, it is the comparison of as many replications', async () => {
    const scenario = smallScenario({ replications: 1000 });
    const controller = new AbortController();
    const partial = await runComparison(scenario, [], {
      // One thread: four cells done are the first four.
      workers: 1,
      signal: controller.signal,
      onProgress: ({ cellsDone }: Progress) => {
        if (cellsDone >= 4) controller.abort();
      },
    });
    const { replications } = partial.provenance;
    expect(partial.complete).toBe(false);
    expect(replications).toBeGreaterThan(0);
    expect(replications).toBeLessThan(1000);
    const shorter = await runComparison(smallScenario({ replications }), []);
    expect(partial.strategies).toEqual(shorter.strategies);
  });

  test('interrupted before the first replication, it says so', async () => {
    const run = runComparison(smallScenario(), [], { signal: AbortSignal.abort() });
    await expect(run).rejects.toBeInstanceOf(InterruptedError);
    await expect(run).rejects.toMatchObject({ code: 'E_INTERRUPTED' });
  });

  test('can be interrupted while its threads are still starting', async () => {
    const controller = new AbortController();
    const run = runComparison(smallScenario({ replications: 1000 }), [], {
      signal: controller.signal,
    });
    setTimeout(() => controller.abort(), 20);
    await expect(run).rejects.toBeInstanceOf(InterruptedError);
  });
});

describe('scenarioHash', () => {
  test('depends on what is said, not on the order of saying it', () => {
    const scenario = smallScenario();
    const reversed = Object.fromEntries(Object.entries(scenario).reverse());
    expect(scenarioHash(reversed as unknown as typeof scenario)).toBe(scenarioHash(scenario));
    expect(scenarioHash(smallScenario({ seed: '2' }))).not.toBe(scenarioHash(scenario));
    expect(scenarioHash(scenario)).toMatch(/^[0-9a-f]{64}$/);
  });
});
