/**
 * Reserved capacity is paid whether it runs or not: the highest number of machines that run at
 * once, for the whole time. Hence reservations do not suit machines that exist for a sale only.
 */
import { clipped, type Plan } from './plan.ts';

export const reserved: Plan = (usages, until) => until * mostAtOnce(usages);

function mostAtOnce(usages: Parameters<Plan>[0]): number {
  const changes: [time: number, change: number][] = [];
  for (const usage of usages) {
    const { from, to, count } = clipped(usage, Number.POSITIVE_INFINITY);
    if (to > from) changes.push([from, count], [to, -count]);
  }
  // At one instant the end of a lease comes first.
  changes.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  let running = 0;
  let most = 0;
  for (const [, change] of changes) {
    running += change;
    most = Math.max(most, running);
  }
  return most;
}
