/**
 * What becomes of the number that the KPA wants: bounds, the activator in the path, and the way to
 * zero. To zero it goes in steps, so that no request meets a revision without pods and without the
 * activator: active, for a stable window at least → inactive, the activator put into the path → it
 * answers, and the grace period is over → no pods.
 *
 * @source knative/serving, pkg/reconciler/autoscaling/kpa/{scaler,kpa}.go and
 *   pkg/autoscaler/scaling/multiscaler.go (before the first decision), 2021 to August 2026.
 */
import type { KpaSettings, KpaSpec } from './kpa-spec.ts';

export interface KpaRevision {
  readonly state: 'activating' | 'active' | 'inactive';
  /** When the state began, µs. */
  readonly since: number;
  /** The initial scale has been reached once; from then on it does not count. */
  readonly initialized: boolean;
  /** Since when the activator is in the path, µs; null = it is not. */
  readonly proxySince: number | null;
  /** A probe of the revision is answered by the activator: the routes have followed. */
  readonly activatorAnswers: boolean;
}

export interface KpaScale {
  /** Wanted, within the bounds; null = not known yet. 0 puts the activator into the path. */
  readonly want: number | null;
  /** To be set now; null = leave the replicas as they are. */
  readonly replicas: number | null;
  /** Look again then, µs; null = at the next decision. */
  readonly again: number | null;
}

/** The activator asks whether it stands in the path this often. */
const PROBE = 1_000_000;
/** A revision that does not get ready within the progress deadline, and this, is given up. */
const ACTIVATION_BUFFER = 10_000_000;
/** Knative's progress deadline of a Deployment. */
const PROGRESS_DEADLINE = 600_000_000;

/** `desired` is that of the last decision; null = none yet. */
export function scaleOf(
  settings: KpaSettings,
  desired: number | null,
  revision: KpaRevision,
  now: number,
): KpaScale {
  if (desired === null && revision.state !== 'activating') {
    return { want: null, replicas: null, again: null };
  }
  const { initialScale, minScale, maxScale } = settings;
  const raised = initialScale > 1 && !revision.initialized;
  const least = raised ? Math.max(initialScale, minScale) : minScale;
  // No decision yet counts as less than any bound: what is activating gets its least scale.
  const asked = desired ?? -1;
  const bounded = maxScale === 0 ? asked : Math.min(asked, maxScale);
  const want = asked < least ? least : bounded;
  if (want !== 0) return { want, replicas: want, again: null };
  return settings.scaleToZero
    ? towardsZero(settings, revision, now)
    : { want: 1, replicas: 1, again: null };
}

function towardsZero(settings: KpaSettings, revision: KpaRevision, now: number): KpaScale {
  const { state, since } = revision;
  const gone = { want: 0, replicas: 0, again: null };
  switch (state) {
    case 'activating': {
      const givenUp = since + PROGRESS_DEADLINE + ACTIVATION_BUFFER;
      return now >= givenUp ? gone : { want: null, replicas: null, again: givenUp };
    }
    case 'active': {
      const idle = since + settings.stableWindow;
      return now >= idle
        ? { want: 0, replicas: null, again: null }
        : { want: 1, replicas: 1, again: idle };
    }
    case 'inactive':
      return withActivator(settings, revision, now) ?? gone;
  }
}

/** null = the pods may go. */
function withActivator(
  settings: KpaSettings,
  { since, proxySince, activatorAnswers }: KpaRevision,
  now: number,
): KpaScale | null {
  const { scaleToZeroGracePeriod: grace, scaleToZeroPodRetention: retention } = settings;
  const wait = (again: number) => ({ want: 0, replicas: null, again });
  if (settings.targetBurstCapacity !== -1 && !activatorAnswers) return wait(now + PROBE);
  const inactive = now - since;
  if (inactive >= Math.max(grace, retention)) return null;
  if (inactive < retention) return wait(since + retention);
  // It may have been in the path before: for a revision without spare capacity.
  const proxied = proxySince === null ? now : proxySince;
  return proxied + grace <= now ? null : wait(proxied + grace);
}

/** The state that follows from what is wanted and the pods that are ready. */
export function stateAfter(
  { minScale }: KpaSettings,
  { state, since }: KpaRevision,
  want: number | null,
  readyPods: number,
  now: number,
): Pick<KpaRevision, 'state' | 'since'> {
  const next = nextState(state, want, readyPods >= Math.max(1, minScale));
  return { state: next, since: next === state ? since : now };
}

function nextState(
  state: KpaRevision['state'],
  want: number | null,
  enough: boolean,
): KpaRevision['state'] {
  if (want === 0) return 'inactive';
  if (want === null && state === 'inactive') return 'inactive';
  return enough ? 'active' : 'activating';
}

/** Whether requests go through the activator, which queues them centrally, or straight to pods. */
export function activatorInPath(
  want: number | null,
  excessBurstCapacity: number,
  state: KpaRevision['state'],
): boolean {
  return want === 0 || excessBurstCapacity < 0 || (want === null && state === 'inactive');
}

/** Before the first decision there is no number of pods; the initial ones are counted on. */
export function initialExcessBurst(
  { total, targetBurstCapacity: burst }: Pick<KpaSpec, 'total' | 'targetBurstCapacity'>,
  initialScale: number,
): number {
  return burst === 0 || burst === -1 ? burst : Math.trunc(initialScale * total - burst);
}
