/**
 * Streams do not know of one another: neighbouring seeds are independent, a seed is the same as a
 * number or as text, and what one service draws does not shift what another does. Strategies and
 * whole services: test/property/independence.test.ts.
 */
import { describe, expect, test } from 'vitest';
import { compile } from '../../../packages/engine/src/compile.ts';
import { createStream, nextUniform } from '../../../packages/engine/src/kernel/random.ts';
import { runCell } from '../../../packages/engine/src/run-cell.ts';
import type { Scenario } from '../../../packages/engine/src/scenario/scenario.ts';
import { loadOf, scenarioOf as scenario, serviceOf, vmPeak } from '../../fixtures/scenario.ts';
import { scenarioOf as parsed, SMALL } from '../scenario/scenarios.ts';

const CELLS = 16;

/** Pearson's χ² of pairs in [0, 1)² on a CELLS × CELLS grid, as a standard normal deviate. */
function deviate(pairs: readonly (readonly [number, number])[]): number {
  const seen = new Array<number>(CELLS * CELLS).fill(0);
  for (const [x, y] of pairs) {
    const cell = Math.floor(x * CELLS) * CELLS + Math.floor(y * CELLS);
    seen[cell] = (seen[cell] ?? 0) + 1;
  }
  const expected = pairs.length / seen.length;
  const chiSquare = seen.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  const freedom = seen.length - 1;
  // Wilson and Hilferty's cube root.
  const spread = 2 / (9 * freedom);
  return (Math.cbrt(chiSquare / freedom) - 1 + spread) / Math.sqrt(spread);
}

const first = (seed: string, replication = 0, path = 'service/app') =>
  nextUniform(createStream(seed, replication, path));

const count = (n: number) => Array.from({ length: n }, (_, i) => i);

describe('the first draws of neighbours are independent', () => {
  const N = 6000;
  const NEIGHBOURS: readonly (readonly [string, (i: number) => readonly [number, number]])[] = [
    ['seeds i and i + 1', (i) => [first(`${i}`), first(`${i + 1}`)]],
    ['seeds i and ii', (i) => [first(`${i}`), first(`${i}${i}`)]],
    ['seeds i and iii', (i) => [first(`${i}`), first(`${i}${i}${i}`)]],
    ['replications i and i + 1', (i) => [first('1', i), first('1', i + 1)]],
    ['paths', (i) => [first(`${i}`, 0, 'service/a'), first(`${i}`, 0, 'service/b')]],
    ['purposes', (i) => [first(`${i}`, 0, 'arrivals/a'), first(`${i}`, 0, 'service/a')]],
    ['seed and replication', (i) => [first('1', i), first(`${i}`, 1)]],
  ];

  test.each(NEIGHBOURS)('%s', (_, pair) => {
    // From 2 on: seed '1' in replication 1 is its own neighbour.
    expect(Math.abs(deviate(count(N).map((i) => pair(i + 2))))).toBeLessThan(4);
  });

  test('and the test sees it when they are not', () => {
    const equal = count(N).map((i) => [first(`${i}`), first(`${i}`)] as const);
    const opposite = count(N).map((i) => [first(`${i}`), 1 - first(`${i}`) - 1e-12] as const);
    expect(deviate(equal)).toBeGreaterThan(100);
    expect(deviate(opposite.map(([x, y]) => [x, Math.max(0, y)]))).toBeGreaterThan(100);
  });
});

test('consecutive draws of one stream are independent', () => {
  for (const seed of ['1', '11', '111']) {
    const stream = createStream(seed, 0, 'pairs');
    const pairs = count(100_000).map(() => [nextUniform(stream), nextUniform(stream)] as const);
    expect(Math.abs(deviate(pairs)), seed).toBeLessThan(4);
  }
});

describe('seeds of scenarios', () => {
  const seeded = (text: string) => parsed(`${SMALL}seed: ${text}\n`);
  const offered = async (text: string) => {
    const read = await seeded(text);
    return runCell({ ...read, clock: { ...read.clock, duration: 5e6 } }, 'vm-peak', 0).series
      .columns.offered;
  };

  test('an integer and its text are one seed', async () => {
    expect((await seeded('11')).seed).toBe('11');
    expect(await offered('11')).toEqual(await offered('"11"'));
  });

  test("'1', '11' and '111' are three, and so is 'ab' besides 'abab'", async () => {
    const runs = await Promise.all(['1', '11', '111', 'ab', 'abab'].map(offered));
    expect(new Set(runs.map((run) => Array.from(run).join())).size).toBe(5);
  });
});

describe('draws of one service', () => {
  const two = (changes: Partial<Scenario> = {}) =>
    scenario({
      load: [loadOf({ rate: 80, route: { app: 0.5, shop: 0.5 } })],
      services: [serviceOf(), serviceOf({ name: 'shop' })],
      strategies: [vmPeak({ count: 3 })],
      ...changes,
    });
  const appOf = (changed: Scenario) => {
    const { outcome } = runCell(changed, 'vm', 0);
    return outcome.services.app;
  };

  test('stay what they are when another service takes more draws per time', () => {
    const greedy = {
      dist: 'mixture',
      parts: [
        { weight: 1, dist: 'gamma', mean: 40_000, cv: 2 },
        { weight: 1, dist: 'hyperexponential', mean: 40_000, cv: 3 },
      ],
    } as const;
    const shop = serviceOf({ name: 'shop', time: greedy, balancer: 'random' });
    expect(appOf(two({ services: [serviceOf(), shop] }))).toEqual(appOf(two()));
    expect(appOf(two({ services: [shop, serviceOf()] }))).toEqual(appOf(two()));
  });

  test('its own arrivals do not shift when its times are drawn by another law', () => {
    const erlang = serviceOf({ time: { dist: 'erlang', mean: 50_000, k: 3 } });
    const changed = two({ services: [erlang, serviceOf({ name: 'shop' })] });
    const offered = (each: Scenario) => runCell(each, 'vm', 0).series.columns.offered;
    expect(offered(changed)).toEqual(offered(two()));
  });

  test('streams are named by seed, replication and path alone', () => {
    const alone = compile(two(), 'vm', 1);
    const among = compile(two({ strategies: [vmPeak({ name: 'a' }), vmPeak()] }), 'vm', 1);
    const draws = (model: typeof alone) => count(20).map(() => nextUniform(model.stream('x')));
    expect(draws(among)).toEqual(draws(alone));
    expect(nextUniform(alone.stream('x'))).toBe(nextUniform(createStream(two().seed, 1, 'x')));
  });
});
