/**
 * The registry of score plugins, with the weights of the default configuration. TaintToleration,
 * NodeAffinity and InterPodAffinity are left out: pods without taints and affinities score alike
 * on all nodes.
 *
 * @source kubernetes/kubernetes pkg/scheduler/apis/config/v1/default_plugins.go
 */
import { balancedAllocation } from './balanced-allocation.ts';
import { imageLocality } from './image-locality.ts';
import { leastAllocated } from './least-allocated.ts';
import { mostAllocated } from './most-allocated.ts';
import { podTopologySpread } from './pod-topology-spread.ts';
import type { ScorePlugin } from './score.ts';

/** `scheduling.score` → the strategy of NodeResourcesFit. */
export const FIT_SCORES = {
  LeastAllocated: leastAllocated,
  MostAllocated: mostAllocated,
} as const satisfies Record<string, ScorePlugin>;

export type FitScore = keyof typeof FIT_SCORES;

/** Those that every pod is scored by, besides the one above. */
export const SCORES = {
  NodeResourcesBalancedAllocation: balancedAllocation,
  ImageLocality: imageLocality,
  PodTopologySpread: podTopologySpread,
} as const satisfies Record<string, ScorePlugin>;

/** All of one scheduler. */
export function scorePlugins(fit: FitScore): readonly ScorePlugin[] {
  return [FIT_SCORES[fit], ...Object.values(SCORES)];
}
