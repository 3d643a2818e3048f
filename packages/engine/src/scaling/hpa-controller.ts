/**
 * The settings of the HPA controller, one for all HPAs of a cluster. The scenario's
 * `hpaController` has these fields and may be passed as it is.
 *
 * @source kube-controller-manager, flags --horizontal-pod-autoscaler-*; the scale-up limit without
 * `behavior` and the feature gate HPAScaleToZero (off by default) have no such flag.
 */
import type { HpaReleaseName } from './hpa-release.ts';

export interface HpaController {
  /** No scaling while 1 − tolerance ≤ ratio ≤ 1 + tolerance. */
  readonly tolerance: number;
  /** µs */
  readonly downscaleStabilization: number;
  /** µs */
  readonly cpuInitializationPeriod: number;
  /** µs */
  readonly initialReadinessDelay: number;
  /** Without `behavior`, one reconcile grows to this multiple at most; absent = 2. */
  readonly scaleUpLimitFactor?: number;
  /** … or to this many replicas, if that is more; absent = 4. */
  readonly scaleUpLimitMinimum?: number;
  /** Absent = false. */
  readonly scaleToZero?: boolean;
  /** The release that it decides as; absent = current. */
  readonly compat?: HpaReleaseName;
}

export const DEFAULT_HPA_CONTROLLER: HpaController = {
  tolerance: 0.1,
  downscaleStabilization: 300_000_000,
  cpuInitializationPeriod: 300_000_000,
  initialReadinessDelay: 30_000_000,
};
