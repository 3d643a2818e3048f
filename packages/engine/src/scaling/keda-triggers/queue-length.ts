/**
 * What waits in front of the service, as the queue itself tells it; `threshold` per replica.
 *
 * @source kedacore/keda pkg/scalers/rabbitmq_scaler.go (mode QueueLength)
 */
import { external, type TriggerKind } from './trigger.ts';

export interface QueueLengthTrigger {
  readonly kind: 'queue-length';
  readonly threshold: number;
  readonly activationThreshold: number;
  readonly useCachedMetrics: boolean;
}

export const queueLength: TriggerKind<QueueLengthTrigger> = {
  metric: ({ threshold }, index) => external(`s${index}-queue-length`, threshold),
  measure: 'queue-length',
  answer: ({ activationThreshold }, measured) => ({
    value: measured,
    active: measured !== null && measured > activationThreshold,
  }),
};
