/**
 * What an older release of the HPA decides otherwise: a release is one entry, a difference one
 * flag, read where the decision is made. `current` is the master of August 2026. Releases between
 * the two have some of the differences; the comments say which release ended one.
 *
 * @source Kubernetes, pkg/controller/podautoscaler/replica_calculator.go and horizontal.go, v1.28.0
 * and master of August 2026.
 */
export interface HpaRelease {
  /**
   * The tolerance is a distance, |1 − ratio| ≤ tolerance, and the same in both directions:
   * `behavior.*.tolerance` does not exist. In doubles |1 − 1.1| is above 0.1, and 1.1 above 1 + 0.1
   * is not. Until 1.32.
   */
  readonly toleranceIsDistance: boolean;
  /**
   * Only the requests of ordinary containers are read: neither those of sidecars (until 1.28) nor
   * those of the pod (until 1.33), and a named container that a pod does not have requests 0.
   */
  readonly requestsOfContainersAlone: boolean;
  /** A pod that has succeeded counts as any other. Until 1.36. */
  readonly succeededPodsCount: boolean;
  /**
   * Object and External metrics: a sum wraps round at 2^63, and what no integer can hold becomes
   * the lowest one, as amd64 converts a double.
   */
  readonly integersOverflow: boolean;
  /** minReplicas: 0 alone decides whether zero replicas are scaled up. Until 1.35. */
  readonly wakesByMinReplicas: boolean;
}

export const HPA_RELEASES = {
  current: {
    toleranceIsDistance: false,
    requestsOfContainersAlone: false,
    succeededPodsCount: false,
    integersOverflow: false,
    wakesByMinReplicas: false,
  },
  '1.28': {
    toleranceIsDistance: true,
    requestsOfContainersAlone: true,
    succeededPodsCount: true,
    integersOverflow: true,
    wakesByMinReplicas: true,
  },
} as const satisfies Record<string, HpaRelease>;

export type HpaReleaseName = keyof typeof HPA_RELEASES;

/** The release that a controller decides as; `current` if it names none. */
export function releaseOf(controller: { readonly compat?: HpaReleaseName }): HpaRelease {
  return HPA_RELEASES[controller.compat ?? 'current'];
}
