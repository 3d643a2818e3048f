/**
 * `ca-vectors/1`: what the Cluster Autoscaler's own tests expect of its estimator and its back-off,
 * against what these do. Everything is compared exactly. A sequence is judged up to its first
 * operation that differs: later ones build on it.
 */
import { MICROSECONDS_PER_SECOND } from '../kernel/units.ts';
import { estimateNodes } from '../provisioning/binpacking.ts';
import {
  type GroupBackoff,
  isBackedOff,
  withFailure,
  withoutStale,
} from '../provisioning/group-backoff.ts';
import { type BackoffVector, type BinpackVector, CA_SECTIONS } from './ca-schema.ts';
import type { VectorDifference, VectorFormat } from './vector-format.ts';
import {
  differenceOf,
  NO_STEP,
  sectionFaults,
  stepPlace,
  vectorId,
  vectorsOf,
} from './vector-sections.ts';

export const CA_VECTORS: VectorFormat = {
  check: (document) => sectionFaults(document, CA_SECTIONS),
  *run(document) {
    for (const [i, vector] of vectorsOf<BinpackVector>(document, 'binpack').entries()) {
      yield { id: vectorId('binpack', i, vector.name), differences: packed(vector) };
    }
    for (const [i, vector] of vectorsOf<BackoffVector>(document, 'backoff').entries()) {
      yield { id: vectorId('backoff', i, vector.name), differences: backedOff(vector) };
    }
  },
};

function packed({ node, groups, maxNodes, want }: BinpackVector): readonly VectorDifference[] {
  const template = { cpu: node.cpuMilli, memory: node.memBytes, pods: node.maxPods };
  const { nodes, podsOfGroup } = estimateNodes(
    template,
    groups.map(({ pod, count }) => ({
      cpu: pod.cpuMilli,
      memory: pod.memBytes,
      onePerNode: pod.onePerNode === true,
      count,
    })),
    maxNodes === 0 ? Number.POSITIVE_INFINITY : maxNodes,
  );
  const pods = podsOfGroup.reduce((sum, count) => sum + count, 0);
  return [
    ...differenceOf(NO_STEP, 'nodes', want.nodes, nodes),
    ...differenceOf(NO_STEP, 'pods', want.pods, pods),
    ...(want.podsOfGroup === undefined
      ? []
      : differenceOf(NO_STEP, 'podsOfGroup', want.podsOfGroup, podsOfGroup, sameList)),
  ];
}

function sameList(expected: unknown, seen: unknown): boolean {
  return JSON.stringify(expected) === JSON.stringify(seen);
}

function backedOff({ config, ops }: BackoffVector): readonly VectorDifference[] {
  const times = {
    initial: micros(config.initialSec),
    max: micros(config.maxSec),
    reset: micros(config.resetSec),
  };
  let state: GroupBackoff = new Map();
  for (const [i, op] of ops.entries()) {
    const now = micros(op.t);
    const place = stepPlace(i, op.t);
    if ('fail' in op) {
      state = withFailure(state, times, op.group, now);
      continue;
    }
    if ('dropStale' in op) state = withoutStale(state, times, now);
    const found =
      'dropStale' in op
        ? differenceOf(place, 'entries', op.entries, state.size)
        : differenceOf(place, 'backedOff', op.backedOff, isBackedOff(state, op.group, now));
    if (found.length > 0) return found;
  }
  return [];
}

function micros(seconds: number): number {
  return Math.round(seconds * MICROSECONDS_PER_SECOND);
}
