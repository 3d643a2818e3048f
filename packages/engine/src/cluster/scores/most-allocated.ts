/**
 * NodeResourcesFit, MostAllocated: the share of CPU and memory that is requested with the pod, at
 * equal weight. Fills one node after another.
 *
 * @source kubernetes/kubernetes pkg/scheduler/framework/plugins/noderesources/most_allocated.go
 */
import { MAX_SCORE, type ScorePlugin } from './score.ts';

export const mostAllocated: ScorePlugin = {
  weight: 1,
  score: (pod, { allocatable, cpu, memory }) =>
    Math.floor(
      (taken(cpu - pod.cpu, allocatable.cpu) + taken(memory - pod.memory, allocatable.memory)) / 2,
    ),
};

function taken(free: number, allocatable: number): number {
  return allocatable === 0 ? 0 : Math.floor(((allocatable - free) * MAX_SCORE) / allocatable);
}
