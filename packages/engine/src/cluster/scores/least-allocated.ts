/**
 * NodeResourcesFit, LeastAllocated: the share of CPU and memory that is left with the pod, at equal
 * weight. Spreads pods over nodes, and so keeps them half empty.
 *
 * @source kubernetes/kubernetes pkg/scheduler/framework/plugins/noderesources/least_allocated.go
 */
import { MAX_SCORE, type ScorePlugin } from './score.ts';

export const leastAllocated: ScorePlugin = {
  weight: 1,
  score: (pod, { allocatable, cpu, memory }) =>
    Math.floor(
      (left(cpu - pod.cpu, allocatable.cpu) + left(memory - pod.memory, allocatable.memory)) / 2,
    ),
};

/** Whole percent, as the scheduler computes with integers. */
function left(free: number, allocatable: number): number {
  return allocatable === 0 ? 0 : Math.floor((free * MAX_SCORE) / allocatable);
}
