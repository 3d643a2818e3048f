/**
 * CPU utilization. The HPA gets it from metrics-server and not from KEDA; to KEDA it says whether
 * the pods that run use more than `activationValue` of their request. Without pods it is inactive,
 * so alone it cannot wake a service from zero.
 *
 * @source kedacore/keda pkg/scalers/cpu_memory_scaler.go (GetMetricsAndActivity)
 */
import type { TriggerKind } from './trigger.ts';

export interface CpuTrigger {
  readonly kind: 'cpu';
  /** Shares of the request. */
  readonly value: number;
  readonly activationValue: number;
}

export const cpu: TriggerKind<CpuTrigger> = {
  metric: ({ value }) => ({
    type: 'Resource',
    name: 'cpu',
    target: { type: 'Utilization', averageUtilization: Math.round(value * 100) },
  }),
  measure: 'cpu-utilization',
  answer: ({ activationValue }, measured) => ({
    value: null,
    // Whole percent, cut off.
    active:
      measured !== null && Math.floor(measured * 100 + 1e-9) > Math.floor(activationValue * 100),
  }),
};
