/**
 * Which pods count: every pod is ignored, unready, missing (its sample) or ready; the first
 * matching rule wins. For cpu a pod must also be past its start: in its first minutes its sample
 * must lie wholly after it became ready; later only a pod that was never ready is left out.
 *
 * Invariant: ignored + unready + missing + ready = count.
 *
 * @source Kubernetes, pkg/controller/podautoscaler/replica_calculator.go, master of August 2026.
 */
import type { HpaController } from './hpa-controller.ts';
import { ExactSum, percentage } from './hpa-exact.ts';
import { type HpaPods, type HpaSamples, PHASE, READY } from './hpa-observation.ts';
import { releaseOf } from './hpa-release.ts';

export const GROUP = { ignored: 0, unready: 1, missing: 2, ready: 3 } as const;
type Group = (typeof GROUP)[keyof typeof GROUP];

export function groupOf(
  pods: HpaPods,
  samples: HpaSamples,
  pod: number,
  cpu: boolean,
  controller: HpaController,
  now: number,
): Group {
  const phase = pods.phase[pod];
  if (pods.deleted[pod] !== 0 || phase === PHASE.failed) return GROUP.ignored;
  if (phase === PHASE.succeeded && !releaseOf(controller).succeededPodsCount) return GROUP.ignored;
  if (phase === PHASE.pending) return GROUP.unready;
  if (Number.isNaN(samples.value[pod])) return GROUP.missing;
  return cpu && isStarting(pods, samples, pod, controller, now) ? GROUP.unready : GROUP.ready;
}

function isStarting(
  pods: HpaPods,
  samples: HpaSamples,
  pod: number,
  controller: HpaController,
  now: number,
): boolean {
  const ready = pods.ready[pod];
  const start = pods.startTime[pod];
  if (ready === READY.none || Number.isNaN(start)) return true;
  const since = pods.readySince[pod];
  // Only the status False counts against a pod; Unknown does not.
  if (start + controller.cpuInitializationPeriod > now) {
    return ready === READY.false || samples.time[pod] < since + samples.window[pod];
  }
  return ready === READY.false && start + controller.initialReadinessDelay > since;
}

/** Counts and exact sums of one metric over the pods, by group. */
export interface Tally {
  ready: number;
  unready: number;
  missing: number;
  ignored: number;
  /** Sum of the ready pods' samples. */
  readonly used: ExactSum;
  readonly requested: ExactSum;
  readonly unreadyRequested: ExactSum;
  readonly missingRequested: ExactSum;
  /** What the missing pods are assumed to use when the ready ones ask for fewer replicas. */
  readonly missingAssumed: ExactSum;
  /** When the ready pods' samples were taken, µs; Infinity and −Infinity = no ready pod. */
  oldest: number;
  newest: number;
  /** Some pod's request is unknown; only with `assumedPercent`. */
  requestUnknown: boolean;
}

/** @param assumedPercent of its request that a missing pod may use; null = no request is read. */
export function tally(
  pods: HpaPods,
  samples: HpaSamples,
  cpu: boolean,
  assumedPercent: number | null,
  controller: HpaController,
  now: number,
): Tally {
  const counts: Tally = {
    ready: 0,
    unready: 0,
    missing: 0,
    ignored: 0,
    used: new ExactSum(),
    requested: new ExactSum(),
    unreadyRequested: new ExactSum(),
    missingRequested: new ExactSum(),
    missingAssumed: new ExactSum(),
    oldest: Number.POSITIVE_INFINITY,
    newest: Number.NEGATIVE_INFINITY,
    requestUnknown: false,
  };
  for (let pod = 0; pod < pods.count; pod++) {
    const request = assumedPercent === null ? 0 : samples.resourceRequest[pod];
    // Also of a pod that does not count otherwise.
    if (Number.isNaN(request)) counts.requestUnknown = true;
    switch (groupOf(pods, samples, pod, cpu, controller, now)) {
      case GROUP.ignored:
        counts.ignored += 1;
        break;
      case GROUP.unready:
        counts.unready += 1;
        counts.unreadyRequested.add(request);
        break;
      case GROUP.missing:
        counts.missing += 1;
        counts.missingRequested.add(request);
        if (assumedPercent !== null && !counts.requestUnknown) {
          counts.missingAssumed.add(percentage(request, assumedPercent));
        }
        break;
      case GROUP.ready:
        counts.ready += 1;
        counts.used.add(samples.value[pod]);
        if (samples.time[pod] < counts.oldest) counts.oldest = samples.time[pod];
        if (samples.time[pod] > counts.newest) counts.newest = samples.time[pod];
        counts.requested.add(request);
    }
  }
  return counts;
}
