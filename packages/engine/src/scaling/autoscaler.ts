/**
 * What every autoscaler is: a pure function of an observation and of its own memory. What it saw
 * and why it decided is returned, not logged.
 */

import type { Grounds, MetricGrounds } from '../ledger/decision-runs.ts';
import type { Message } from '../outcome.ts';
import type { HpaPods, HpaReading, HpaSamples } from './hpa-observation.ts';

export interface ScalingObservation {
  /** µs */
  readonly now: number;
  /** spec.replicas: wanted so far. */
  readonly wanted: number;
  /** status.replicas: pods that exist. */
  readonly existing: number;
  /** minReplicas that a pre-scale schedule asks for now; 0 = none. */
  readonly floor: number;
  /** All pods of the selector, those on their way out included. */
  readonly pods: HpaPods;
  /** Their newest CPU readings, millicores. */
  readonly cpu: HpaSamples;
  /**
   * One per metric of the HPA: what is not the CPU, and when it was measured; null = the CPU.
   * Empty = all are.
   */
  readonly custom: readonly ({
    readonly reading: HpaReading;
    readonly sampled: MetricGrounds['sampled'];
  } | null)[];
}

export interface ScalingDecision<Memory> {
  readonly desired: number;
  readonly reason: Message;
  /** What it rests on; null = nothing was measured. */
  readonly grounds: Grounds | null;
  readonly memory: Memory;
}

export interface Autoscaler<Memory> {
  /** Memory before the first decision. */
  readonly initial: Memory;
  readonly decide: (observation: ScalingObservation, memory: Memory) => ScalingDecision<Memory>;
}

/** A policy together with what it remembers. */
export type ScalingLoop = (observation: ScalingObservation) => {
  readonly desired: number;
  readonly reason: Message;
  readonly grounds: Grounds | null;
};

export function remembering<Memory>(autoscaler: Autoscaler<Memory>): ScalingLoop {
  let memory = autoscaler.initial;
  return (observation) => {
    const decision = autoscaler.decide(observation, memory);
    memory = decision.memory;
    return decision;
  };
}
