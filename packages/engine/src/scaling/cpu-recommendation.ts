/**
 * What a service's pods should request, as the recommender of the Vertical Pod Autoscaler would
 * advise from the samples of a run: the 90th percentile and a margin, between bounds that a short
 * history makes wide. Advice alone: the run does not follow it.
 *
 * @source kubernetes/autoscaler vertical-pod-autoscaler/pkg/recommender/logic/{recommender,
 *   estimator}.go
 */
import { pow } from '../kernel/elementary.ts';
import { type CpuUsage, usageQuantile } from '../ledger/cpu-usage.ts';
import type { CpuRecommendation } from '../outcome.ts';

const MARGIN = 0.15;
/** Millicores. */
const LEAST = 25;
const DAY = 86_400_000_000;
const SAMPLES_PER_DAY = 1440;

/** null = nothing was sampled. */
export function recommendCpu(usage: CpuUsage, request: number | null): CpuRecommendation | null {
  if (usage.samples === 0) return null;
  const millicores = (share: number, factor: number) =>
    Math.max(LEAST, Math.round(usageQuantile(usage, share) * 1000 * (1 + MARGIN) * factor));
  const confidence = Math.min((usage.last - usage.first) / DAY, usage.samples / SAMPLES_PER_DAY);
  return {
    request,
    target: millicores(0.9, 1),
    lower: millicores(0.5, confidence === 0 ? 0 : pow(1 + 0.001 / confidence, -2)),
    upper: confidence === 0 ? null : millicores(0.95, 1 + 1 / confidence),
    samples: usage.samples,
  };
}
