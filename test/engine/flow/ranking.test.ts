import { expect, test } from 'vitest';
import type { Plane } from '../../../packages/engine/src/flow/columns.ts';
import { advance, loseWork } from '../../../packages/engine/src/flow/general-path.ts';
import { admitPod, withdrawPod } from '../../../packages/engine/src/flow/pods.ts';
import { createStream, indexBelow, nextInt32 } from '../../../packages/engine/src/kernel/random.ts';
import { FOREVER, type ListedRequest, listedArrivals, planeOf } from '../../fixtures/plane.ts';

/** Order, positions and block edges, against the ready pods counted anew. */
function expectRanked({ pods }: Plane): void {
  const { ranking, readyCount } = pods;
  if (ranking === null) throw new Error('not ranked');
  const count = (pod: number) => pods.busy[pod] + pods.queueLength[pod];
  const ready = Array.from(pods.ready.subarray(0, readyCount));
  const order = Array.from(ranking.order.subarray(0, readyCount));
  expect([...order].sort((a, b) => a - b)).toEqual([...ready].sort((a, b) => a - b));
  const counts = order.map(count);
  expect(counts).toEqual([...counts].sort((a, b) => a - b));
  order.forEach((pod, at) => void expect(ranking.position[pod]).toBe(at));
  for (let pod = 0; pod < pods.capacity; pod++) {
    if (!ready.includes(pod)) expect(ranking.position[pod], `pod ${pod}`).toBe(-1);
  }
  expect(Array.from(ranking.blockStart)).toEqual(
    Array.from(ranking.blockStart, (_, n) => counts.filter((c) => c < n).length),
  );
}

test('the ranking is right whatever pods come, go or crash, however long their queues', () => {
  for (let seed = 0; seed < 20; seed++) {
    const s = createStream(String(seed), 0, 'ranking');
    // Work without end for pods that do not change: queues longer than the first table of blocks.
    const heavy = seed % 5 === 4;
    const below = (n: number) => indexBelow(nextInt32(s), n);
    let time = 0;
    const requests: ListedRequest[] = Array.from({ length: 3000 }, () => {
      time += below(4);
      const service = 1 + below(heavy ? 9000 : 40);
      return { time, service, source: 0, draw1: nextInt32(s), draw2: nextInt32(s) };
    });
    const shape = { pods: 3, slots: 2, timeouts: [FOREVER], balancer: 'least-loaded' as const };
    const plane = planeOf(shape, listedArrivals(requests));
    let next = 3;
    let longest = 0;
    for (let at = 0; at <= time; at += 15) {
      advance(plane, at);
      const kind = below(heavy ? 120 : 12);
      const pod = below(next);
      if (kind < 2) admitPod(plane, next++);
      else if (kind < 4) withdrawPod(plane, pod);
      else if (kind === 4) loseWork(plane, pod, at);
      expectRanked(plane);
      longest = Math.max(longest, ...plane.pods.queueLength);
    }
    if (heavy) expect(longest).toBeGreaterThan(64);
  }
});
