/**
 * The rate of requests to the service, as a Prometheus query tells it; `threshold` requests/s per
 * replica.
 *
 * @source kedacore/keda pkg/scalers/prometheus_scaler.go
 */
import { external, type TriggerKind } from './trigger.ts';

export interface RequestRateTrigger {
  readonly kind: 'request-rate';
  /** Requests/s. */
  readonly threshold: number;
  readonly activationThreshold: number;
  readonly useCachedMetrics: boolean;
  /** µs */
  readonly window: number;
  readonly resolution: number;
}

export const requestRate: TriggerKind<RequestRateTrigger> = {
  metric: ({ threshold }, index) => external(`s${index}-request-rate`, threshold),
  measure: 'arrival-rate',
  answer: ({ activationThreshold }, measured) => ({
    value: measured,
    active: measured !== null && measured > activationThreshold,
  }),
};
