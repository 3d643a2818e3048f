/**
 * The decision of the Knative Pod Autoscaler, at a tick. Two averages of the same metric are
 * turned into pods: over the stable window, and over the short panic window. If the short one asks
 * for `panicThreshold` times the ready pods, a panic begins: for a stable window after the last
 * such tick only more pods are wanted, never fewer. Pods are those ready, not those asked for.
 *
 * Bounds, scale to zero and the activator come after it: kpa-serving.ts.
 *
 * @source knative/serving, pkg/autoscaler/scaling/autoscaler.go, August 2026.
 */
import type { Message } from '../outcome.ts';
import type { KpaMemory } from './kpa-memory.ts';
import { peakOf, withPeak } from './kpa-peak-window.ts';
import { kpaReason, noMetricReason, noPodCountReason } from './kpa-reason.ts';
import type { KpaSpec } from './kpa-spec.ts';

export interface KpaObservation {
  /** µs */
  readonly now: number;
  /** null = they could not be counted. */
  readonly readyPods: number | null;
  /** Of all pods together, in the unit of the metric; null = there is no data. */
  readonly averages: { readonly stable: number; readonly panic: number } | null;
}

/** One average on its way to a number of pods. */
export interface KpaProposal {
  readonly average: number;
  /** ⌈average ÷ target⌉ */
  readonly asked: number;
  /** Within the rates, at least the activation scale. */
  readonly wanted: number;
  /** The activation scale made it more. */
  readonly lifted: boolean;
}

export interface KpaFacts {
  readonly readyPods: number;
  readonly stable: KpaProposal;
  readonly panic: KpaProposal;
  /** The load is over the threshold now. */
  readonly over: boolean;
  readonly panicking: boolean;
  /** Before the scale-down delay. */
  readonly undelayed: number;
}

export interface KpaDecision {
  /** null = no decision: what was wanted stays. */
  readonly desired: number | null;
  /**
   * What the ready pods can take beyond the burst that is to be held, in the unit of the metric;
   * below 0 the activator stands in the path. null = no decision.
   */
  readonly excessBurstCapacity: number | null;
  readonly reason: Message;
  readonly facts: KpaFacts | null;
  readonly memory: KpaMemory;
}

export function decideKpa(
  spec: KpaSpec,
  { now, readyPods, averages }: KpaObservation,
  memory: KpaMemory,
): KpaDecision {
  if (readyPods === null) return undecided(noPodCountReason(), memory);
  if (averages === null) return undecided(noMetricReason(), memory);
  const stable = propose(spec, readyPods, averages.stable);
  const panic = propose(spec, readyPods, averages.panic);
  const over = panic.asked / Math.max(1, readyPods) >= spec.panicThreshold;
  const calm = panicAfter(spec, over, now, memory);
  const panicking = calm.panicSince !== null;
  const maxPanicPods = panicking
    ? Math.max(calm.maxPanicPods, stable.wanted, panic.wanted)
    : calm.maxPanicPods;
  const undelayed = panicking ? maxPanicPods : stable.wanted;
  const delay =
    memory.delay !== null && spec.reachable ? withPeak(memory.delay, now, undelayed) : memory.delay;
  const desired = delay !== null && spec.reachable ? peakOf(delay) : undelayed;
  const facts = { readyPods, stable, panic, over, panicking, undelayed };
  return {
    desired,
    excessBurstCapacity: excessBurst(spec, readyPods, averages.panic),
    reason: kpaReason(spec, facts, desired, delay),
    facts,
    memory: { panicSince: calm.panicSince, maxPanicPods, delay },
  };
}

function undecided(reason: Message, memory: KpaMemory): KpaDecision {
  return { desired: null, excessBurstCapacity: null, reason, facts: null, memory };
}

function propose(spec: KpaSpec, readyPods: number, average: number): KpaProposal {
  const pods = Math.max(1, readyPods);
  const most = Math.ceil(spec.maxScaleUpRate * pods);
  const least = spec.reachable ? Math.floor(pods / spec.maxScaleDownRate) : 0;
  const asked = Math.ceil(average / spec.target);
  const within = Math.min(Math.max(asked, least), most);
  const lifted = spec.activationScale > Math.max(1, within) && asked > 0;
  return { average, asked, wanted: lifted ? spec.activationScale : within, lifted };
}

/** Enters and prolongs a panic while the load is over, leaves it a stable window after. */
function panicAfter(
  { stableWindow }: KpaSpec,
  over: boolean,
  now: number,
  { panicSince, maxPanicPods }: KpaMemory,
): Pick<KpaMemory, 'panicSince' | 'maxPanicPods'> {
  if (over) return { panicSince: now, maxPanicPods };
  const ended = panicSince !== null && panicSince + stableWindow < now;
  return ended ? { panicSince: null, maxPanicPods: 0 } : { panicSince, maxPanicPods };
}

/** By the panic average: the activator is not moved in and out by a single request. */
function excessBurst(
  { total, targetBurstCapacity: burst }: KpaSpec,
  readyPods: number,
  panicAverage: number,
): number {
  if (burst === 0) return 0;
  return burst < 0 ? -1 : Math.floor(readyPods * total - burst - panicAverage);
}
