/**
 * How many pods are scraped: few of many, enough for the mean of a population with variance 100 to
 * be within 5 at a confidence of 95 %.
 *
 * @source knative/serving, pkg/autoscaler/metrics/sample_size.go, August 2026.
 */
const ENOUGH = (1.96 * 1.96 * 100) / (5 * 5);

export function sampleSize(pods: number): number {
  if (pods <= 3) return Math.max(0, pods);
  return Math.ceil((pods * ENOUGH) / (pods + ENOUGH - 1));
}
