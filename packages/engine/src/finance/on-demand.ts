/**
 * Pay as you go, by the second with a minimum of 60 s per lease: AWS EC2 Linux on-demand and the
 * other large clouds alike (aws.amazon.com/ec2/pricing, per-second billing since 2017).
 */
import { clipped, type Plan } from './plan.ts';

const SECOND = 1_000_000;
const MINIMUM = 60 * SECOND;

export const onDemand: Plan = (usages, until) => {
  let billed = 0;
  for (const usage of usages) {
    const { from, to, count } = clipped(usage, until);
    if (to <= from) continue;
    billed += count * Math.max(MINIMUM, Math.ceil((to - from) / SECOND) * SECOND);
  }
  return billed;
};
