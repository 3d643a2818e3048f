/** What every score plugin keeps to, and worked examples of each from its source. */
import { describe, expect, test } from 'vitest';
import {
  FIT_SCORES,
  SCORES,
  scorePlugins,
} from '../../packages/engine/src/cluster/scores/index.ts';
import type {
  ScoreContext,
  ScoredNode,
  ScoredPod,
  ScorePlugin,
} from '../../packages/engine/src/cluster/scores/score.ts';
import fc from '../fixtures/fast-check.ts';

const ALL: readonly (readonly [string, ScorePlugin])[] = Object.entries({
  ...FIT_SCORES,
  ...SCORES,
});
const MIB = 2 ** 20;

const nodeOf = (changes: Partial<ScoredNode> = {}): ScoredNode => ({
  allocatable: { cpu: 4000, memory: 10_000 },
  cpu: 4000,
  memory: 10_000,
  hasImage: false,
  siblings: 0,
  zoneSiblings: null,
  ...changes,
});
const CONTEXT: ScoreContext = { nodes: 2, nodesWithImage: 1, feasible: 2, zones: 1 };
const POD: ScoredPod = { cpu: 3000, memory: 5000, imageSize: 250 * MIB };

/** Final scores of one plugin, normalized where it does that. */
function scores(
  { score, normalize }: ScorePlugin,
  pod: ScoredPod,
  nodes: readonly ScoredNode[],
  context = CONTEXT,
): number[] {
  const raw = nodes.map((node) => score(pod, node, context));
  const [low, high] = [Math.min(...raw), Math.max(...raw)];
  return normalize === undefined ? raw : raw.map((value) => normalize(value, low, high));
}

/** A pod and nodes that it fits on. */
const fitting = fc
  .record({ cpu: fc.integer({ max: 1000, min: 0 }), memory: fc.integer({ max: 2000, min: 0 }) })
  .chain(({ cpu, memory }) => {
    const node = fc.record({
      cpu: fc.integer({ min: cpu, max: 4000 }),
      memory: fc.integer({ min: memory, max: 10_000 }),
      hasImage: fc.boolean(),
      siblings: fc.integer({ min: 0, max: 50 }),
      zoneSiblings: fc.option(fc.integer({ min: 0, max: 500 })),
    });
    const nodes = fc.array(node.map(nodeOf), { minLength: 2, maxLength: 8 });
    return fc.record({
      pod: fc.integer({ min: 0, max: 2000 * MIB }).map((imageSize) => ({ cpu, memory, imageSize })),
      nodes,
    });
  });

describe.each(ALL)('%s', (_name, plugin) => {
  test('gives whole scores from 0 to 100, whatever the order of the nodes', () => {
    fc.assert(
      fc.property(fitting, ({ pod, nodes }) => {
        const context = {
          nodes: nodes.length,
          nodesWithImage: nodes.filter(({ hasImage }) => hasImage).length,
          feasible: nodes.length,
          zones: 3,
        };
        const given = scores(plugin, pod, nodes, context);
        for (const score of given) {
          expect(Number.isInteger(score)).toBe(true);
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(100);
        }
        const reversed = scores(plugin, pod, [...nodes].reverse(), context);
        expect(reversed.reverse()).toEqual(given);
      }),
      { numRuns: 60 },
    );
  });

  test('scores equal nodes alike, and has a weight', () => {
    const [first, second] = scores(plugin, POD, [nodeOf(), nodeOf()]);
    expect(first).toBe(second);
    expect(plugin.weight).toBeGreaterThan(0);
  });
});

test('a scheduler has one fit plugin and all others', () => {
  expect(scorePlugins('MostAllocated')).toEqual([
    FIT_SCORES.MostAllocated,
    ...Object.values(SCORES),
  ]);
});

describe('worked examples', () => {
  const sizes = [nodeOf(), nodeOf({ allocatable: { cpu: 6000, memory: 10_000 }, cpu: 6000 })];

  test('LeastAllocated: (25 + 50) ÷ 2 and (50 + 50) ÷ 2', () => {
    expect(scores(FIT_SCORES.LeastAllocated, POD, sizes)).toEqual([37, 50]);
  });

  test('MostAllocated: (75 + 50) ÷ 2 and (50 + 50) ÷ 2', () => {
    expect(scores(FIT_SCORES.MostAllocated, POD, sizes)).toEqual([62, 50]);
  });

  test('BalancedAllocation: shares of 0.75 and 0.5 deviate by 0.125', () => {
    expect(scores(SCORES.NodeResourcesBalancedAllocation, POD, sizes)).toEqual([87, 100]);
  });

  test('ImageLocality: 250 MiB on one of two nodes count 125 of 23 to 1000 MiB', () => {
    const nodes = [nodeOf(), nodeOf({ hasImage: true })];
    expect(scores(SCORES.ImageLocality, POD, nodes)).toEqual([0, 10]);
    const small = { ...POD, imageSize: 40 * MIB };
    expect(scores(SCORES.ImageLocality, small, nodes)).toEqual([0, 0]);
    const everywhere = { ...CONTEXT, nodesWithImage: 2 };
    const big = { ...POD, imageSize: 3000 * MIB };
    expect(scores(SCORES.ImageLocality, big, nodes, everywhere)).toEqual([0, 100]);
  });

  test('PodTopologySpread by node: 2 + n · ln 4, turned round', () => {
    // 2, 2 + 1.386 → 3, 2 + 4.159 → 6: 100 · (6 + 2 − s) ÷ 6.
    const nodes = [0, 1, 3].map((siblings) => nodeOf({ siblings }));
    expect(scores(SCORES.PodTopologySpread, POD, nodes)).toEqual([100, 83, 33]);
  });

  test('PodTopologySpread by zone: the zone with more pods of the owner is left alone', () => {
    const [crowded, empty] = [9, 0].map((zoneSiblings) => nodeOf({ zoneSiblings }));
    const context = { ...CONTEXT, zones: 2 };
    // 2 + 4 + 9 · ln 4 = 18.5 → 18 and 6: 100 · (24 − s) ÷ 18.
    expect(scores(SCORES.PodTopologySpread, POD, [crowded, empty], context)).toEqual([33, 100]);
  });
});
