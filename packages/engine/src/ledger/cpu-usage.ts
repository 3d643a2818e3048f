/**
 * What pods of a service used of CPU, sample by sample, as a histogram whose old samples count
 * less: each bucket is 5 % wider than the one before, and a sample weighs half as much as one that
 * is a day younger. A sample weighs what its pod requests, at least a tenth of a core.
 *
 * @source kubernetes/autoscaler vertical-pod-autoscaler/pkg/recommender: model/
 *   aggregations_config.go, model/aggregate_container_state.go, util/{decaying_,}histogram.go,
 *   util/histogram_options.go
 */
import { exp, log } from '../kernel/elementary.ts';

const FIRST_BUCKET = 0.001;
const GROWTH = 1.05;
const LARGEST = 1000;
const LEAST_WEIGHT = 0.1;
const HALF_LIFE = 86_400_000_000;

const LOG_2 = log(2);
const LOG_GROWTH = log(GROWTH);

/** Start of bucket i: first · (growth^i − 1) ÷ (growth − 1), cores. */
export function bucketStart(bucket: number): number {
  return (FIRST_BUCKET * (exp(bucket * LOG_GROWTH) - 1)) / (GROWTH - 1);
}

function bucketOf(cores: number): number {
  if (cores < FIRST_BUCKET) return 0;
  const bucket = Math.floor(log((cores * (GROWTH - 1)) / FIRST_BUCKET + 1) / LOG_GROWTH);
  return Math.min(bucket, BUCKETS - 1);
}

export const BUCKETS = Math.ceil(log((LARGEST * (GROWTH - 1)) / FIRST_BUCKET + 1) / LOG_GROWTH) + 1;

export interface CpuUsage {
  /** @shape Float64Array[BUCKETS], cores · relative age. */
  readonly weights: Float64Array;
  samples: number;
  /** µs */
  first: number;
  last: number;
}

export function cpuUsage(): CpuUsage {
  return { weights: new Float64Array(BUCKETS), samples: 0, first: 0, last: 0 };
}

/** @param request cores that the pod requests; 0 = none. */
export function addUsage(usage: CpuUsage, time: number, cores: number, request: number): void {
  const age = exp((LOG_2 * time) / HALF_LIFE);
  usage.weights[bucketOf(cores)] += Math.max(LEAST_WEIGHT, request) * age;
  if (usage.samples === 0 || time < usage.first) usage.first = time;
  if (usage.samples === 0 || time > usage.last) usage.last = time;
  usage.samples += 1;
}

/** The end of the bucket in which the share of the weight lies, cores; 0 = no samples. */
export function usageQuantile({ weights, samples }: CpuUsage, share: number): number {
  if (samples === 0) return 0;
  let total = 0;
  let last = 0;
  for (let bucket = 0; bucket < weights.length; bucket++) {
    total += weights[bucket];
    if (weights[bucket] > 0) last = bucket;
  }
  let sum = 0;
  let bucket = 0;
  for (; bucket < last; bucket++) {
    sum += weights[bucket];
    if (sum >= share * total) break;
  }
  return bucketStart(Math.min(bucket + 1, weights.length - 1));
}
