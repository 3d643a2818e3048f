/** When a node comes, by its draws and its luck. */
import { expect, test } from 'vitest';
import { launchTimes, slowed } from '../../../packages/engine/src/cluster/launch-times.ts';
import type { NodesSpec } from '../../../packages/engine/src/scenario/schema.ts';
import { karpenterNodes, kubernetes, SECOND } from '../../fixtures/scenario.ts';

const draws = { request: 0, join: 0, stop: 0 };
const luck = (slow: number) => ({ join: 0.5, slow, slowStop: 0.5, notice: 1, death: 1 });
const SLOW = { noJoin: 0, stockOut: 0, deathsPerHour: 0, slow: { share: 0.1, factor: 2.5 } };

function nodesOf(changes: Partial<NodesSpec>): NodesSpec {
  const delays = {
    request: { median: 10 * SECOND, sigma: 0.1 },
    join: { median: 31 * SECOND, sigma: 0.1 },
  };
  return kubernetes({ nodes: { ...delays, ...changes } }).nodes;
}

test('a node runs, then joins', () => {
  const times = launchTimes(nodesOf({}), { draws, luck: luck(0) }, 5 * SECOND);
  expect(times).toEqual({ running: 15 * SECOND, usable: 46 * SECOND });
});

test('a share of them takes several times as long, in whole microseconds', () => {
  const nodes = nodesOf({ failures: SLOW });
  const slow = launchTimes(nodes, { draws, luck: luck(0.0999) }, 0);
  expect(slow).toEqual({ running: 25 * SECOND, usable: 102.5 * SECOND });
  const usual = launchTimes(nodes, { draws, luck: luck(0.1) }, 0);
  expect(usual).toEqual({ running: 10 * SECOND, usable: 41 * SECOND });
  const odd = { request: 0.123, join: -0.456, stop: 0 };
  const { running, usable } = launchTimes(nodes, { draws: odd, luck: luck(0) }, 0);
  expect([running, usable].map(Number.isInteger)).toEqual([true, true]);
});

test('so do those of Karpenter', () => {
  const nodes = nodesOf({ ...karpenterNodes(), failures: SLOW });
  const { running, usable } = launchTimes(nodes, { draws, luck: luck(0) }, 0);
  expect({ running, usable }).toEqual({ running: 25 * SECOND, usable: 100 * SECOND });
});

test('without slow nodes a delay is what it was', () => {
  const delay = { median: 7, sigma: 0.2 };
  expect(slowed(delay, undefined, 0)).toBe(delay);
});
