/**
 * The batch window: opens with the first pending pod and closes when no new one has come for
 * `idle`, at the latest `longest` after it opened. Pods from before, which are seen again and again
 * while they wait, do not keep it open.
 *
 * @source kubernetes-sigs/karpenter, pkg/controllers/provisioning/batcher.go; defaults:
 *   pkg/operator/options/options.go (BATCH_IDLE_DURATION, BATCH_MAX_DURATION).
 */

/** µs */
export interface BatchSpec {
  readonly idle: number;
  readonly longest: number;
}

export interface BatchWindow {
  readonly opened: number;
  /** When the newest pod came. */
  readonly newest: number;
}

/** The window after a look at the pods that wait; `since`: when each began to, µs. */
export function withPods(window: BatchWindow, since: Iterable<number>): BatchWindow {
  let { newest } = window;
  for (const time of since) newest = Math.max(newest, time);
  return { opened: window.opened, newest };
}

/** When the window closes if no further pod comes, µs. */
export function closesAt({ opened, newest }: BatchWindow, { idle, longest }: BatchSpec): number {
  return Math.min(newest + idle, opened + longest);
}

/** How long a node is kept for the pods that were meant for it, µs. */
export function nominationTime({ longest }: BatchSpec): number {
  return Math.max(2 * longest, SHORTEST_NOMINATION);
}

const SHORTEST_NOMINATION = 10_000_000;
