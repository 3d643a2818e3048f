/**
 * Stabilization: the raw proposals of the last minutes are remembered, and the replica count moves
 * only as far as all of them agree. Not a pause after the last scaling. Without `behavior` only the
 * way down is stabilized, by the largest proposal of the window.
 *
 * Invariant: what is stored is the proposal, not the stabilized value.
 *
 * @source Kubernetes, pkg/controller/podautoscaler/horizontal.go, master of August 2026.
 */
import { MICROSECONDS_PER_SECOND } from '../kernel/units.ts';
import type { HpaController } from './hpa-controller.ts';
import { truncDivide } from './hpa-exact.ts';
import { type HpaRecommendation, placed, type StabilizeReason } from './hpa-memory.ts';
import type { HpaSpec } from './hpa-spec.ts';

export interface Stabilized {
  readonly replicas: number;
  readonly reason: StabilizeReason;
  readonly recommendations: readonly HpaRecommendation[];
  /** The remembered proposal that decides, the newest of several; null = the one of now does. */
  readonly decisive: HpaRecommendation | null;
}

/** µs. Whole seconds where `behavior` is present, as the controller counts them. */
export function stabilizationWindows(
  { behavior }: HpaSpec,
  controller: HpaController,
): { readonly up: number; readonly down: number } {
  const cluster = controller.downscaleStabilization;
  if (behavior === null) return { up: 0, down: cluster };
  const { scaleUp, scaleDown } = behavior;
  const seconds =
    scaleDown.stabilizationWindowSeconds ?? truncDivide(cluster, MICROSECONDS_PER_SECOND);
  return {
    up: (scaleUp.stabilizationWindowSeconds ?? 0) * MICROSECONDS_PER_SECOND,
    down: seconds * MICROSECONDS_PER_SECOND,
  };
}

export function stabilize(
  spec: HpaSpec,
  controller: HpaController,
  recommendations: readonly HpaRecommendation[],
  current: number,
  proposal: number,
  now: number,
): Stabilized {
  const windows = stabilizationWindows(spec, controller);
  return spec.behavior === null
    ? stabilizeDown(recommendations, proposal, now, now - windows.down)
    : stabilizeBoth(recommendations, current, proposal, now, now - windows.up, now - windows.down);
}

/** Without `behavior`; a proposal exactly as old as the window still counts. */
function stabilizeDown(
  recommendations: readonly HpaRecommendation[],
  proposal: number,
  now: number,
  cutoff: number,
): Stabilized {
  let replicas = proposal;
  let decisive: HpaRecommendation | null = null;
  let slot = -1;
  for (let i = 0; i < recommendations.length; i++) {
    const entry = recommendations[i];
    if (entry.time < cutoff) slot = i;
    else if (
      entry.replicas > replicas ||
      (entry.replicas === replicas && isNewer(entry, decisive))
    ) {
      replicas = entry.replicas;
      decisive = entry;
    }
  }
  return {
    replicas,
    reason: replicas === proposal ? 'ReadyForNewScale' : 'ScaleDownStabilized',
    recommendations: placed(recommendations, slot, { replicas: proposal, time: now }),
    decisive,
  };
}

/** The slots are reused: later in the list is not newer. The proposal of now outdoes its equals. */
function isNewer(entry: HpaRecommendation, than: HpaRecommendation | null): boolean {
  return than !== null && entry.time > than.time;
}

/** With `behavior`; a proposal exactly as old as its window no longer counts. */
function stabilizeBoth(
  recommendations: readonly HpaRecommendation[],
  current: number,
  proposal: number,
  now: number,
  upCutoff: number,
  downCutoff: number,
): Stabilized {
  let up = proposal;
  let down = proposal;
  let least: HpaRecommendation | null = null;
  let most: HpaRecommendation | null = null;
  let slot = -1;
  for (let i = 0; i < recommendations.length; i++) {
    const entry = recommendations[i];
    const { replicas, time } = entry;
    if (time > upCutoff && (replicas < up || (replicas === up && isNewer(entry, least)))) {
      up = replicas;
      least = entry;
    }
    if (time > downCutoff && (replicas > down || (replicas === down && isNewer(entry, most)))) {
      down = replicas;
      most = entry;
    }
    if (time < upCutoff && time < downCutoff) slot = i;
  }
  let replicas = current;
  if (replicas < up) replicas = up;
  if (replicas > down) replicas = down;
  const held = proposal >= current ? 'ScaleUpStabilized' : 'ScaleDownStabilized';
  const reason = replicas === proposal ? 'ReadyForNewScale' : held;
  return {
    replicas,
    reason,
    recommendations: placed(recommendations, slot, { replicas: proposal, time: now }),
    decisive: reason === 'ReadyForNewScale' ? null : proposal >= current ? least : most,
  };
}
