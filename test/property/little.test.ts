/** Identities on the sample path: exact for any run that starts and ends empty. */
import { expect, test } from 'vitest';
import { BALANCERS, type BalancerName } from '../../packages/engine/src/flow/balancers/index.ts';
import { SERVED } from '../../packages/engine/src/flow/columns.ts';
import { busyTime } from '../../packages/engine/src/flow/pods.ts';
import { createStream, indexBelow, nextInt32 } from '../../packages/engine/src/kernel/random.ts';
import type { ListedRequest } from '../fixtures/plane.ts';
import { walk } from './sample-path.ts';

function requestsOf(seed: string): ListedRequest[] {
  const s = createStream(seed, 0, 'little');
  let time = 0;
  return Array.from({ length: 2000 }, () => {
    time += 1 + indexBelow(nextInt32(s), 40);
    const service = 1 + indexBelow(nextInt32(s), 110);
    return { time, service, source: 0, draw1: nextInt32(s), draw2: nextInt32(s) };
  });
}

test.each(Object.keys(BALANCERS) as BalancerName[])(
  'Little’s law with %s: the area under the number in the system is the sum of the latencies',
  (balancer) => {
    for (let seed = 0; seed < 10; seed++) {
      const requests = requestsOf(`${balancer}/${seed}`);
      const { latencies, area, plane, end } = walk(requests, { pods: 3, slots: 1, balancer });
      const sum = latencies.reduce((total, latency) => total + latency, 0);
      expect(area).toBe(sum);
      expect(plane.window.totals[1]).toBe(sum);
      // L = λ·W with the time averages of this very path.
      const L = area / end;
      const lambda = plane.counts[SERVED] / end;
      expect(L).toBeCloseTo(lambda * (sum / requests.length), 9);
      expect(L).toBeGreaterThan(3); // it does queue
    }
  },
);

test('work is conserved: busy time is the work of the requests that were let in', () => {
  for (let seed = 0; seed < 20; seed++) {
    const requests = requestsOf(`work/${seed}`);
    const { plane, end, latencies } = walk(requests, { pods: 2, slots: 1, queueLimit: 3 });
    const accepted = requests.filter((_, i) => !Number.isNaN(latencies[i]));
    expect(accepted.length).toBeLessThan(requests.length);
    const work = accepted.reduce((sum, { service }) => sum + service, 0);
    expect(busyTime(plane, 0, end) + busyTime(plane, 1, end)).toBe(work);
  }
});
