/**
 * What was observed of the HPA in the first 35 of 60 probes, one every half minute: requests
 * completed, pods at the end, mean latency in milliseconds.
 *
 * @source github.com/jthomperoo/custom-pod-autoscaler-experiments at f065bee72391,
 * predictive-horizontal-pod-autoscaler/short/results/predictive_vs_horizontal_table.md, Copyright
 * The Custom Pod Autoscaler Authors, Apache License 2.0; the columns of the HPA, rearranged.
 */
export const OBSERVED_REQUESTS = [
  58, 69, 99, 100, 115, 254, 113, 116, 106, 88, 87, 105, 109, 113, 109, 217, 114, 117, 111, 101, 95,
  107, 111, 113, 109, 120, 106, 113, 112, 92, 100, 115, 113, 105, 103,
] as const;

export const OBSERVED_REPLICAS = [
  1, 3, 3, 6, 6, 6, 12, 12, 2, 2, 2, 5, 5, 5, 5, 5, 10, 12, 6, 3, 3, 5, 5, 7, 4, 3, 6, 12, 4, 3, 6,
  6, 5, 4, 8,
] as const;

export const OBSERVED_LATENCY = [
  1071.1, 861.4, 418.9, 461.5, 336.1, 5556.8, 334.9, 310.0, 326.2, 521.0, 577.8, 413.2, 384.0,
  335.4, 373.2, 6201.2, 318.6, 295.9, 330.8, 390.0, 515.8, 380.5, 308.1, 339.7, 339.6, 10608.4,
  382.2, 299.1, 321.1, 483.3, 423.7, 318.3, 330.3, 379.1, 420.2,
] as const;
