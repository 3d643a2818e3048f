/**
 * NodeResourcesBalancedAllocation: prefers nodes whose CPU and memory are requested to the same
 * share with the pod: (1 − standard deviation of the two shares) · 100.
 *
 * @source kubernetes/kubernetes pkg/scheduler/framework/plugins/noderesources/
 * balanced_allocation.go
 */
import { MAX_SCORE, type ScorePlugin } from './score.ts';

export const balancedAllocation: ScorePlugin = {
  weight: 1,
  score: (pod, { allocatable, cpu, memory }) => {
    const cpuShare = share(allocatable.cpu - cpu + pod.cpu, allocatable.cpu);
    const memoryShare = share(allocatable.memory - memory + pod.memory, allocatable.memory);
    // Of two values: half their distance.
    return Math.floor((1 - Math.abs(cpuShare - memoryShare) / 2) * MAX_SCORE);
  },
};

function share(requested: number, allocatable: number): number {
  return allocatable === 0 ? 1 : Math.min(1, requested / allocatable);
}
