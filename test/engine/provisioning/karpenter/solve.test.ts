/** Where the pods are meant to go: nodes, then open claims, then new claims. */
import { describe, expect, test } from 'vitest';
import {
  type SolvePod,
  solve,
  solveOrder,
} from '../../../../packages/engine/src/provisioning/karpenter/solve.ts';
import fc from '../../../fixtures/fast-check.ts';
import { LARGE, MEDIUM, offering, pod, pods, pool, room, SMALL } from './cloud.ts';

const typesOf = (claims: ReturnType<typeof solve>['claims']) =>
  claims.map(({ offerings }) => offerings.map(({ type }) => type));

describe('nodes first', () => {
  test('in their order, those on their way as well, before any claim', () => {
    const nodes = solveOrder([room(0, 1000, false), room(1, 1000), room(2, 1000)]);
    const { onNodes, claims } = solve(pods(4, 1000), nodes, [pool()]);
    expect([...onNodes]).toEqual([
      [0, 1],
      [1, 2],
      [2, 0],
    ]);
    expect(claims.map((claim) => claim.pods)).toEqual([[3]]);
  });

  test('a larger pod that finds no room leaves it to smaller ones', () => {
    const { onNodes } = solve([pod(0, 600), pod(1, 1500)], [room(0, 1000)], [pool()]);
    expect([...onNodes]).toEqual([[0, 0]]);
  });

  test('nodes that are left out take nothing', () => {
    const { onNodes, claims } = solve(pods(1, 100), [room(7, 1000)], [pool()], new Set([7]));
    expect(onNodes.size).toBe(0);
    expect(claims).toHaveLength(1);
  });
});

describe('claims', () => {
  test('keep every type that still holds their pods, and grow to the largest', () => {
    expect(typesOf(solve(pods(1, 1000), [], [pool()]).claims)).toEqual([
      ['small', 'medium', 'large'],
    ]);
    expect(typesOf(solve(pods(3, 1000), [], [pool()]).claims)).toEqual([['medium', 'large']]);
    const { claims } = solve(pods(9, 1000), [], [pool()]);
    expect(typesOf(claims)).toEqual([['large'], ['small', 'medium', 'large']]);
    expect(claims.map((claim) => claim.pods.length)).toEqual([8, 1]);
  });

  test('pods go by CPU, memory, time and id; the claim with the fewest pods is asked first', () => {
    const demands = [
      pod(0, 100, { since: 2 }),
      pod(1, 100, { since: 1 }),
      pod(2, 100, { since: 1, memory: 5 }),
      pod(3, 5000),
      pod(4, 5000),
    ];
    const { claims } = solve(demands, [], [pool()]);
    // 3 and 4 do not fit together. The small ones go in turn to the claim with fewer pods.
    expect(claims.map((claim) => claim.pods)).toEqual([
      [3, 2, 0],
      [4, 1],
    ]);
  });

  test('are of the pool with the highest weight that can hold the pod', () => {
    const pools = [pool(), pool({ name: 'first', weight: 10, offerings: [SMALL] })];
    const { claims } = solve([pod(0, 1000), pod(1, 3000)], [], pools);
    expect(claims.map((claim) => claim.pool)).toEqual(['default']);
    expect(solve([pod(0, 1000)], [], pools).claims[0].pool).toBe('first');
  });

  test('stop at the limit of nodes, and at pods that no type holds', () => {
    const { claims, unplaced } = solve(
      [...pods(3, 8000), pod(9, 8001)],
      [],
      [pool({ nodesLeft: 2 })],
    );
    expect(claims).toHaveLength(2);
    expect(unplaced).toEqual([9, 2]);
  });

  test('name 600 types at most, the cheapest', () => {
    const many = Array.from({ length: 700 }, (_, i) => offering(`type-${i}`, 1000, i));
    const { claims } = solve(pods(1, 1000), [], [pool({ offerings: many })]);
    expect(claims[0].offerings).toHaveLength(600);
    expect(claims[0].offerings.at(-1)?.type).toBe('type-599');
  });
});

test('every pod is in one place, and nothing is over-committed', () => {
  const demand = fc.record({
    cpu: fc.integer({ min: 0, max: 9000 }),
    memory: fc.integer({ min: 0, max: 100 }),
    since: fc.integer({ min: 0, max: 3 }),
  });
  fc.assert(
    fc.property(
      fc.array(demand, { maxLength: 30 }),
      fc.array(fc.integer({ min: 0, max: 8000 }), { maxLength: 5 }),
      (demands, free) => {
        const all: SolvePod[] = demands.map((one, id) => ({ id, ...one }));
        const nodes = free.map((cpu, id) => room(id, cpu));
        const { onNodes, claims, unplaced } = solve(all, nodes, [pool()]);
        const placed = [...onNodes.keys(), ...claims.flatMap((claim) => claim.pods), ...unplaced];
        expect(placed.sort((a, b) => a - b)).toEqual(all.map(({ id }) => id));
        const cpuOf = (ids: readonly number[]) => ids.reduce((sum, id) => sum + all[id].cpu, 0);
        for (const { id, free: left } of nodes) {
          const own = [...onNodes].filter(([, on]) => on === id).map(([one]) => one);
          expect(cpuOf(own)).toBeLessThanOrEqual(left.cpu);
        }
        for (const claim of claims) {
          const fits = [SMALL, MEDIUM, LARGE].filter(
            ({ allocatable }) => allocatable.cpu >= cpuOf(claim.pods),
          );
          expect(claim.offerings).toEqual(fits);
        }
        for (const id of unplaced) expect(all[id].cpu).toBeGreaterThan(8000);
      },
    ),
    { numRuns: 60 },
  );
});
