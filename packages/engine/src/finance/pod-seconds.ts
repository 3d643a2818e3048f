/**
 * Serverless pods: each by the second, rounded up, from when its image is asked for until it is
 * gone, at least the provider's minimum. Its price per hour follows from what it requests.
 *
 * Not modelled: the sizes to which providers round requests up.
 *
 * @source aws.amazon.com/fargate/pricing; help.aliyun.com, Elastic Container Instance billing.
 */
import { clipped, type Plan } from './plan.ts';
import type { PodPrices } from './price-book.ts';

const SECOND = 1_000_000;
const GIBIBYTE = 2 ** 30;

/** `minimum`: µs. */
export function podSeconds(minimum: number): Plan {
  return (usages, until) => {
    let billed = 0;
    for (const usage of usages) {
      const { from, to, count } = clipped(usage, until);
      if (to <= from) continue;
      billed += count * Math.max(minimum, Math.ceil((to - from) / SECOND) * SECOND);
    }
    return billed;
  };
}

/** Micro-units per hour of a pod that requests so much: millicores and bytes. */
export function podPerHour(
  { cpuPerHour, memoryPerHour }: PodPrices,
  { cpu, memory }: { readonly cpu: number; readonly memory: number },
): number {
  return (cpu / 1000) * cpuPerHour + (memory / GIBIBYTE) * memoryPerHour;
}
