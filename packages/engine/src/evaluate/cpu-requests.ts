/** What the pods of each service should request of CPU, by what they used in the run. */
import type { CpuRecommendation } from '../outcome.ts';
import { recommendCpu } from '../scaling/cpu-recommendation.ts';
import type { Run } from '../simulate.ts';

export function cpuRequests({ ledger, model }: Run): Readonly<Record<string, CpuRecommendation>> {
  const recommended: Record<string, CpuRecommendation> = {};
  for (const { service } of model.services) {
    const usage = ledger.cpuUsage.get(service.name);
    const advice = usage === undefined ? null : recommendCpu(usage, service.workload.cpuRequest);
    if (advice !== null) recommended[service.name] = advice;
  }
  return recommended;
}
