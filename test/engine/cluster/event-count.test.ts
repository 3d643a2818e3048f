/** How much the control plane does for a sale, counted: the clock of a machine has no say in it. */
import { expect, test, vi } from 'vitest';
import { runCell } from '../../../packages/engine/src/index.ts';
import { Calendar } from '../../../packages/engine/src/kernel/calendar.ts';
import { bigCluster } from '../../bench/big-cluster.mjs';

test('a pod costs a bounded number of events, however many wait with it', () => {
  const spy = vi.spyOn(Calendar.prototype, 'next');
  runCell(bigCluster(0.02), 'big-cluster', 0);
  const counts = new Map<string, number>();
  for (const { value } of spy.mock.results) {
    if (typeof value !== 'object') continue;
    const kind = value.stage === 'created' ? 'created' : value.kind;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  spy.mockRestore();
  const of = (kind: string) => counts.get(kind) ?? 0;
  const pods = of('created');
  expect(pods).toBeGreaterThan(80);
  // Its life has 5 stages up and 5 down; its image comes to all pods of a node at once.
  expect(of('pod')).toBeLessThanOrEqual(8 * pods);
  expect(of('pulled')).toBeLessThanOrEqual(0.3 * pods);
  // Cycles, bound or in vain, are done many at a time.
  expect(of('cycle')).toBeLessThanOrEqual(2.5 * pods);
  // A turn begins and ends, once in 10 s, and somewhat more often while pods are pending.
  expect(of('scan')).toBeLessThanOrEqual((2.5 * 1200) / 10);
});
